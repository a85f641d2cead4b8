"""The normal distribution.

    f(x) = exp(−(x − μ)² / 2σ²) / √(2πσ²),   x real, μ real, σ² > 0

Parameterised by the variance. R: ``dnorm(x, mean, sd = sqrt(variance))``; SciPy:
``norm(loc=mean, scale=sqrt(variance))``. Johnson, Kotz & Balakrishnan, Continuous
Univariate Distributions 1, chapter 13.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, Distribution, parameter
from engine.distributions.centre import NORMAL_IQR, centre
from engine.domains import POSITIVE, REAL
from engine.samples.moments import Moments
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import REAL_LINE

__all__ = ["Normal"]

LOG_2PI = math.log(2 * math.pi)


@final
@dataclass(frozen=True)
class Normal(Distribution):
    """Normal distribution with its mean and variance."""

    name = "normal"
    support = REAL_LINE
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 13"
    example = (7.2, 7.84)

    mean: float = parameter(REAL, "μ", "centre of the bell, in the data's unit", 1)
    variance: float = parameter(POSITIVE, "σ²", "squared width of the bell, in the unit squared", 2)

    def log_density(self, x: Array) -> Array:
        """−½ (log 2πσ² + (x − μ)² / σ²)."""
        squares = (x - self.mean) ** 2
        return -0.5 * (LOG_2PI + math.log(self.variance) + squares / self.variance)

    def score(self, x: Array) -> Array:
        """(x − μ)/σ² and ((x − μ)²/σ² − 1)/2σ²."""
        deviations = x - self.mean
        ratio = deviations**2 / self.variance
        return np.stack([deviations / self.variance, 0.5 * (ratio - 1.0) / self.variance])

    def cdf(self, x: Array) -> Array:
        """Φ((x − μ)/σ)."""
        return scipy.special.ndtr((x - self.mean) / math.sqrt(self.variance))

    def survival(self, x: Array) -> Array:
        """Φ((μ − x)/σ)."""
        return scipy.special.ndtr((self.mean - x) / math.sqrt(self.variance))

    def quantile(self, p: Array) -> Array:
        """μ + σ Φ⁻¹(p)."""
        return self.mean + math.sqrt(self.variance) * scipy.special.ndtri(p)

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own normal draws, so that a seed gives what it gives everywhere."""
        return random.normal(loc=self.mean, scale=math.sqrt(self.variance), size=n)

    @classmethod
    def condense(cls, sample: Sample) -> Moments:
        """n, mean and variance, which are sufficient."""
        return Moments.of(sample.values, sample.weights)

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Median, and the interquartile range over that of the standard normal, squared."""
        median, spread = centre(sample)
        return cls(median, POSITIVE.clamp((spread / NORMAL_IQR) ** 2))

    @classmethod
    def closed_form(cls, statistics: Moments) -> Self | None:
        """Return mean and variance of the sample (divisor n), where they are doubles."""
        if not POSITIVE.contains(statistics.variance):
            return None
        return cls(statistics.mean, statistics.variance)

    @classmethod
    def obstacle(cls, statistics: Moments) -> str | None:
        """A sample without spread, or with one that no double holds squared."""
        if POSITIVE.contains(statistics.variance):
            return None
        if not math.isfinite(statistics.variance):
            return "the values' variance is beyond the largest double; use a larger unit"
        return (
            f"the values' variance is 0 in double precision (all are near {statistics.mean:g}), "
            "and the likelihood grows without bound as the variance goes to 0; a normal needs "
            "values that differ"
        )

    @classmethod
    def log_likelihood(
        cls, statistics: Moments, mean: float | Array, variance: float | Array
    ) -> float | Array:
        """−n/2 (log 2πσ² + (s² + (x̄ − μ)²)/σ²)."""
        offset = statistics.mean - mean
        squares = (statistics.variance + offset * offset) / variance
        return -0.5 * statistics.n * (LOG_2PI + np.log(variance) + squares)

    @classmethod
    def mean_score(cls, statistics: Moments, mean: float, variance: float) -> tuple[float, ...]:
        """(x̄ − μ)/σ² and ((s² + (x̄ − μ)²)/σ² − 1)/2σ²."""
        offset = statistics.mean - mean
        squares = (statistics.variance + offset * offset) / variance
        return offset / variance, 0.5 * (squares - 1.0) / variance

    @classmethod
    def information(cls, statistics: Moments, mean: float, variance: float) -> Array:
        """N times [[1/σ², d/σ⁴], [d/σ⁴, (q − ½)/σ⁴]] with d = x̄ − μ, q = (s² + d²)/σ²."""
        offset = statistics.mean - mean
        squares = (statistics.variance + offset * offset) / variance
        cross = offset / variance / variance
        spread = (squares - 0.5) / variance / variance
        return statistics.n * np.array([[1.0 / variance, cross], [cross, spread]])
