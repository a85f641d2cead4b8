"""Goodness of fit of a continuous family: how far the sample is from the fitted cdf.

With F the fitted law of what can be observed, F̂ the sample's nonparametric estimate, and
D = F̂ − F,

    KS = sup |D|,   CvM = n ∫ D² dF,   AD = n ∫ D² / F(1 − F) dF

D'Agostino & Stephens, Goodness-of-Fit Techniques, sections 4.2 and 4.7, with frequencies.
All three look only at where F̂ is determined. Right of the last censoring it is not, nor
left of the least detection limit: there they end, as Koziol & Green (1976) have it, and so
grouped data's first and last intervals are left out. Inside another interval F̂ is determined
at the ends; between them D is taken to be a straight line in F.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.distributions.base import Array, Distribution
from engine.empirical import empirical
from engine.sample import Sample
from engine.truncated import Truncated

__all__ = ["Distances", "distances"]

LEAST = 1e-12
"""Probability of the determined range from which on it is one, not rounding."""
TINY = np.finfo(float).tiny
NODES, NODE_WEIGHTS = np.polynomial.legendre.leggauss(8)
PLACES, WEIGHTS = (1.0 + NODES[:, np.newaxis]) / 2.0, NODE_WEIGHTS[:, np.newaxis] / 2.0


@dataclass(frozen=True, slots=True)
class Distances:
    """Kolmogorov and Smirnov's, Cramér and von Mises', Anderson and Darling's statistics."""

    ks: float
    cvm: float
    ad: float


def distances(fitted: Distribution, sample: Sample) -> Distances | None:
    """Measure a sample against a distribution.

    None for counts, and for samples whose estimate is not determined over any range, such as
    data in two groups.
    """
    if fitted.support.whole:
        return None
    law, found, n = Truncated.of(fitted, sample), empirical(sample), sample.total
    low = _Tails(law.cdf(found.low), law.survival(found.low))
    high = low if found.points else _Tails(law.cdf(found.high), law.survival(found.high))
    heights = np.append(0.0, np.cumsum(found.mass))
    heights[-1] = 1.0
    # F̂ is level from the end of one mass to the beginning of the next
    start = _Tails(np.append(0.0, high.below), np.append(1.0, high.above))
    end = _Tails(np.append(low.below, 1.0), np.append(low.above, 0.0))
    first, last = heights - start.below, heights - end.below
    determined = float(np.sum(end.below - start.below))
    ks = max(np.max(np.abs(first)), np.max(np.abs(last)))
    cvm = float(np.sum(first**3 - last**3)) / 3.0
    ad = _level(heights, start, end)
    if not found.points:
        inner = found.low < found.high
        inner[[0, -1]] = False
        width = law.mass(found.low[inner], found.high[inner])
        determined += float(np.sum(width))
        before, after = last[:-1][inner], first[1:][inner]
        cvm += float(width @ (before**2 + before * after + after**2)) / 3.0
        ad += _sloping(width, (before, after), low.at(inner), high.at(inner))
    if determined < LEAST:
        return None
    return Distances(float(ks), n * cvm, n * ad)


class _Tails(NamedTuple):
    """F and 1 − F, each with its digits."""

    below: Array
    above: Array

    def at(self, places: NDArray[np.bool_]) -> "_Tails":
        """Return the tails at some places."""
        return _Tails(self.below[places], self.above[places])


def _level(height: Array, start: _Tails, end: _Tails) -> float:
    """Sum ∫ (h − F)² / F(1 − F) dF = h² log F − (1 − h)² log(1 − F) − F over ranges."""
    logs = np.log(np.maximum(end.below, TINY)) - np.log(np.maximum(start.below, TINY))
    rests = np.log(np.maximum(start.above, TINY)) - np.log(np.maximum(end.above, TINY))
    inside = height**2 * logs + (1.0 - height) ** 2 * rests - (end.below - start.below)
    return float(np.sum(inside))


def _sloping(width: Array, ends: tuple[Array, Array], low: _Tails, high: _Tails) -> float:
    """Sum ∫ D² / F(1 − F) dF over ranges in which D is a straight line, by Gauss's rule."""
    line, below, above = (
        a + PLACES * (b - a) for a, b in (ends, (low.below, high.below), (low.above, high.above))
    )
    return float(np.sum(WEIGHTS * width * line**2 / np.maximum(below * above, TINY)))
