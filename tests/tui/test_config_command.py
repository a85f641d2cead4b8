"""``mle-tui config``, and what commands take of the configuration."""

import json
import shlex
from pathlib import Path

import pytest

from engine.experiments.experiment import Experiment
from tui.commands.cli import run_command
from tui.keys.keymap import KEYS


@pytest.fixture
def user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's file, which is not there yet."""
    monkeypatch.setenv("MLE_TUI_CONFIG", str(tmp_path / "config.toml"))
    return tmp_path / "config.toml"


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run a command; return its status, output and errors."""
    status = run_command(list(arguments))
    told = capsys.readouterr()
    return status, told.out, told.err


def test_path_prints_one_line(user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, "config", "path") == (0, f"{user}\n", "")


def test_path_is_the_platforms(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("MLE_TUI_CONFIG")
    status, told, _ = shown(capsys, "config", "path")
    assert status == 0
    assert told.endswith("config.toml\n")
    assert told.startswith(str(home))


@pytest.mark.usefixtures("user")
def test_validate_says_that_nothing_is_set(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, "config", "validate") == (
        0,
        "Nothing is set: every setting has its default.\n",
        "",
    )


def test_validate_tells_each_fault_and_exits_with_2(
    user: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    user.write_text("mouse = 3\n[keys]\nfly = 'x'\n", "utf-8")
    status, told, errors = shown(capsys, "config", "validate")
    assert (status, told) == (2, "")
    assert [line[:9] for line in errors.splitlines()] == ["mle-tui: "] * 2


def test_show_has_every_setting_with_its_source(
    user: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    user.write_text(
        'theme = "nord"\n[experiment]\noptimizer = "newton"\n'
        '[keys]\npreset = "vim"\nrun = ["f5", "space"]\n',
        "utf-8",
    )
    status, told, _ = shown(capsys, "config", "show", "--json")
    assert status == 0
    rows = {row["name"]: (row["value"], row["source"]) for row in json.loads(told)}
    assert rows["theme"] == ("nord", str(user))
    assert rows["mouse"] == (True, "default")
    assert rows["experiment.learning_rate"] == (1.0, "default")
    assert rows["experiment.epochs"] == (Experiment().epochs, "default")
    assert rows["keys.run"] == ("f5,space", str(user))
    assert rows["keys.palette"] == ("colon,ctrl+p", f"preset vim, {user}")
    assert {f"keys.{key.id}" for key in KEYS} < rows.keys()
    status, told, _ = shown(capsys, "config", "show")
    assert status == 0
    assert [line.split()[:3] for line in told.splitlines() if "keys.run" in line] == [
        ["keys.run", "f5", "space"]
    ]


def test_show_prints_what_holds_beside_what_does_not(
    user: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    user.write_text('theme = "nord"\nmouse = 3\n', "utf-8")
    status, told, errors = shown(capsys, "config", "show")
    assert status == 2
    assert "nord" in told
    assert "mouse must be true or false" in errors


@pytest.mark.parametrize("command", [["run", "--n", "9"], ["race", "--n", "9"], ["nickel"], []])
def test_a_fault_stops_what_would_take_the_settings(
    user: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    user.write_text("pace = 'slow'\nmouse = 3\n", "utf-8")
    status, told, errors = shown(capsys, *command)
    assert (status, told) == (2, "")
    assert len(errors.splitlines()) == 2
    assert "pace must be one of stage, brisk, flat-out, not 'slow'." in errors


@pytest.mark.parametrize(
    "command",
    [["config", "path"], ["doctor"], ["list", "keys"], ["completion", "fish"], ["--help"]],
)
def test_a_fault_locks_nobody_out(
    user: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    user.write_bytes(b"\xff = [")
    assert shown(capsys, *command)[0] == 0


def test_a_run_takes_defaults_that_its_flags_go_before(
    user: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    user.write_text("report_every = 7\n[experiment]\nn = 50\nepochs = 21\npatience = 0\n", "utf-8")
    told = json.loads(shown(capsys, "run", "--json", "--epochs", "14")[1])
    assert [row["epoch"] for row in told["rows"]] == [7, 14]
    assert told["experiment"]["n"] == 50


def test_a_preset_and_an_experiments_file_are_as_they_are_written(
    user: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    user.write_text("[experiment]\npatience = 3\n", "utf-8")
    file = tmp_path / "mine.toml"
    file.write_text("n = 50\nepochs = 5\n", "utf-8")
    told = json.loads(shown(capsys, "run", str(file), "--json")[1])
    assert told["experiment"]["patience"] == 50
    told = json.loads(shown(capsys, "run", "--preset", "article", "--n", "50", "--json")[1])
    assert told["experiment"]["patience"] == 50


def test_own_data_take_the_defaults_too(user: Path, capsys: pytest.CaptureFixture[str]) -> None:
    user.write_text('[experiment]\nfamily = "gamma"\noptimizer = "newton"\n', "utf-8")
    status, told, _ = shown(capsys, "nickel")
    assert status == 0
    assert "shape α" in told
    assert "newton" in shown(capsys, "nickel")[2]


def test_flags_of_the_lab_are_refused_where_there_is_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, _, errors = shown(capsys, "--no-mouse", "list", "keys")
    assert (status, errors) == (2, "mle-tui: --mouse is of the lab; list has none.\n")
    assert shown(capsys, "--theme", "nope")[0] == 2
    status, _, errors = shown(capsys, "--level", "0.9", "rank", "nickel")
    assert (status, errors) == (
        2,
        "mle-tui: --level is of the lab; that of rank is told behind it.\n",
    )


def test_config_alone_says_what_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    told = "mle-tui: config needs to know: path, show or validate; try config --help.\n"
    assert shown(capsys, "config") == (2, "", told)


def test_a_hostile_name_of_a_file_shows_no_control_character(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "--\x1b[31m.toml"
    file.write_text("mouse = false\n[keys]\nrun = 'q'\n", "utf-8")
    monkeypatch.setenv("MLE_TUI_CONFIG", str(file))
    for command in (["config", "show"], ["config", "validate"], ["doctor"]):
        _, told, errors = shown(capsys, *command)
        assert "\x1b" not in told + errors


@pytest.mark.parametrize(
    "flags", [[], ["--optimizer", "newton"], ["--family", "normal", "--patience", "50"]]
)
def test_the_command_that_a_report_names_repeats_the_run_under_the_same_settings(
    user: Path, tmp_path: Path, flags: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    user.write_text(
        '[experiment]\nfamily = "gamma"\noptimizer = "adam"\nlearning_rate = 0.2\n'
        "n = 60\nepochs = 9\npatience = 3\n",
        "utf-8",
    )
    report = tmp_path / "report.md"
    first = json.loads(shown(capsys, "run", *flags, "--json", "--export", str(report))[1])
    lines = report.read_text("utf-8").splitlines()
    line = next(line for line in lines if line.startswith("mle-tui run"))
    again = json.loads(shown(capsys, *shlex.split(line)[1:], "--json")[1])
    assert again["experiment"] == first["experiment"]
