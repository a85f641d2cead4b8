"""Of hostile names and cells nothing but harmless text reaches a terminal, a file or a pipe."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine import toml
from engine.experiments.experiment import Experiment
from tests.tui.hostile import COLUMNS, NAME, faults, write_hostile
from tests.tui.terminal import Terminal
from tui.commands.cli import run_command

KNOWN = re.compile(
    r"\x1b(\[[?<>=]?[\d;:]*[A-Za-z]|\[\?\d+\$p|\]52;c;[\w+/=]*\x07|\]22;[\w-]*\x07|P=\ds\x1b\\|[=>78])"
)
"""The sequences that the lab itself writes."""
MODES = {"7", "25", "1000", "1002", "1003", "1004", "1006", "1015", "1016", "1049", "2004", "2026"}
MODES |= {"2048"}


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Open labs in a folder of their own that are gone when the test is over."""
    opened: list[Terminal] = []

    def start(*arguments: str, **more: Any) -> Terminal:
        opened.append(Terminal(*arguments, folder=tmp_path, **more))
        return opened[-1]

    yield start
    for each in opened:
        each.process.close(force=True)


def strange(written: bytes) -> list[str]:
    """List what a terminal was sent that is neither plain text nor a sequence of the lab's."""
    text = written.decode("utf-8")
    modes = {m for each in re.findall(r"\x1b\[\?([\d;]+)[hl]", text) for m in each.split(";")}
    rest = KNOWN.sub("", text)
    controls = set(re.findall(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", rest)) - {"\r"}
    return [*faults(text), *sorted(modes - MODES), *map(ascii, sorted(controls))]


def shows(*words: str) -> Callable[[str], bool]:
    return lambda text: all(word in text for word in words)


@pytest.mark.parametrize("size", [(120, 40)])
def test_no_pane_and_no_screen_lets_a_sequence_of_the_data_through(
    lab: Callable[..., Terminal], tmp_path: Path, size: tuple[int, int]
) -> None:
    write_hostile(tmp_path)
    shown = lab(f"./{NAME}", columns=size[0], lines=size[1])
    send = shown.process.send
    shown.wait_for(shows("enter loads", "Begins with", "ZXZpbA"))
    for _ in COLUMNS:
        send("\x1b[B")
    shown.wait_for(shows("77774"))
    send("\x1b[A" * (len(COLUMNS) - 3) + "w")
    shown.wait_for(shows("observations by their weights"))
    send("\r")
    shown.wait_for(shows("space runs", "split seed"))
    send("a")
    shown.wait_for(shows("delimiter"))
    send("a++ ")
    shown.wait_for(shows("final report", "stopped"))
    send("2")
    shown.wait_for(shows("log-likelihood"))
    send("3R")
    shown.wait_for(shows("evaluations"))
    send("4")
    shown.wait_for(shows("k ranks", "profile"))
    send("k")
    shown.wait_for(shows("ranking ·"))
    send("5")
    shown.wait_for(shows("Sample"))
    for key, words in (("o", "pulls and moves"), ("p", "convention"), ("v", "doctor")):
        send(key)
        shown.wait_for(shows(words))
        send("\x1b")
        shown.wait_for(lambda text, words=words: words not in text)  # type: ignore[misc]
    send("O")
    shown.wait_for(shows("open data", "ZXZpbA"))
    send("e")
    shown.wait_for(shows("ZXZpbA", "open data"))
    send("\x1b")
    shown.wait_for(lambda text: "open data" not in text)
    send("c")
    shown.wait_for(shows("report-1.md"))
    send("wWs")
    shown.wait_for(shows("capsule-1.json"))
    shown.wait_for(shows("mle-tui-1.svg"))
    send("q")
    assert shown.wait_for_end() == 0
    assert strange(shown.written) == []
    saved = [path for path in tmp_path.iterdir() if path.name != NAME]
    assert {path.suffix for path in saved} == {".md", ".json", ".toml", ".svg"}
    assert [(path.name, faults(path.read_text("utf-8"))) for path in saved] == [
        (path.name, []) for path in saved
    ]
    again = Experiment.from_toml((tmp_path / "experiment-1.toml").read_text("utf-8"))
    assert again.column in COLUMNS


HEADLESS = {
    "lab": ["{file}"],
    "run": ["run", "--data", "{file}", "--column", "{column}", "--epochs", "3", "{exports}"],
    "fit": ["fit", "{file}", "--family", "normal", "--column", "{column}", "{exports}"],
    "weights": ["fit", "{file}", "--family", "gamma", "--column", "[/]", "--weights", "{column}"],
    "rank": ["rank", "{file}", "--column", "[/]"],
    "race": ["race", "--optimizers", "adam", "--data", "{file}", "--column", "{column}"],
    "no such column": ["fit", "{file}", "--family", "normal", "--column", "{name}"],
    "text": ["fit", "{file}", "--family", "normal", "--column", "{text}"],
    "no such file": ["rank", "{file}x"],
    "no such family": ["fit", "{file}", "--family", "{name}"],
    "no such option": ["run", "--{name}", "1"],
    "one word more": ["replay", "x", "{name}"],
    "no such command": ["{name}"],
    "no such parameter": ["fit", "{file}", "--family", "normal", "--column", "[/]", "--fix", "{p}"],
    "no such format": ["run", "--epochs", "1", "--export", "{name}.x"],
    "no such optimizer": ["race", "--optimizers", "{name}"],
    "no such list": ["list", "{name}"],
    "capsule": ["replay", "{capsule}"],
    "experiment": ["run", "{experiment}"],
}


@pytest.mark.parametrize("as_json", [False, True], ids=["text", "json"])
@pytest.mark.parametrize("case", HEADLESS)
def test_nothing_headless_lets_a_sequence_through(
    case: str,
    as_json: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_hostile(tmp_path)
    monkeypatch.chdir(tmp_path)
    fields = {"data": NAME, "column": COLUMNS[2], COLUMNS[0]: COLUMNS[7]}
    Path(f"{NAME}.json").write_text(json.dumps({"mle-tui capsule": 1, **fields}), "utf-8")
    Path(f"{NAME}.toml").write_text(toml.dumps(fields), "utf-8")
    exports = [f"--export=x.{suffix}" for suffix in ("md", "html", "json", "csv", "svg")]
    words = {
        "{file}": NAME,
        "{file}x": f"{NAME}x",
        "{column}": COLUMNS[7],
        "{text}": COLUMNS[0],
        "{name}": "\x1b[77776mx\x9b77773m\u202e",
        "{p}": "\x1b[77776m=1",
        "{capsule}": f"{NAME}.json",
        "{experiment}": f"{NAME}.toml",
    }
    arguments: list[str] = []
    for word in HEADLESS[case]:
        if word == "{exports}":
            arguments += exports
        else:
            arguments.append(words.get(word, word.replace("{name}", words["{name}"])))
    if as_json and case not in ("lab", "no such command"):
        arguments.append("--json")
    status = run_command(arguments)
    printed = capsys.readouterr()
    assert faults(printed.out + printed.err) == []
    assert set(re.findall(r"[\x00-\x1f\x7f]", printed.out + printed.err)) <= {"\n"}
    if status == 2:
        assert printed.out == ""
        assert re.fullmatch(r"mle-tui: \S.*\.\n", printed.err)
    for suffix in ("md", "html", "json", "csv", "svg"):
        if (saved := Path(f"x.{suffix}")).exists():
            assert faults(saved.read_text("utf-8")) == []


def test_a_terminal_is_sent_no_sequence_of_the_data_by_a_command(
    lab: Callable[..., Terminal], tmp_path: Path
) -> None:
    write_hostile(tmp_path)
    ran = lab("fit", NAME, "--family", "normal", "--column", COLUMNS[7], "--export", "x.md")
    assert ran.wait_for_end() == 0
    assert strange(ran.written) == []
    assert faults((tmp_path / "x.md").read_text("utf-8")) == []
