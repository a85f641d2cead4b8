"""Bad input on the command line: one clear sentence, exit 2, nothing printed, nothing lost."""

import gzip
import os
from pathlib import Path

import pytest

from engine.files import UnreadableData, opened
from engine.tables.opening import open_table
from engine.tables.reading import LONGEST_ROW
from tui.commands.cli import run_command
from tui.preview import looked_at

LONG = LONGEST_ROW + 10
TABLES: dict[str, tuple[bytes, str]] = {
    "gzip": (gzip.compress(b"x\n1\n2\n" * 100_000), "is compressed by gzip; unpack it first"),
    "a spreadsheet": (b"PK\x03\x04" + bytes(range(256)), "is an archive or a spreadsheet"),
    "a picture": (b"GIF89a" + bytes(range(256)) * 4, "is no text"),
    "NUL bytes": (b"\0" * 5000, "is no text: row 1 holds NUL bytes"),
    "UTF-32": ("x\n1\n2\n".encode("utf-32"), "is UTF-32 text; save it as UTF-8"),
    "no numbers": (b"a,b\nx,y\n", "no numeric column: 'a' begins with 'x', 'b' begins with 'y'"),
    "dates": (b"day\n2024-01-31\n2024-02-01\n", "'day' begins with '2024-01-31'"),
    "thousands": (b'x\n"1,000"\n"2,000"\n', "'x' begins with '1,000'"),
    "money": (b"x\n$1.00\n$2.00\n", "'x' begins with '$1.00'"),
    "other digits": ("x\n١٢\n".encode(), "'x' begins with '١٢'"),
    "JSON": (b'{"a": [1, 2, 3]}\n', "has a header and no rows"),
    "HTML": (b"<html>\n<body>1,2</body>\n", "'<html>' begins with '<body>1'"),
    "a long row alone": (b"9" * LONG, "row 1 is longer than 4 MB"),
    "a long row of cells": (b"1," * LONG, "row 1 is longer than 4 MB"),
    "a long row below": (b"x\n1\n" + b"9" * LONG + b"\n2\n", "row 3 is longer than 4 MB"),
    "a long row of cells below": (b"x\n1\n" + b"1," * LONG, "row 3 is longer than 4 MB"),
    "spaces alone": (b" " * LONG, "row 1 is longer than 4 MB"),
    "one value": (b"x\n1\n", ""),
    "one value often": (b"x\n5\n5\n5\n", "variance is 0"),
    "a terminal's sequences": (b"\x1b]52;c;ZQ==\x07,b\n1,2\n", r"'\x1b]52;c;ZQ==\x07', 'b'"),
}
COMMANDS: dict[str, list[str]] = {
    "fit": ["fit", "{}", "--family", "normal"],
    "run": ["run", "--data", "{}"],
    "lab": ["{}"],
}


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Check that a command ends as it should on bad input; return its sentence."""
    assert run_command(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    sentence = printed.err.removesuffix("\n")
    assert sentence.isprintable()
    assert sentence.startswith("mle-tui: ")
    assert sentence.endswith(".")
    assert len(sentence) < 600
    return sentence


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("table", TABLES)
def test_a_bad_table_is_one_sentence(
    table: str, command: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, told = TABLES[table]
    (place / "data.csv").write_bytes(content)
    sentence = refused([word.format("data.csv") for word in COMMANDS[command]], capsys)
    assert told in sentence
    assert "data" in sentence


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("/dev/zero", "is not a regular file"),
        ("folder.csv", "is a directory"),
        ("pipe.csv", "is not a regular file"),
        ("loop.csv", "too many levels of symbolic links"),
        ("https://example.org/x.csv", "no such file"),
        ("file:///etc/passwd.csv", "no such file"),
        ("x" * 5000 + ".csv", "file name too long"),
    ],
)
def test_what_is_no_file_is_one_sentence(
    name: str, told: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "folder.csv").mkdir()
    (place / "loop.csv").symlink_to("loop.csv")
    os.mkfifo(place / "pipe.csv")
    for arguments in (["fit", name, "--family", "normal"], ["rank", name], [name], ["run", name]):
        assert told in refused(arguments, capsys)


@pytest.mark.parametrize("arguments", [["fit", "", "--family", "normal"], ["run", ""], [""]])
def test_no_name_is_no_file(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(arguments, capsys).endswith(
        ("The name of the file is empty.", "'' is neither a command nor a file; try --help.")
    )


def test_a_file_that_may_not_be_read(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "x.csv").write_bytes(b"x\n1\n2\n")

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    sentence = refused(["rank", "x.csv"], capsys)
    assert sentence == "mle-tui: 'x.csv' cannot be read: permission denied."


def test_a_file_that_vanishes_between_two_readings(place: Path) -> None:
    path = place / "x.csv"
    path.write_bytes(b"x\n1\n2\n")
    table = open_table("x.csv")
    path.unlink()
    with pytest.raises(UnreadableData, match=r"'x.csv' cannot be read: no such file"):
        table.read([0])


@pytest.mark.parametrize("change", [b"3\n", b""], ids=["grows", "is emptied"])
def test_a_file_that_changes_while_it_is_read(change: bytes, place: Path) -> None:
    path = place / "x.csv"
    path.write_bytes(b"x\n1\n2\n")

    def read() -> None:
        with opened("x.csv") as file:
            assert file.read(2) == b"x\n"
            with path.open("ab" if change else "wb") as other:
                other.write(change)
            assert file.read() in (b"1\n2\n", b"")

    with pytest.raises(UnreadableData, match=r"'x.csv' changed while it was read; try again\."):
        read()


def test_a_file_that_grows_for_ever_comes_to_an_end(place: Path) -> None:
    path = place / "x.csv"
    path.write_bytes(b"1\n" * 1000)
    pieces = []

    def read() -> None:
        with opened("x.csv") as file:
            while piece := file.read(100):
                pieces.append(piece)
                with path.open("ab") as other:
                    other.write(b"1\n" * 1000)

    with pytest.raises(UnreadableData, match="changed while it was read"):
        read()
    assert b"".join(pieces) == b"1\n" * 1000


def test_ten_thousand_columns_are_looked_at_in_few_passes(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = ",".join(f"c{i}" for i in range(10_000))
    rows = "\n".join(",".join(str(i * j % 7) for i in range(10_000)) for j in range(1, 4))
    (place / "wide.csv").write_text(f"{head}\n{rows}\n", "utf-8")
    passes = []
    read = type(open_table("wide.csv")).read
    monkeypatch.setattr(
        type(open_table("wide.csv")), "read", lambda self, p: passes.append(p) or read(self, p)
    )
    assert len(looked_at("wide.csv").columns) == 10_000
    assert len(passes) == 2


EXPERIMENTS: dict[str, tuple[str, str]] = {
    "a wrong type": ('n = "many"', "n must be a whole number"),
    "an unknown field": ("rate = 3", "rate is not a field"),
    "an array": ("n = " + "[" * 5000 + "]" * 5000, "is nested too deeply"),
    "tables": ("n = " + "{a = " * 5000 + "1" + "}" * 5000, "is nested too deeply"),
    "a name of many parts": ("a" + ".a" * 50_000 + " = 1", "is nested too deeply"),
    "a number of many digits": ("n = " + "9" * 10_000, "a number in it has too many digits"),
    "a number beyond doubles": ("learning_rate = 1e400", "learning_rate must be a number"),
    "no number": ("learning_rate = nan", "learning_rate must be a number"),
    "a date": ("n = 2024-01-01", "n must be a whole number"),
    "a device": ('data = "/dev/zero"', "'/dev/zero' is not a regular file"),
    "itself": ('data = "x.toml"', "'x.toml' has a header and no rows"),
    "a hidden name": ('"\\u202e" = 1', r"'\u202e' is not a field"),
    "too much of it": ("#" * 2_000_000, "is larger than 1 MB"),
    "no TOML": ("= \x1b[31m", "is not TOML"),
}


@pytest.mark.parametrize("what", EXPERIMENTS)
def test_a_bad_experiment_is_one_sentence(
    what: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, told = EXPERIMENTS[what]
    (place / "x.toml").write_text(text, "utf-8")
    for arguments in (["run", "x.toml"], ["x.toml"]):
        assert told in refused(arguments, capsys)


def test_very_many_faults_are_not_all_told(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "x.toml").write_text("".join(f"x{i} = 1\n" for i in range(5000)), "utf-8")
    assert run_command(["run", "x.toml"]) == 2
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "mle-tui: 'x.toml': x0 is not a field."
    assert told[-1] == "mle-tui: 4,980 faults more."
    assert len(told) == 21


CAPSULES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "line 1, column 1 is not JSON"),
    "a list": (b"[]", "is not among its fields"),
    "half of one": (b'{"mle-tui capsule": 1, "experiment": {"n": 10', "is not JSON"),
    "bytes": (bytes(range(255, 128, -1)), "is not UTF-8 text"),
    "many digits": (b"1" * 6000, "a number of too many digits"),
    "deep nesting": (b"[" * 100_000, "is nested too deeply"),
    "a terminal's sequence": (b'{"\\u001b[31m": 1, "mle-tui capsule": 1}', r"'\x1b[31m'"),
}


@pytest.mark.parametrize("what", CAPSULES)
def test_a_bad_capsule_is_one_sentence(
    what: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, told = CAPSULES[what]
    (place / "x.json").write_bytes(content)
    for arguments in (["replay", "x.json"], ["x.json"]):
        sentence = refused(arguments, capsys)
        assert told in sentence
        assert "'x.json'" in sentence


FLAGS: list[tuple[list[str], str]] = [
    (["rank", "nickel", "--level", "nan"], "--level must be a number above 0 and below 1"),
    (["rank", "nickel", "--level", "0.5_0"], "--level must be a number"),
    (["run", "--report-every", "1_000"], "--report-every must be a whole number"),
    (["run", "--report-every", "١٢"], "--report-every must be a whole number"),
    (["run", "--report-every", "9" * 5000], "--report-every must be a whole number"),
    (["fit", "nickel", "--family", "normal", "--seed", "9" * 5000], "--seed must be a whole"),
    (["fit", "nickel", "--family", "normal", "--replicates", "1e3"], "--replicates must be"),
    (["replay", "mle1.!!!!"], "cut off or mistyped"),
    (["replay", "mle1.\x1b[31m"], "cut off or mistyped"),
]


@pytest.mark.parametrize(("arguments", "told"), FLAGS)
def test_a_bad_flag_is_one_sentence(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told in refused(arguments, capsys)


def test_nothing_is_lost_where_an_export_would_write_over_a_file(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "mine.md").write_text("mine", "utf-8")
    refused(["fit", "nickel", "--family", "normal", "--export", "mine.md"], capsys)
    assert (place / "mine.md").read_text("utf-8") == "mine"
