"""The Gompertz distribution.

    F(x) = 1 − exp(−η (exp(bx) − 1)),   x > 0, η > 0, b > 0

The hazard is ηb exp(bx). R: flexsurv's ``dgompertz(x, shape = rate, rate = shape * rate)``,
whose shape is this rate and whose rate is the hazard at 0; SciPy: ``gompertz(shape,
scale=1/rate)``. Marshall & Olkin, Life Distributions, chapter 10.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np

from engine.distributions.base import Array, parameter
from engine.distributions.pointwise import Curved
from engine.distributions.positive import inside
from engine.domains import POSITIVE
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["Gompertz"]

LEAST_VARIATION = 1e-9
FARTHEST = 600.0


@final
@dataclass(frozen=True)
class Gompertz(Curved):
    """Gompertz distribution with its shape and rate."""

    name = "gompertz"
    support = POSITIVE_NUMBERS
    reference = "Marshall & Olkin, Life Distributions, ch. 10"
    example = (0.1, 0.5)

    shape: float = parameter(POSITIVE, "η", "hazard at 0 in units of the rate")
    rate: float = parameter(POSITIVE, "b", "growth of the log hazard per unit", -1)

    def log_density(self, x: Array) -> Array:
        """Log η + log b + bx − η (exp(bx) − 1), and −∞ outside the support."""
        with np.errstate(over="ignore"):
            growth = self.rate * np.maximum(x, 0.0)
            fall = self.shape * np.expm1(growth)
        # kept finite so that the difference of two infinities cannot arise
        growth = np.minimum(growth, np.finfo(float).max)
        density = math.log(self.shape) + math.log(self.rate) + growth - fall
        return np.where(x > 0, density, -np.inf)

    def score(self, x: Array) -> Array:
        """1/η − (exp(bx) − 1) and 1/b + x − ηx exp(bx)."""
        growth = self.rate * x
        by_shape = 1.0 / self.shape - np.expm1(growth)
        return np.stack([by_shape, 1.0 / self.rate + x - self.shape * x * np.exp(growth)])

    def curvature(self, x: Array) -> dict[tuple[int, int], Array]:
        """Minus the second derivatives."""
        growth = x * np.exp(self.rate * x)
        return {
            (0, 0): np.full(x.shape, 1.0 / self.shape / self.shape),
            (0, 1): growth,
            (1, 1): 1.0 / self.rate / self.rate + self.shape * x * growth,
        }

    def cdf(self, x: Array) -> Array:
        """1 − exp(−η (exp(bx) − 1))."""
        with np.errstate(over="ignore"):
            return -np.expm1(-self.shape * np.expm1(self.rate * np.maximum(x, 0.0)))

    def survival(self, x: Array) -> Array:
        """exp(−η (exp(bx) − 1))."""
        with np.errstate(over="ignore"):
            return np.exp(-self.shape * np.expm1(self.rate * np.maximum(x, 0.0)))

    def quantile(self, p: Array) -> Array:
        """Log(1 − log(1 − p)/η)/b."""
        return np.log1p(-np.log1p(-p) / self.shape) / self.rate

    def draw(self, n: int, random: RandomSource) -> Array:
        """Log(1 + E/η)/b with E standard exponential."""
        return inside(np.log1p(random.exponential(1.0, n) / self.shape) / self.rate)

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Rate from the coefficient of variation c, and the shape that is best with it.

        b x̄ is (1 − c²)/2 where the hazard hardly grows and π/(√6 c) where all values are
        far from 0; the formula joins both ends.
        """
        largest = float(np.max(sample.values))
        ratios = sample.values / largest
        mean = sample.average(ratios)
        variation = math.sqrt(sample.average((ratios / mean - 1.0) ** 2))
        c = min(max(variation, LEAST_VARIATION), 0.99)
        steep = math.pi / math.sqrt(6.0)
        rate = min((1.0 - c * c) * (steep / c - (steep - 0.5) * c) / mean, FARTHEST)
        shape = 1.0 / sample.average(np.expm1(rate * ratios))
        return cls(POSITIVE.clamp(shape), POSITIVE.clamp(rate / largest))

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """A sample without spread, or with more than an exponential has.

        Given b, the best ηb is n/Σ((exp(bx) − 1)/b), and what is left is concave in b; its
        slope at b = 0 is positive only if the coefficient of variation is below 1.
        """
        if np.ptp(statistics.values) == 0:
            return "all values are equal, and a gompertz grows without bound with its rate there"
        ratios = statistics.values / float(np.max(statistics.values))
        mean = statistics.average(ratios)
        if statistics.average((ratios / mean - 1.0) ** 2) < 1.0:
            return None
        return (
            "the values vary as much as exponential ones or more (their standard deviation is "
            "not below their mean), and a gompertz needs a hazard that grows; use an exponential"
        )
