"""Supports of distributions: which values can be observed at all."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.samples.sample import Sample

__all__ = [
    "ANGLES",
    "COUNTS",
    "POSITIVE_COUNTS",
    "POSITIVE_NUMBERS",
    "REAL_LINE",
    "UNIT_INTERVAL",
    "Support",
    "outside",
]


MOST_TOLD = 5


@dataclass(frozen=True)
class Support:
    """An interval of numbers, open unless said otherwise, or of whole numbers."""

    description: str
    low: float = -math.inf
    high: float = math.inf
    closed: bool = False
    whole: bool = False

    def contains(self, x: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Whether each value can be observed."""
        if self.closed:
            inside = (x >= self.low) & (x <= self.high)
        else:
            inside = (x > self.low) & (x < self.high)
        return inside & (x == np.floor(x)) if self.whole else inside

    def meets(self, low: NDArray[np.float64], high: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Whether something above low and not above high can be observed."""
        reached = high >= self.low if self.closed else high > self.low
        some = np.floor(np.minimum(high, self.high)) > np.floor(low) if self.whole else True
        return reached & (low < self.high) & some

    def holds(self, sample: Sample) -> bool:
        """Whether all values can be observed, from their extremes where those tell it."""
        if not sample.values.size or (self.low, self.high) == (-math.inf, math.inf):
            return True
        if self.whole and sample.tally is not None:
            return self._spans(*sample.tally[0][[0, -1]].tolist())
        if not self._spans(*sample.ends):
            return False
        return not self.whole or all((x == np.floor(x)).all() for x, _ in sample.chunks())

    def _spans(self, least: float, greatest: float) -> bool:
        """Whether values between two lie within the bounds."""
        if self.closed:
            return self.low <= least and greatest <= self.high
        return self.low < least and greatest < self.high


def outside(support: Support, sample: Sample, family: str) -> str | None:
    """Say which observations a family cannot hold, in words, or None where it holds all."""
    number, told, kind = _strays(support, sample)
    if not number:
        return None
    count = f"1 {kind} lies" if number == 1 else f"{number:,} {kind}s lie"
    more = " and more" if number > MOST_TOLD else ""
    some = ", ".join(told)
    return f"{count} outside the support of {family} ({support.description}): {some}{more}"


def _strays(support: Support, sample: Sample) -> tuple[int, list[str], str]:
    """How many values are outside, or intervals without a value of the family, and the first."""
    hidden = sample.censored
    if not support.holds(sample):
        places = np.flatnonzero(~support.contains(sample.values))
        told = [f"{sample.values[i]:g}{_place(sample, i)}" for i in places[:MOST_TOLD].tolist()]
        return places.size, told, "value"
    if hidden is None:
        return 0, [], ""
    places = np.flatnonzero(~support.meets(hidden.low, hidden.high))
    told = [
        f"{_interval(hidden.low[i], hidden.high[i])}{_place(sample, sample.values.size + i)}"
        for i in places[:MOST_TOLD].tolist()
    ]
    return places.size, told, "interval"


def _place(sample: Sample, row: int) -> str:
    """Where an observation is: its line in a file, or its number among the values."""
    if sample.line is not None:
        return f" (row {sample.line(row):,})"
    if row >= sample.values.size:
        return ""
    among = "" if sample.censored is None else " of the exact ones"
    return f" (number {row + 1:,}{among})"


def _interval(low: float, high: float) -> str:
    """An interval in words."""
    if math.isinf(high):
        return f"above {low:g}"
    return f"{low:g} to {high:g}" if math.isfinite(low) else f"up to {high:g}"


REAL_LINE = Support("any number")
POSITIVE_NUMBERS = Support("numbers above 0", low=0.0)
UNIT_INTERVAL = Support("numbers between 0 and 1", low=0.0, high=1.0)
ANGLES = Support("angles from −π to π", low=-math.pi, high=math.pi, closed=True)
COUNTS = Support("whole numbers 0, 1, 2, …", low=0.0, high=2.0**53, closed=True, whole=True)
POSITIVE_COUNTS = Support("whole numbers 1, 2, …", low=1.0, high=2.0**53, closed=True, whole=True)
