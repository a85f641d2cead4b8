"""The exponential distribution.

    f(x) = λ exp(−λx),   x > 0, λ > 0

R: ``dexp(x, rate)``; SciPy: ``expon(scale=1/rate)``. Johnson, Kotz & Balakrishnan,
Continuous Univariate Distributions 1, chapter 19.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np

from engine.distributions.base import Array, parameter
from engine.distributions.pointwise import Pointwise
from engine.domains import POSITIVE
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["Exponential"]


@final
@dataclass(frozen=True)
class Exponential(Pointwise):
    """Exponential distribution with its rate."""

    name = "exponential"
    support = POSITIVE_NUMBERS
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 19"
    example = (0.5,)

    rate: float = parameter(POSITIVE, "λ", "events per unit; 1 over the mean", -1)

    def log_density(self, x: Array) -> Array:
        """Log λ − λx, and −∞ outside the support."""
        return np.where(x > 0, math.log(self.rate) - self.rate * x, -np.inf)

    def score(self, x: Array) -> Array:
        """1/λ − x."""
        return np.stack([1.0 / self.rate - x])

    def cdf(self, x: Array) -> Array:
        """1 − exp(−λx)."""
        return -np.expm1(-self.rate * np.maximum(x, 0.0))

    def survival(self, x: Array) -> Array:
        """exp(−λx)."""
        return np.exp(-self.rate * np.maximum(x, 0.0))

    def quantile(self, p: Array) -> Array:
        """−log(1 − p)/λ."""
        return -np.log1p(-p) / self.rate

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own exponential draws."""
        return random.exponential(1.0 / self.rate, n)

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Rate at which the median is the sample's."""
        return cls(POSITIVE.clamp(math.log(2.0) / sample.quantile(0.5)))

    @classmethod
    def closed_form(cls, statistics: Points) -> Self | None:
        """1/x̄."""
        return cls(1.0 / statistics.average(statistics.values))
