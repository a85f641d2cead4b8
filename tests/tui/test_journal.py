"""The log: written to its file only, and no one's trouble where it cannot be."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.conftest import opened
from tui.commands import cli
from tui.commands.cli import run_command
from tui.configuration.places import log_file
from tui.terminal import journal
from tui.terminal.journal import LOG, begin_log


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A state folder that is not there yet, and no log when the test is over."""
    monkeypatch.setattr("tui.configuration.places.state_folder", lambda: tmp_path / "state")
    yield tmp_path / "state"
    begin_log("off", "")


def logged() -> str:
    return log_file().read_text("utf-8")


def test_a_run_leaves_its_command_versions_experiment_and_status() -> None:
    assert run_command(["run", "--n", "50", "--epochs", "5"]) == 1
    first, second, last = logged().splitlines()
    assert "'run --n 50 --epochs 5'; python 3." in first
    assert "mle-tui 0.1" in first
    assert second.endswith("INFO experiment: normal by gradient-ascent on 50 draws")
    assert last.endswith("INFO exit status 1")


def test_a_fault_leaves_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(arguments: list[str]) -> int:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr(cli, "_run", fail)
    with pytest.raises(ZeroDivisionError):
        run_command(["run"])
    assert "ZeroDivisionError: by nothing" in logged()
    assert "Traceback" in logged()


async def _fail_in_the_lab() -> None:
    async with opened() as (lab, pilot):
        lab.call_later(lambda: 1 // 0)
        await pilot.pause()


async def test_a_fault_of_the_lab_leaves_its_traceback() -> None:
    begin_log("info", "lab")
    with pytest.raises(ZeroDivisionError):
        await _fail_in_the_lab()
    assert "experiment: normal by gradient-ascent on 100000 draws" in logged()
    assert "ZeroDivisionError" in logged()


@pytest.mark.parametrize(("level", "lines"), [("info", 4), ("warning", 2), ("off", 0)])
def test_the_level_says_how_much(level: str, lines: int) -> None:
    begin_log(level, "command")
    LOG.debug("a")
    LOG.info("b")
    LOG.warning("c")
    LOG.info("d")
    assert (len(logged().splitlines()) if lines else log_file().exists()) == lines


def test_the_configuration_has_a_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLE_TUI_LOG_LEVEL", "off")
    assert run_command(["list", "themes"]) == 0
    assert not log_file().exists()


def test_the_file_rotates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "LARGEST", 2000)
    begin_log("info", "command")
    for number in range(200):
        LOG.info("line %d", number)
    assert sorted(path.name for path in log_file().parent.iterdir()) == [
        f"mle-tui.log{end}" for end in ("", ".1", ".2", ".3")
    ]
    assert "line 199" in logged()


def test_a_folder_that_cannot_be_made_is_no_trouble(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state.write_text("", "utf-8")
    assert run_command(["list", "themes"]) == 0
    assert capsys.readouterr().err == ""


class Full(io.StringIO):
    """A stream with no room."""

    def write(self, text: str) -> int:
        raise OSError(28, "No space left on device")


def test_a_disk_that_is_full_is_no_trouble(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    begin_log("info", "command")
    LOG.info("a")
    with monkeypatch.context() as patch:
        patch.setattr(LOG.handlers[-1].file, "stream", Full())  # type: ignore[attr-defined]
        LOG.info("b")
    LOG.info("c")
    assert capsys.readouterr().err == ""
    assert logged().splitlines()[-1].endswith("INFO c")


def test_what_is_no_file_is_left_alone(state: Path) -> None:
    log_file().mkdir(parents=True)
    begin_log("info", "command")
    LOG.info("a")
    assert list(state.iterdir()) == [log_file()]


def test_names_from_outside_are_quoted(tmp_path: Path) -> None:
    name = str(tmp_path / "a\x1b[31m.csv")
    Path(name).write_text("x\n1\n2\n3\n", "utf-8")
    run_command(["run", "--data", name, "--epochs", "5"])
    assert "\x1b" not in logged()
