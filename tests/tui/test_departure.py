"""Signals end the program with its session kept and its terminal whole."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.capsules.capsule import read_capsule
from tests.tui.terminal import Terminal

ENDLESS = (
    *("run", "--epochs", "1000000000", "--patience", "0", "--tolerance", "0"),
    *("--learning-rate", "1e-9", "--report-every", "1000"),
)


LEFT = {
    b"\x1b[?1049l": b"\x1b[?1049h",
    b"\x1b[?25h": b"\x1b[?25l",
    b"\x1b[?1000l": b"\x1b[?1000h",
    b"\x1b[?2004l": b"\x1b[?2004h",
}
"""Sequences that leave the terminal whole, and those that they undo."""
ENDINGS = pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)], ids=["term", "hup"]
)


@pytest.fixture(name="terminal")
def remembering(terminal: Callable[..., Terminal], tmp_path: Path) -> Callable[..., Terminal]:
    """Start programs with a state folder of their own."""

    def start(*arguments: str, **how: Any) -> Terminal:
        remembered = {"XDG_STATE_HOME": str(tmp_path), **how.pop("environment", {})}
        return terminal(*arguments, environment=remembered, **how)

    return start


def opened(terminal: Callable[..., Terminal], *arguments: str, **how: Any) -> Terminal:
    lab = terminal(*arguments, **how)
    lab.wait_for(lambda text: "split seed" in text and "space runs" in text)
    return lab


def at(text: str) -> bool:
    return "· 1,000/10,000" in text


@ENDINGS
def test_asked_to_end_it_keeps_the_session_and_leaves_the_terminal_whole(
    terminal: Callable[..., Terminal], tmp_path: Path, number: int, status: int
) -> None:
    lab = opened(terminal)
    lab.process.send(">")
    lab.wait_for(at)
    lab.process.kill(number)
    assert lab.wait_for_end() == status
    for ended, begun in LEFT.items():
        assert lab.written.rindex(ended) > lab.written.rindex(begun)
    assert b"Traceback" not in lab.written
    assert read_capsule(str(tmp_path / "mle-tui" / "session.json")).epoch == 1000


def endless(folder: Path) -> str:
    path = folder / "endless.toml"
    lines = ("epochs = 1000000000", "patience = 0", "tolerance = 0.0", "learning_rate = 1e-9")
    path.write_text(
        "\n".join(lines) + "\n[start]\nmean = 1.0\nvariance = 1.0\n[true]\n"
        "mean = 7.2\nvariance = 7.84\n",
        "utf-8",
    )
    return str(path)


@ENDINGS
def test_a_run_that_goes_flat_out_is_kept_too(
    terminal: Callable[..., Terminal], tmp_path: Path, number: int, status: int
) -> None:
    lab = opened(terminal, endless(tmp_path))
    lab.process.send("++ ")
    lab.wait_for(lambda text: "running" in text and "flat out" in text)
    lab.process.kill(number)
    assert lab.wait_for_end() == status
    kept = read_capsule(str(tmp_path / "mle-tui" / "session.json"))
    assert kept.epoch > 0


def test_it_is_gone_when_its_terminal_is(terminal: Callable[..., Terminal], tmp_path: Path) -> None:
    lab = opened(terminal)
    lab.process.send(">")
    lab.wait_for(at)
    lab.process.close(force=False)  # the line drops: the kernel sends SIGHUP
    assert lab.process.exitstatus == 129
    assert read_capsule(str(tmp_path / "mle-tui" / "session.json")).epoch == 1000


def test_the_last_session_is_gone_on_with(
    terminal: Callable[..., Terminal], tmp_path: Path
) -> None:
    lab = opened(terminal)
    lab.process.send(">")
    lab.wait_for(at)
    lab.process.send("q")
    assert lab.wait_for_end() == 0
    again = terminal("--resume")
    again.wait_for(at)
    again.process.send("q")
    assert again.wait_for_end() == 0


def test_a_lab_that_nothing_was_done_in_leaves_the_last_session_alone(
    terminal: Callable[..., Terminal], tmp_path: Path
) -> None:
    place = tmp_path / "mle-tui" / "session.json"
    place.parent.mkdir()
    place.write_text("kept", "utf-8")
    lab = opened(terminal)
    lab.process.send("q")
    assert lab.wait_for_end() == 0
    assert place.read_text("utf-8") == "kept"


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "no session to go on with"), ('{"mle-tui capsule": 1', "no capsule")],
    ids=["missing", "damaged"],
)
def test_without_a_session_to_go_on_with_it_says_so_and_begins_a_new_one(
    terminal: Callable[..., Terminal], tmp_path: Path, content: str | None, told: str
) -> None:
    if content:
        place = tmp_path / "mle-tui" / "session.json"
        place.parent.mkdir()
        place.write_text(content, "utf-8")
    lab = terminal("--resume", columns=120, lines=40)
    lab.wait_for(lambda text: told in text and "split seed" in text)
    lab.process.send("q")
    assert lab.wait_for_end() == 0
    done = subprocess.run(
        [sys.executable, "-m", "tui", "--resume"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path)},
    )
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stdout == ""


@ENDINGS
def test_a_headless_run_ends_with_the_status_of_the_signal(
    terminal: Callable[..., Terminal], number: int, status: int
) -> None:
    run = terminal(*ENDLESS)
    run.wait_for(lambda text: "1000 " in text)
    run.process.kill(number)
    assert run.wait_for_end() == status
    assert b"Traceback" not in run.written


def test_hang_ups_that_whoever_started_it_ignores_are_ignored(
    terminal: Callable[..., Terminal],
) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        run = terminal(*ENDLESS)
    finally:
        signal.signal(signal.SIGHUP, before)
    run.wait_for(lambda text: "1000 " in text)
    run.process.kill(signal.SIGHUP)
    run.wait_for(lambda text: "9000 " in text)
    run.process.kill(signal.SIGTERM)
    assert run.wait_for_end() == 143
