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

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.distributions.base import Array, Distribution
from engine.likelihoods.truncated import Truncated
from engine.samples.empirical import empirical
from engine.samples.ordered import ordered
from engine.samples.sample import Sample

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
    law, n = Truncated.of(fitted, sample), sample.total
    if sample.censored is None:
        ks, cvm, ad, determined = _over(_between_values(law, sample))
        return Distances(ks, n * cvm, n * ad) if determined >= LEAST else None
    found = empirical(sample)
    low = _Tails(law.cdf(found.low), law.survival(found.low))
    high = low if found.points else _Tails(law.cdf(found.high), law.survival(found.high))
    heights = np.append(0.0, np.cumsum(found.mass))
    heights[-1] = 1.0
    # F̂ is level from the end of one mass to the beginning of the next
    level = _Level(heights, high.after(*NOTHING), low.before(*EVERYTHING))
    ks, cvm, ad, determined = _over([level])
    if not found.points:
        inner = found.low < found.high
        inner[[0, -1]] = False
        width = law.mass(found.low[inner], found.high[inner])
        determined += float(np.sum(width))
        before, after = level.last[:-1][inner], level.first[1:][inner]
        cvm += float(width @ (before**2 + before * after + after**2)) / 3.0
        ad += _sloping(width, (before, after), low.at(inner), high.at(inner))
    if determined < LEAST:
        return None
    return Distances(ks, n * cvm, n * ad)


class _Tails(NamedTuple):
    """F and 1 − F, each with its digits."""

    below: Array
    above: Array

    def at(self, places: NDArray[np.bool_]) -> "_Tails":
        """Return the tails at some places."""
        return _Tails(self.below[places], self.above[places])

    def after(self, below: float, above: float) -> "_Tails":
        """Return the same after one more."""
        return _Tails(np.append(below, self.below), np.append(above, self.above))

    def before(self, below: float, above: float) -> "_Tails":
        """Return the same before one more."""
        return _Tails(np.append(self.below, below), np.append(self.above, above))


NOTHING, EVERYTHING = (0.0, 1.0), (1.0, 0.0)
"""Tails at −∞ and at ∞."""


class _Level(NamedTuple):
    """Ranges over which F̂ is level, and how high."""

    height: Array
    start: _Tails
    end: _Tails

    @property
    def first(self) -> Array:
        """D where each begins."""
        return self.height - self.start.below

    @property
    def last(self) -> Array:
        """D where each ends."""
        return self.height - self.end.below

    def ad(self) -> float:
        """Sum ∫ (h − F)² / F(1 − F) dF = h² log F − (1 − h)² log(1 − F) − F over the ranges.

        Infinite where a value is at the very end of the law, as one is of a uniform's estimate.
        """
        height, start, end = self
        begins = (start.below == 0.0) & (end.below > 0.0) & (height > 0.0)
        ends = (end.above == 0.0) & (start.above > 0.0) & (height < 1.0)
        if begins.any() or ends.any():
            return math.inf
        logs = np.log(np.maximum(end.below, TINY)) - np.log(np.maximum(start.below, TINY))
        rests = np.log(np.maximum(start.above, TINY)) - np.log(np.maximum(end.above, TINY))
        inside = height**2 * logs + (1.0 - height) ** 2 * rests - (end.below - start.below)
        return float(np.sum(inside))


def _between_values(law: Truncated, sample: Sample) -> Iterator[_Level]:
    """Ranges from one value to the next, from −∞ to ∞."""
    n, seen, last = sample.total, 0.0, NOTHING
    for values, weights in ordered(sample):
        heights = (seen + np.append(0.0, np.cumsum(weights))) / n
        end = _Tails(law.cdf(values), law.survival(values))
        start = _Tails(end.below[:-1], end.above[:-1]).after(*last)
        yield _Level(heights[:-1], start, end)
        seen, last = n * float(heights[-1]), (float(end.below[-1]), float(end.above[-1]))
    rest = _Tails(np.zeros(0), np.zeros(0))
    yield _Level(np.ones(1), rest.after(*last), rest.after(*EVERYTHING))


def _over(levels: Iterable[_Level]) -> tuple[float, float, float, float]:
    """Sup |D|, ∫ D² dF, ∫ D² / F(1 − F) dF and the probability of ranges where F̂ is level."""
    ks = cvm = ad = determined = 0.0
    for level in levels:
        first, last = level.first, level.last
        ks = max(ks, float(np.max(np.abs(first))), float(np.max(np.abs(last))))
        cvm += float(np.sum(first**3 - last**3)) / 3.0
        ad += level.ad()
        determined += float(np.sum(level.end.below - level.start.below))
    return ks, cvm, ad, determined


def _sloping(width: Array, ends: tuple[Array, Array], low: _Tails, high: _Tails) -> float:
    """Sum ∫ D² / F(1 − F) dF over ranges in which D is a straight line, by Gauss's rule."""
    line, below, above = (
        a + PLACES * (b - a) for a, b in (ends, (low.below, high.below), (low.above, high.above))
    )
    return float(np.sum(WEIGHTS * width * line**2 / np.maximum(below * above, TINY)))
