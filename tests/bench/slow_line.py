"""How old what is on the screen is, while a run goes flat out, on lines of several speeds.

The lab writes down when it got to which step. The other end of its pseudo-terminal is read no
faster than the line, and what the screen then says is compared with that.
"""

import os
import re
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pexpect
from latency import ENDLESS, percentile

COLUMNS, LINES = 120, 40
SECONDS = 12.0
SLICE = 0.01
SPEEDS = {"as fast as it goes": 1e9, "1 Mbit/s": 1e6, "100 kbit/s": 1e5}
WATCHED = """
import sys, time
from tui import session
true = session.Session.go
log = open(sys.argv.pop(1), "w", buffering=1)
async def go(self, epoch):
    await true(self, epoch)
    print(time.monotonic(), self.at, file=log)
session.Session.go = go
from tui.__main__ import main
main()
"""
SHOWN = re.compile(rb"flat out \xc2\xb7 ([0-9,]+)/")


class Drain:
    """The other end of a pseudo-terminal, read no faster than a line, in bits a second."""

    def __init__(self, process: pexpect.spawn, speed: float) -> None:
        self.process, self.speed = process, speed / 8
        self.text, self.seen, self.count = b"", [], 0
        self._free = time.monotonic()

    def until(self, over: Callable[[], bool]) -> None:
        """Read; note each step that is shown, and when."""
        while not over():
            time.sleep(SLICE)
            now = time.monotonic()
            if (allowed := int((now - self._free) * self.speed)) < 1:
                continue
            try:
                piece = self.process.read_nonblocking(min(allowed, 1 << 16), timeout=0)
            except pexpect.TIMEOUT:
                self._free = now
                continue
            self._free = max(self._free + len(piece) / self.speed, now - 1.0)
            self.count += len(piece)
            self.text = (self.text + piece)[-(1 << 16) :]
            if found := SHOWN.findall(self.text[-len(piece) - 40 :]):
                self.seen.append((now, int(found[-1].replace(b",", b""))))

    def during(self, seconds: float) -> None:
        """Read for a while."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end)


def watched(speed: float) -> tuple[list[float], float]:
    """Ages of what was shown, in seconds, and the bytes a second that the lab wrote."""
    with tempfile.TemporaryDirectory() as folder:
        path, log = Path(folder) / "endless.toml", Path(folder) / "log"
        path.write_text(ENDLESS, "utf-8")
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        arguments = ["-c", WATCHED, str(log), str(path)]
        process = pexpect.spawn(
            sys.executable, arguments, dimensions=(LINES, COLUMNS), env=environment
        )
        process.delaybeforesend = None
        drain = Drain(process, speed)
        drain.until(lambda: b"space runs" in drain.text)
        process.send("++ ")
        drain.during(3.0)
        drain.seen, drain.count, begin = [], 0, time.monotonic()
        drain.during(SECONDS)
        process.close(force=True)
        steps = [line.split() for line in log.read_text("utf-8").splitlines()]
    times = np.arange(begin + 1.0, begin + SECONDS, 0.02)
    shown = [drain.seen[bisect_right(drain.seen, (t, 0)) - 1][1] for t in times]
    return [age(each, steps) for each in zip(times, shown, strict=True)], drain.count / SECONDS


def age(seen: tuple[float, int], steps: list[list[str]]) -> float:
    """Seconds since the run left the step that is shown."""
    now, shown = seen
    left = next((float(when) for when, epoch in steps if int(epoch) > shown), now)
    return max(now - left, 0.0)


def table() -> None:
    """Print the ages for every line."""
    print(f"age of the newest step on the screen at {COLUMNS}×{LINES}, ms; bytes a second")
    for name, speed in SPEEDS.items():
        ages, written = watched(speed)
        half, most = (1e3 * percentile(ages, share) for share in (0.5, 0.99))
        print(f"  {name:<20} median {half:>6.0f}  99 % {most:>6.0f}  {written:>9,.0f} B/s")
    print("  (at most 500)")


if __name__ == "__main__":
    table()
