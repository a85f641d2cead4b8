"""The time from a key to its painted answer, in a pseudo-terminal, while a run goes flat out.

The lab is asked for one word, the pace, and for a whole chart on another axis. Beside it stand
an app that shows one word, one that shows one of two charts it has ready, and one that draws two
charts and a table ten times a second, all without anything to compute.
"""

import os
import re
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pexpect

SIZE = (40, 120)
PRESSES = 400
GAPS = (0.04, 0.16)
"""Seconds between an answer and the next key."""

BARE = """
from textual.app import App
from textual.widgets import Static

class Bare(App):
    BINDINGS = [("y", "switch", "switch")]
    on = False

    def compose(self):
        yield Static("log-likelihood")

    def action_switch(self):
        self.on = not self.on
        self.query_one(Static).update("gap to the best" if self.on else "log-likelihood")

Bare().run()
"""

SWAPPING = """
import plotext
from rich.text import Text
from textual.app import App
from textual.widgets import Static

def chart(told, power):
    plotext.clear_figure()
    plotext.plot_size(118, 13)
    plotext.plot([i**power for i in range(1, 200)])
    plotext.title(told)
    return Text.from_ansi(plotext.build())

class Swapping(App):
    BINDINGS = [("y", "switch", "switch")]
    on = False
    charts = chart("log-likelihood", 0.5), chart("gap to the best", -0.5)

    def compose(self):
        yield Static(self.charts[0])

    def action_switch(self):
        self.on = not self.on
        self.query_one(Static).update(self.charts[self.on])

Swapping().run()
"""

DRAWING = """
import plotext
from rich.table import Table
from rich.text import Text
from textual.app import App
from textual.widgets import Static

class Drawing(App):
    BINDINGS = [("y", "switch", "switch")]
    on, frame = False, 0

    def compose(self):
        for _ in range(3):
            yield Static()

    def on_mount(self):
        self.set_interval(0.1, self.draw)
        self.draw()

    def draw(self):
        self.frame += 1
        told = "gap to the best" if self.on else "log-likelihood"
        table = Table("epoch", "training", "validation")
        for i in range(8):
            table.add_row(str(self.frame + i), f"{-1.0 / (self.frame + i):.6f}", "0")
        charts = []
        for title in (told, "density"):
            plotext.clear_figure()
            plotext.plot_size(118, 13)
            plotext.plot([(i * self.frame) % 97 for i in range(200)])
            plotext.title(title)
            charts.append(Text.from_ansi(plotext.build()))
        for widget, shown in zip(self.query(Static), [*charts, table]):
            widget.update(shown)

    def action_switch(self):
        self.on = not self.on
        self.draw()

Drawing().run()
"""

CHART = "yy", (b"gap to the best", b"log-likelihood")
PACE = "-+", (b"brisk", b"flat out")
"""Keys in turn, and what is then written."""
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

    def latencies(self, keys: str, answers: tuple[bytes, ...]) -> list[float]:
        """Seconds from each press of the keys to its answer."""
        gaps = np.random.default_rng(1).uniform(*GAPS, PRESSES)
        found = []
        for i, gap in enumerate(gaps):
            self.idle(gap)
            began = time.perf_counter()
            self.process.send(keys[i % len(keys)])
            found.append(self.until(re.escape(answers[i % len(answers)])) - began)
        return found


def app(code: str) -> tuple[list[float], float]:
    """Latencies of an app, and the bytes a second that it writes."""
    screen = Screen(["-c", code])
    screen.until(CHART[1][1])
    screen.idle(0.5)
    found = screen.latencies(*CHART)
    written = screen.idle(3.0) / 3.0
    screen.process.close(force=True)
    return found, written


def lab(asked: tuple[str, tuple[bytes, ...]] = CHART, tab: str = "1") -> tuple[list[float], float]:
    """Latencies of the lab while a run goes flat out, and the bytes a second that it writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "endless.toml"
        path.write_text(ENDLESS, "utf-8")
        screen = Screen(["-m", "tui", str(path)])
        screen.until(b"space runs")
        screen.idle(1.0)
        screen.process.send(f"{tab}++ ")
        screen.idle(1.0)
        found = screen.latencies(*asked)
        written = screen.idle(3.0) / 3.0
        screen.process.close(force=True)
    return found, written


def percentile(values: list[float], share: float) -> float:
    """Value that so great a share does not exceed."""
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


def table() -> None:
    """Print what the lab needs to answer beside apps that have nothing to compute."""
    rows = {
        "an app that shows one word": app(BARE),
        "an app that has two charts ready": app(SWAPPING),
        "an app that draws, and computes nothing": app(DRAWING),
        "the lab, a run going flat out, one word": lab(PACE),
        "the lab, a run going flat out, a chart": lab(CHART),
    }
    print(f"key to painted answer at 120×40, ms, {PRESSES} presses; bytes a second on the wire")
    for name, (found, written) in rows.items():
        half, most = (1e3 * percentile(found, share) for share in (0.5, 0.99))
        print(f"  {name:<42} median {half:>6.1f}  99 % {most:>6.1f}  {written:>9,.0f} B/s")
    bare, ready, drawing, word, chart = (percentile(found, 0.99) for found, _ in rows.values())
    alike = (
        f"a word to the app of one {word / bare:.1f}, a chart to that of two {chart / ready:.1f}"
    )
    print(f"  ratio of the 99th percentiles: {alike} (at most 2);")
    print(f"  a chart to the app of one word {chart / bare:.1f}; to the app that draws", end=" ")
    print(f"{word / drawing:.2f} and {chart / drawing:.2f}")


if __name__ == "__main__":
    table()
