"""The Cauchy distribution.

    f(x) = 1 / πσ(1 + z²),   z = (x − μ)/σ,   x real, μ real, σ > 0

R: ``dcauchy(x, location, scale)``; SciPy: ``cauchy(loc=location, scale=scale)``. Johnson,
Kotz & Balakrishnan, Continuous Univariate Distributions 1, chapter 16; that the maximum is
the only one, and when there is none: Copas, On the unimodality of the likelihood for the
Cauchy distribution (Biometrika, 1975).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self, final

import numpy as np

from engine.distributions.base import Array, parameter
from engine.distributions.centre import centre
from engine.distributions.logarithms import log1p_square
from engine.distributions.pointwise import Pointwise
from engine.domains import POSITIVE, REAL
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import REAL_LINE

__all__ = ["Cauchy"]

MOST_STARTS = 25


@final
@dataclass(frozen=True)
class Cauchy(Pointwise):
    """Cauchy distribution with its location and scale."""

    name = "cauchy"
    support = REAL_LINE
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 16"
    example = (1.0, 2.0)

    location: float = parameter(
        REAL, "μ", "centre and median, in the data's unit; no mean exists", 1
    )
    scale: float = parameter(
        POSITIVE, "σ", "half of the interquartile range, in the data's unit", 1
    )

    def log_density(self, x: Array) -> Array:
        """−log πσ − log(1 + z²)."""
        z = (x - self.location) / self.scale
        return -math.log(math.pi) - math.log(self.scale) - log1p_square(z)

    def score(self, x: Array) -> Array:
        """2z/(1 + z²)σ and (z² − 1)/(z² + 1)σ, with h = √(1 + z²)."""
        z = (x - self.location) / self.scale
        h = np.hypot(1.0, z)
        by_location = 2.0 * (z / h) / h
        by_scale = (np.abs(z) - 1.0) / h * ((np.abs(z) + 1.0) / h)
        return np.stack([by_location, by_scale]) / self.scale

    def cdf(self, x: Array) -> Array:
        """Angle of the point (−z, 1) over π, which is exact in the lower tail."""
        return np.arctan2(self.scale, self.location - x) / math.pi

    def survival(self, x: Array) -> Array:
        """Angle of the point (z, 1) over π."""
        return np.arctan2(self.scale, x - self.location) / math.pi

    @np.errstate(divide="ignore")
    def quantile(self, p: Array) -> Array:
        """μ + σ tan π(p − ½), in the tails as a cotangent of the small probability."""
        tail = np.copysign(1.0 / np.tan(math.pi * np.minimum(p, 1.0 - p)), p - 0.5)
        middle = np.tan(math.pi * (p - 0.5))
        return self.location + self.scale * np.where(np.abs(p - 0.5) < 0.25, middle, tail)

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own standard Cauchy draws, moved and stretched."""
        return self.location + self.scale * random.standard_cauchy(n)

    @classmethod
    def starts(cls, sample: Sample) -> Sequence[Self]:
        """Begin at every value of a small sample, or at many quantiles: each may have its hill.

        Barnett, Evaluation of the maximum-likelihood estimator where the likelihood equation
        has multiple roots, Biometrika 53 (1966).
        """
        best = cls.guess(sample)
        values = np.unique(sample.values)
        if values.size > MOST_STARTS:
            values = np.quantile(values, np.linspace(0.02, 0.98, MOST_STARTS))
        return [best, *(cls(value, best.scale) for value in values.tolist())]

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Median, and half of the interquartile range."""
        median, spread = centre(sample)
        return cls(median, POSITIVE.clamp(spread / 2.0))

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """Half of the sample at one value."""
        if statistics.largest_share < 0.5:
            return None
        return (
            "one value is half of the sample or more, and the likelihood has no single maximum "
            "with a scale above 0; a cauchy needs more values that differ"
        )
