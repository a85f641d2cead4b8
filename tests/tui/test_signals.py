"""Interrupts, the background, redirections and kinds of terminals, in a pseudo-terminal."""

import os
import select
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.capsules.capsule import read_capsule
from tests.tui.terminal import Terminal
from tests.tui.test_departure import at, endless, opened, remembering

__all__ = ["remembering"]


def test_an_interrupt_pauses_a_run_and_the_next_one_leaves(
    terminal: Callable[..., Terminal], tmp_path: Path
) -> None:
    lab = opened(terminal, endless(tmp_path))
    lab.process.send("++ ")
    lab.wait_for(lambda text: "running" in text and "flat out" in text)
    lab.process.kill(signal.SIGINT)
    lab.wait_for(lambda text: "running" not in text and "paused" in text)
    lab.process.send(" ")
    lab.wait_for(lambda text: "running" in text)
    lab.process.send("\x03\x03")
    assert lab.wait_for_end() == 130
    assert b"Traceback" not in lab.written
    assert read_capsule(str(tmp_path / "mle-tui" / "session.json")).epoch > 0


def test_it_comes_back_from_the_background_as_it_was(terminal: Callable[..., Terminal]) -> None:
    lab = opened(terminal)
    lab.process.send(">")
    lab.wait_for(at)
    lab.process.send("\x1a")
    while b"\x1b[?1049l" not in lab.written:
        lab.read()
    _, status = os.waitpid(lab.process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    lab.screen.reset()
    lab.process.kill(signal.SIGCONT)
    lab.wait_for(at)
    lab.process.send(".")
    lab.wait_for(lambda text: "· 1,001/10,000" in text)
    lab.process.send("q")
    assert lab.wait_for_end() == 0


def test_errors_may_go_elsewhere_and_the_kind_of_terminal_be_unknown(
    terminal: Callable[..., Terminal], tmp_path: Path
) -> None:
    told = tmp_path / "told"
    kind = {"TERM": None, "COLORTERM": None}
    lab = opened(terminal, line=f"exec {{}} 2> {shlex.quote(str(told))}", environment=kind)
    lab.process.send("q")
    assert lab.wait_for_end() == 0
    assert told.read_bytes() == b""
    assert lab.written.rindex(b"\x1b[?1049l") > lab.written.rindex(b"\x1b[?1049h")


def test_data_come_through_a_pipe_and_keys_from_the_terminal(
    terminal: Callable[..., Terminal],
) -> None:
    kind = {"TERM": "screen", "COLORTERM": None}
    line = "printf 'height\n1.5\n2.5\n7.5\n' | {}"
    lab = opened(terminal, "-", line=line, environment=kind)
    lab.process.send("++ ")
    lab.wait_for(lambda text: "final report" in text and "3.833333" in text)
    lab.process.send("q")
    assert lab.wait_for_end() == 0


def test_on_paper_the_report_is_printed(terminal: Callable[..., Terminal]) -> None:
    lab = terminal(columns=120, environment={"TERM": "dumb", "COLORTERM": None})
    assert lab.wait_for_end() == 0
    assert b"0.01726031" in lab.written
    assert b"\x1b" not in lab.written


@pytest.mark.parametrize(("command", "most"), [("run --report-every 1", 1), ("list families", 0)])
def test_a_pipe_that_closes_ends_it_silently(command: str, most: int) -> None:
    line = f"{{ {shlex.quote(sys.executable)} -m tui {command}; echo $? >&2; }} | head -n {most}"
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, check=False)
    assert len(done.stdout.splitlines()) == most
    assert done.stderr.splitlines()[-1] == "141"
    assert "Error" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{} --version >/dev/full", "no space left on device"),
        ("{} list families --json >/dev/full", "no space left on device"),
        ("{} fit ball-bearings --family weibull >/dev/full", "no space left on device"),
        ("{} --help >&-", "it is closed"),
    ],
)
def test_output_that_cannot_be_written_is_refused_in_a_sentence(
    line: str, told: str, unbuffered: str
) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", line.format(f"{shlex.quote(sys.executable)} -m tui")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    )
    assert done.returncode == 2
    assert done.stderr == f"mle-tui: Standard output cannot be written: {told}.\n"


def test_input_that_is_closed_is_an_empty_one() -> None:
    line = f"{shlex.quote(sys.executable)} -m tui run --data - <&-"
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "'-' is empty" in done.stderr


def test_narration_that_cannot_be_written_changes_nothing() -> None:
    line = f"{shlex.quote(sys.executable)} -m tui fit nope.csv --family normal 2>/dev/full"
    assert subprocess.run(["/bin/sh", "-c", line], check=False).returncode == 2


@pytest.mark.skipif(
    not shutil.which("tmux") or not hasattr(os, "pidfd_open"), reason="needs tmux, and Linux"
)
def test_a_pane_that_is_closed_leaves_nobody_behind(tmp_path: Path) -> None:
    tmux = ["tmux", "-L", f"mle-tui-tests-{os.getpid()}", "-f", os.devnull]
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path), "TMUX_TMPDIR": str(tmp_path)}

    def ask(*words: str) -> str:
        return subprocess.run(
            [*tmux, *words], env=environment, capture_output=True, text=True, check=True
        ).stdout

    try:
        ask("new-session", "-d", "-x", "100", "-y", "30", sys.executable, "-m", "tui")
        for keys, seen in (((), "space runs"), ((">",), "· 1,000/10,000")):
            ask("send-keys", "-l", *keys) if keys else None
            while seen not in ask("capture-pane", "-p"):
                pass
        gone = os.pidfd_open(int(ask("display-message", "-p", "#{pane_pid}")))
        ask("kill-pane")
        assert select.select([gone], [], [], 1.0)[0] == [gone]
        os.close(gone)
    finally:
        subprocess.run([*tmux, "kill-server"], env=environment, check=False, capture_output=True)
    assert read_capsule(str(tmp_path / "mle-tui" / "session.json")).epoch == 1000


def test_it_answers_after_any_change_of_its_size() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.resizes", "80"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("80 sizes")
