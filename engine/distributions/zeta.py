"""The zeta distribution, also called Zipf's law without an end.

    P(k) = k⁻ˢ / ζ(s),   k = 1, 2, …, s > 1

R: VGAM's ``dzeta(x, shape = exponent - 1)``; SciPy: ``zipf(a=exponent)``. Johnson, Kemp &
Kotz, Univariate Discrete Distributions, section 11.2.20; the derivative of ζ by the
Euler-Maclaurin formula (NIST Digital Library of Mathematical Functions, 25.2).
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.counts import Counted, last_count, within
from engine.distributions.pointwise import Pointwise
from engine.domains import ABOVE_ONE
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_COUNTS

__all__ = ["Zeta"]

LOG_2 = math.log(2.0)

HEAVY = 1.5
"""Exponent below which draws beyond the largest integer are common."""

LIGHT = 64.0
"""Exponent from which no draw but 1 is ever seen."""

CUT = 16.0
"""Where the sum over k is cut and the Euler-Maclaurin formula takes over."""

BERNOULLI = (1 / 12, -1 / 720, 1 / 30240, -1 / 1209600, 1 / 47900160, -691 / 1307674368000)
"""B₂ⱼ/(2j)!, enough of them for a double."""


@final
@dataclass(frozen=True)
class Zeta(Counted, Pointwise):
    """Zeta distribution with its exponent."""

    name = "zeta"
    support = POSITIVE_COUNTS
    reference = "Johnson, Kemp & Kotz, Univariate Discrete Distributions, sec. 11.2.20"
    example = (3.5,)

    exponent: float = parameter(ABOVE_ONE, "s", "steepness: the smaller, the heavier the tail")

    def log_density(self, x: Array) -> Array:
        """−s log k − log ζ(s), and −∞ outside the support."""
        inside = self.support.contains(x)
        logs = np.log(np.where(inside, x, 1.0))
        constant = math.log1p(float(scipy.special.zetac(self.exponent)))
        return np.where(inside, -self.exponent * logs - constant, -np.inf)

    def score(self, x: Array) -> Array:
        """−ζ′(s)/ζ(s) − log k."""
        mean = _minus_derivative(self.exponent) / float(scipy.special.zeta(self.exponent))
        return np.stack([mean - np.log(np.maximum(x, 1.0))])

    def cdf(self, x: Array) -> Array:
        """1 − ζ(s, k + 1)/ζ(s), which is small only where no double holds the draws."""
        return np.where(x < 1, 0.0, 1.0 - self.survival(x))

    def survival(self, x: Array) -> Array:
        """ζ(s, k + 1)/ζ(s) with Hurwitz's zeta function."""
        k = last_count(x, 1.0)
        tail = scipy.special.zeta(self.exponent, k + 1.0) / scipy.special.zeta(self.exponent)
        return np.where(x < 1, 1.0, tail)

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own draws, save of heavy tails, where it would try for ever."""
        if self.exponent < HEAVY:
            return within(self.quantile(random.uniform(size=n)))
        return within(random.zipf(min(self.exponent, LIGHT), n))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """1 + log₂(1 + log 2/m) from the mean m of log k, right in both limits but for 1.

        Half an observation of a 2 keeps m above 0.
        """
        mean = sample.average(np.log(sample.values)) + 0.5 * LOG_2 / sample.total
        return cls(ABOVE_ONE.clamp(1.0 + math.log1p(LOG_2 / mean) / LOG_2))

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """A sample of ones."""
        if np.any(statistics.values > 1):
            return None
        return (
            "all values are 1, and the likelihood of a zeta grows without end with its exponent; "
            "it needs a value above 1"
        )


def _minus_derivative(s: float) -> float:
    """−ζ′(s), the sum of k⁻ˢ log k: terms up to the cut, then their integral and corrections.

    The j-th correction is B₂ⱼ/(2j)! s (s + 1) … (s + 2j − 2) N⁻ˢ⁻²ʲ⁺¹, differentiated by s.
    """
    k, log_cut = np.arange(2.0, CUT), math.log(CUT)
    first, power = float(np.sum(np.log(k) * k**-s)), CUT**-s
    integral = CUT * power * (log_cut + 1.0 / (s - 1.0)) / (s - 1.0)
    total = first + integral + power * log_cut / 2.0
    rising, slope = power * (s / CUT), log_cut - 1.0 / s
    for j, coefficient in enumerate(BERNOULLI):
        total += coefficient * rising * slope
        for i in (2 * j + 1, 2 * j + 2):
            rising *= (s + i) / CUT
            slope -= 1.0 / (s + i)
    return total
