"""A histogram of any sample: the empirical law's mass in bins, over their width.

Frequencies count, and what is censored has its share where the nonparametric maximum of the
likelihood puts it; of an interval that lies evenly over its width. Nothing stands for what is
only known to lie beyond the last bound, so the bars of such a sample have less than all mass.
"""

import math

import numpy as np

from engine.samples.empirical import empirical
from engine.samples.ordered import thinned
from engine.samples.sample import Array, Sample

__all__ = ["divisible", "histogram"]

BEYOND = 0.06
FEW = 5_000
"""Observations below which there are as few bins as Sturges (1926) gives, twice over."""
MOST_COUNTS = 2_000
"""Counts that have a bin each."""
FARTHEST = 8e307
"""Where an axis about 0 ends at the latest, so that its length is a double."""
TAIL = 0.005


def histogram(sample: Sample, most: int, *, whole: bool) -> tuple[Array, Array]:
    """Heights, shape (m,), and edges, shape (m + 1,), in at most so many bins.

    A whole law has a bin for each count, where its counts are not too many for that. Of far
    tails, only as much is shown as leaves the bulk of the sample its room. Of values on disk,
    every so many are counted.
    """
    found = empirical(thinned(sample))
    low = np.where(np.isfinite(found.low), found.low, found.high)
    high = np.where(np.isfinite(found.high), found.high, found.low)
    known = np.isfinite(found.low) & np.isfinite(found.high)
    begin, end = _range(low, high, found.mass)
    if whole and end - begin < MOST_COUNTS:
        edges = np.arange(math.floor(begin) - 0.5, math.floor(end) + 1.0)
    else:
        margin = BEYOND * (end - begin) or 1.0
        total = max(sample.total, 1.0)
        bins = most if total >= FEW else min(most, 2 * int(math.log2(total) + 1.0))
        edges = np.linspace(*divisible(begin - margin, end + margin, bins), bins + 1)
    point = known & (low == high)
    heights = np.histogram(low[point], edges, weights=found.mass[point])[0].astype(float)
    wide = zip(*(each[known & ~point] for each in (low, high, found.mass)), strict=True)
    with np.errstate(over="ignore"):
        for a, b, mass in wide:
            heights += mass * np.diff(np.clip((edges - a) / (b - a), 0.0, 1.0))
        return heights / np.diff(edges), edges


def divisible(low: float, high: float, bins: int) -> tuple[float, float]:
    """Widen a range, where it must be, until doubles divide it into so many bins."""
    if high - low == math.inf:
        low, high = max(low, -FARTHEST), min(high, FARTHEST)
    least = 4.0 * bins * float(np.spacing(max(abs(low), abs(high))))
    lacking = max(least - (high - low), 0.0) / 2.0
    return low - lacking, high + lacking


def _range(low: Array, high: Array, mass: Array) -> tuple[float, float]:
    """Where to begin and end: at the extremes, or at most as far again from the bulk's ends."""
    below = np.cumsum(mass)
    first = float(low[min(int(np.searchsorted(below, TAIL)), low.size - 1)])
    last = float(high[min(int(np.searchsorted(below, 1.0 - TAIL)), low.size - 1)])
    least, greatest = float(low.min()), float(high.max())
    bulk = last - first
    return max(least, first - bulk), min(greatest, last + bulk)
