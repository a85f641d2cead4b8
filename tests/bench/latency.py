"""The time from a key to its painted answer, in a pseudo-terminal, while a run goes flat out."""

import os
import re
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pexpect

SIZE = (40, 120)
PRESSES = 150
GAPS = (0.04, 0.16)
"""Seconds between an answer and the next key."""

MINIMAL = """
from textual.app import App
from textual.widgets import Static

class Minimal(App):
    BINDINGS = [("y", "switch", "switch")]
    on = False

    def compose(self):
        yield Static("log-likelihood")

    def action_switch(self):
        self.on = not self.on
        self.query_one(Static).update("gap to the best" if self.on else "log-likelihood")

Minimal().run()
"""

ANSWERS = (b"gap to the best", b"log-likelihood")
ENDLESS = """
family = "gamma"
optimizer = "gradient-ascent"
learning_rate = 1e-9
epochs = 1000000000
patience = 0
tolerance = 0
near = 0
"""


class Screen:
    """A program in a pseudo-terminal, asked key by key."""

    def __init__(self, arguments: list[str]) -> None:
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self.process = pexpect.spawn(
            sys.executable, arguments, dimensions=SIZE, env=environment, timeout=60
        )
        self.process.delaybeforesend = None

    def until(self, pattern: bytes, seconds: float = 60.0) -> float:
        """Read until the pattern was written; return when."""
        seen, deadline = b"", time.perf_counter() + seconds
        while not re.search(pattern, seen):
            left = deadline - time.perf_counter()
            seen += self.process.read_nonblocking(1 << 16, timeout=max(left, 0.01))
        return time.perf_counter()

    def idle(self, seconds: float) -> int:
        """Read for a while; return how many bytes came."""
        deadline, count = time.perf_counter() + seconds, 0
        while (left := deadline - time.perf_counter()) > 0:
            try:
                count += len(self.process.read_nonblocking(1 << 16, timeout=left))
            except pexpect.TIMEOUT:
                break
        return count

    def latencies(self) -> list[float]:
        """Seconds from each press of y to its answer."""
        gaps = np.random.default_rng(1).uniform(*GAPS, PRESSES)
        found = []
        for i, gap in enumerate(gaps):
            self.idle(gap)
            began = time.perf_counter()
            self.process.send("y")
            found.append(self.until(re.escape(ANSWERS[i % 2])) - began)
        return found


def minimal() -> list[float]:
    """Latencies of an app that does nothing else."""
    screen = Screen(["-c", MINIMAL])
    screen.until(ANSWERS[1])
    screen.idle(0.5)
    found = screen.latencies()
    screen.process.close(force=True)
    return found


def lab(tab: str = "1") -> tuple[list[float], float]:
    """Latencies of the lab while a run goes flat out, and the bytes a second that it writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "endless.toml"
        path.write_text(ENDLESS, "utf-8")
        screen = Screen(["-m", "tui", str(path)])
        screen.until(b"space runs")
        screen.idle(1.0)
        screen.process.send(f"{tab}++ ")
        screen.idle(1.0)
        found = screen.latencies()
        rate = screen.idle(3.0) / 3.0
        screen.process.close(force=True)
    return found, rate


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


if __name__ == "__main__":
    plain = minimal()
    print("minimal", *(f"{1e3 * percentile(plain, p):.1f}" for p in (0.5, 0.9, 0.99)))
    busy, rate = lab()
    print("lab", *(f"{1e3 * percentile(busy, p):.1f}" for p in (0.5, 0.9, 0.99)), f"{rate:.0f} B/s")
