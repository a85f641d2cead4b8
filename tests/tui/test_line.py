"""A slow line to the terminal is noticed, and the lab paints no more than it takes."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.tui.conftest import opened, settle
from tui.terminal import line as module
from tui.terminal.line import Line
from tui.widgets.charts import LikelihoodChart


class Clock:
    """A monotonic clock that only writing moves: a pseudo-terminal with a slow line behind it."""

    def __init__(self, speed: float) -> None:
        self.now, self.speed, self.taken, self.late = 100.0, speed, 0.0, 0.0

    def monotonic(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.taken = max(self.taken - seconds * self.speed, 0.0)

    def write(self, _: int, piece: memoryview) -> int:
        self.wait(self.late)
        if self.taken + len(piece) > module.HELD:
            self.wait(self.taken / self.speed)  # it lets go once all has gone out
        self.taken += len(piece)
        return len(piece)


@contextmanager
def slow(speed: float, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Line, Clock]]:
    clock = Clock(speed)
    with monkeypatch.context() as patched:
        patched.setattr("tui.terminal.line.time.monotonic", clock.monotonic)
        patched.setattr("tui.terminal.line.os.write", clock.write)
        yield Line(1), clock


@pytest.mark.parametrize("speed", [12_500.0, 125_000.0])
def test_it_knows_how_far_behind_a_slow_line_is(
    monkeypatch: pytest.MonkeyPatch, speed: float
) -> None:
    with slow(speed, monkeypatch) as (line, clock):
        line.write("x" * 2 * module.HELD)
        for _ in range(200):
            while line.behind > 0.05:
                clock.wait(0.01)
            line.write("x" * 3000)
            assert clock.taken / speed <= line.behind <= 1.1 * clock.taken / speed + 0.05
        assert (line.rows_at_once > 0) == (speed < module.SLOW)


def test_a_fast_line_is_never_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    with slow(1e9, monkeypatch) as (line, _):
        for _ in range(100):
            line.write("x" * 5000)
            assert line.behind == 0.0
        assert line.rows_at_once == 0


def test_a_write_that_is_only_late_does_not_slow_it_down(monkeypatch: pytest.MonkeyPatch) -> None:
    with slow(125_000.0, monkeypatch) as (line, clock):
        line.write("x" * 2 * module.HELD)
        clock.wait(5.0)
        line.write("x" * 100)
        before = line.behind
        clock.wait(5.0)
        clock.late = 0.02
        line.write("x" * 100)
        assert line.behind == pytest.approx(before)


def test_a_line_that_has_become_fast_is_believed_after_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with slow(12_500.0, monkeypatch) as (line, clock):
        line.write("x" * (module.HELD + 9000))
        assert line.behind > 0.5
        clock.wait(module.BELIEVED + 1.0)
        line.write("x" * 5000)
        assert line.behind == 0.0


def test_while_it_is_held_up_it_is_behind() -> None:
    reading, writing = os.pipe()
    line = Line(writing)
    writer = threading.Thread(target=line.write, args=("x" * (1 << 20),))
    writer.start()
    while line.behind <= module.HELD_UP:
        time.sleep(0)
    left = 1 << 20
    while left:
        left -= len(os.read(reading, 1 << 16))
    writer.join()
    assert not line.isatty()
    assert line.fileno() == writing
    os.close(reading)
    os.close(writing)


@pytest.mark.painted
async def test_a_drawing_is_painted_a_few_rows_at_a_time() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("greater_than_sign")
        await settle(lab, pilot)
        chart = lab.query_one(LikelihoodChart)
        old = list(chart._drawn[1]) if chart._drawn else []
        assert lab.session
        lab.session.at = 3
        chart.rows_at_once = 2
        chart.snapshot = lab.snapshot()
        turns = 1
        assert chart.unfinished
        assert chart._drawn
        assert sum(one != other for one, other in zip(old, chart._drawn[1], strict=True)) == 2
        while chart.unfinished:
            chart.redraw()
            turns += 1
        assert turns > 2
        assert chart._drawn[1] == chart._lines()
