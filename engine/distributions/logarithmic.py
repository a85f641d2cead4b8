"""The logarithmic distribution, also called log-series.

    P(k) = −pᵏ / (k log(1 − p)),   k = 1, 2, …, 0 < p < 1

R: extraDistr's ``dlgser(x, theta = probability)``; SciPy: ``logser(p=probability)``. Johnson,
Kemp & Kotz, Univariate Discrete Distributions, chapter 7; the start is Birch's (An algorithm
for the logarithmic series distribution, 1963).
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.counts import Counted, last_count, log1p_gap, within
from engine.distributions.pointwise import Pointwise
from engine.domains import UNIT
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_COUNTS

__all__ = ["Logarithmic"]

SMALL = 1e-30
"""Stands for 0 as the second parameter of an incomplete beta function."""


@final
@dataclass(frozen=True)
class Logarithmic(Counted, Pointwise):
    """Logarithmic distribution with its probability."""

    name = "logarithmic"
    support = POSITIVE_COUNTS
    reference = "Johnson, Kemp & Kotz, Univariate Discrete Distributions, ch. 7"
    example = (0.7,)

    probability: float = parameter(UNIT, "p", "factor by which k P(k) falls from k to k + 1")

    def _gap(self) -> float:
        """(−log(1 − p) − p)/p², which is ½ at 0."""
        return float(log1p_gap(np.array(-self.probability)))

    def log_density(self, x: Array) -> Array:
        """(k − 1) log p − log k − log(−log(1 − p)/p), and −∞ outside the support."""
        p, inside = self.probability, self.support.contains(x)
        k = np.where(inside, x, 1.0)
        density = (k - 1.0) * math.log(p) - np.log(k) - math.log1p(p * self._gap())
        return np.where(inside, density, -np.inf)

    def score(self, x: Array) -> Array:
        """k/p + 1/((1 − p) log(1 − p)), without the terms in 1/p that cancel at k = 1."""
        p, gap = self.probability, self._gap()
        rest = (gap * (1.0 - p) - 1.0) / ((1.0 - p) * (1.0 + p * gap))
        return np.stack([(x - 1.0) / p + rest])

    def cdf(self, x: Array) -> Array:
        """1 + B(p; k + 1, 0)/log(1 − p), which is nowhere small."""
        return np.where(x < 1, 0.0, 1.0 - self.survival(x))

    def survival(self, x: Array) -> Array:
        """−B(p; k + 1, 0)/log(1 − p), as the limit of I(k + 1, b; p)/b at b = 0."""
        k = last_count(x, 1.0)
        integral = scipy.special.betainc(k + 1.0, SMALL, self.probability) / SMALL
        return np.where(x < 1, 1.0, -integral / math.log1p(-self.probability))

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own log-series draws."""
        return within(random.logseries(self.probability, n))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Birch's approximation from the mean m, 1 − 1/(1 + ((5/3 − log m/16)(m − 1) + 2) log m).

        Half an observation of a 2 keeps m above 1; the coefficient of m − 1 stays above 1.
        """
        mean = sample.average(sample.values) + 0.5 / sample.total
        log = math.log(mean)
        odds = (max(5.0 / 3.0 - log / 16.0, 1.0) * (mean - 1.0) + 2.0) * log
        return cls(UNIT.clamp(odds / (1.0 + odds)))

    @classmethod
    def closed_form(cls, statistics: Points) -> Self | None:
        """1 − exp(−t), where (exp(t) − 1)/t = x̄: t = −1/x̄ − W₋₁(−exp(−1/x̄)/x̄).

        One step of Newton's method mends what Lambert's W loses near its branch point, x̄ = 1.
        """
        mean = statistics.average(statistics.values)
        if cls.obstacle(statistics) is not None:
            return None
        t = -1.0 / mean - float(scipy.special.lambertw(-math.exp(-1.0 / mean) / mean, -1).real)
        t -= (math.expm1(t) - mean * t) / (math.exp(t) - mean)
        return cls(UNIT.clamp(-math.expm1(-t)))

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """A sample of ones."""
        if np.any(statistics.values > 1):
            return None
        return (
            "all values are 1, and the likelihood grows as the probability goes to 0, which a "
            "logarithmic never reaches; it needs a value above 1"
        )
