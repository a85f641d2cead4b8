"""The time from starting a program in a pseudo-terminal to what it shows."""

import compileall
import os
import sys
import time
from pathlib import Path

import pexpect

ROOT = Path(__file__).parents[2]
MINIMAL = """
from textual.app import App
from textual.widgets import Static

class Minimal(App):
    def compose(self):
        yield Static("painted")

Minimal().run()
"""


def seconds_until(arguments: list[str], *marks: bytes) -> list[float]:
    """Start Python with arguments; return when each mark was first written."""
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    began = time.perf_counter()
    process = pexpect.spawn(
        sys.executable, arguments, dimensions=(40, 120), env=environment, timeout=60
    )
    written, times = b"", []
    for mark in marks:
        while mark not in written:
            written += process.read_nonblocking(65536, timeout=60)
        times.append(time.perf_counter() - began)
    process.close(force=True)
    return times


def minimal() -> float:
    """First paint of an app that shows one word."""
    return seconds_until(["-c", MINIMAL], b"painted")[0]


def lab() -> tuple[float, float]:
    """First paint of the lab, and when its form and its run are there to be used.

    Its own modules are compiled before, as those of Textual are since pip installed them.
    """
    for package in ("engine", "tui"):
        compileall.compile_dir(ROOT / package, quiet=1)
    command = str(Path(sys.executable).with_name("mle-tui"))
    painted, ready = seconds_until([command], b"log-likelihood", b"space runs")
    return painted, ready
