"""Round numbers along an axis, and how many of them there is room for."""

import math
from collections.abc import Iterator

from engine.domains import ABOVE_ONE, UNIT
from engine.surfaces.axis import Axis
from tui.texts.format import tick

__all__ = ["FINER", "Tick", "axis_ticks", "even_step", "even_ticks", "round_step"]

Tick = tuple[float, str]
"""Where a tick is, and its label."""

NARROW = 3.0
"""Ratio of an axis' ends up to which round numbers are even enough on any scale."""
DECADES = 12
FINER = (1, 2, 4)
"""By how much finer ticks are tried where there are less than two, which tell no scale."""


def round_step(span: float, most: int) -> float:
    """Least of 1, 2 and 5 times a power of ten by which at most so many steps fill a span."""
    rough = span / most
    power = 10.0 ** math.floor(math.log10(rough)) if rough > 0 else 1.0
    return next((m * power for m in (1, 2, 5, 10) if m * power >= rough), 10 * power)


def even_step(low: float, high: float, most: int) -> float:
    """Step of at most about so many round numbers from low to high, but of two at the least."""
    steps = [round_step(high - low, finer * most) for finer in FINER]
    enough = (step for step in steps if math.ceil(low / step) < math.floor(high / step))
    return next(enough, steps[-1])


def even_ticks(low: float, high: float, most: int) -> list[Tick]:
    """At most about so many round numbers from low to high, none with the label of another."""
    step = even_step(low, high, most)
    first, last = math.ceil(low / step), math.floor(high / step)
    if not 0 <= last - first <= 2 * most + 2:
        return []
    labels: dict[str, float] = {}
    for i in range(first, last + 1):
        labels.setdefault(tick(i * step, step), i * step)
    return [(value, label) for label, value in labels.items()]


def axis_ticks(axis: Axis, most: int) -> list[Tick]:
    """Ticks of an axis at round values in the parameter's units; the roundest where it is mapped.

    They may be more than ``most`` there, in the order of how welcome they are.
    """
    if not axis.mapped or _even(axis):
        return even_ticks(axis.low, axis.high, most)
    return [each for each in _decades(axis) if axis.low <= each[0] <= axis.high]


def _even(axis: Axis) -> bool:
    """Whether a mapped axis is so narrow that it is about even in its parameter."""
    begin, end = axis.ends
    return end - begin < math.log(NARROW) or axis.domain.slope(1.5) == 1.0


def _decades(axis: Axis) -> Iterator[Tick]:
    """Powers of ten, then five and two times them; from both ends of a share, from 1 above it."""
    begin, end = axis.ends
    first, last = math.floor(begin / math.log(10.0)), math.ceil(end / math.log(10.0))
    every = max(1, math.ceil((last - first) / DECADES))
    if axis.domain == UNIT:
        yield 0.5, "0.5"
    for factor in (1, 5, 2):
        for power in range(first - first % every, last + 1, every):
            value = factor * 10.0**power
            if axis.domain == ABOVE_ONE:
                yield 1.0 + value, tick(1.0 + value, 10.0**power)
            elif axis.domain == UNIT:
                value = factor * 10.0 ** -abs(power)
                if value < 0.5:
                    lower = power < 0
                    yield (value, tick(value, value)) if lower else (1.0 - value, f"{1 - value:g}")
            else:
                yield value, tick(value, 10.0**power)
