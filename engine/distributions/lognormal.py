"""The log-normal distribution.

    f(x) = exp(−(log x − μ)² / 2σ²) / (xσ√(2π)),   x > 0, μ real, σ > 0

R: ``dlnorm(x, meanlog = log_mean, sdlog = log_sd)``; SciPy: ``lognorm(log_sd,
scale=exp(log_mean))``. Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1,
chapter 14.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.pointwise import Pointwise
from engine.distributions.positive import inside, log_moments
from engine.domains import POSITIVE, REAL
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["Lognormal"]

HALF_LOG_2PI = 0.5 * math.log(2.0 * math.pi)


@final
@dataclass(frozen=True)
class Lognormal(Pointwise):
    """Log-normal distribution with mean and standard deviation of the logarithm."""

    name = "lognormal"
    support = POSITIVE_NUMBERS
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 14"
    example = (0.7, 0.5)

    log_mean: float = parameter(REAL, "μ", "mean of log x; exp of it is the median")
    log_sd: float = parameter(POSITIVE, "σ", "standard deviation of log x")

    def log_density(self, x: Array) -> Array:
        """−log xσ − ½ log 2π − z²/2 with z = (log x − μ)/σ, and −∞ outside the support."""
        with np.errstate(over="ignore"):
            logs = np.log(np.where(x > 0, x, 1.0))
            squares = ((logs - self.log_mean) / self.log_sd) ** 2
            density = -logs - math.log(self.log_sd) - HALF_LOG_2PI - 0.5 * squares
        return np.where(x > 0, density, -np.inf)

    def score(self, x: Array) -> Array:
        """z/σ and (z² − 1)/σ."""
        z = (np.log(x) - self.log_mean) / self.log_sd
        return np.stack([z, z**2 - 1.0]) / self.log_sd

    def cdf(self, x: Array) -> Array:
        """Φ(z)."""
        return scipy.special.ndtr(self._standardised(x))

    def survival(self, x: Array) -> Array:
        """Φ(−z)."""
        return scipy.special.ndtr(-self._standardised(x))

    def quantile(self, p: Array) -> Array:
        """exp(μ + σ Φ⁻¹(p))."""
        with np.errstate(over="ignore"):
            return np.exp(self.log_mean + self.log_sd * scipy.special.ndtri(p))

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own log-normal draws."""
        return inside(random.lognormal(self.log_mean, self.log_sd, n))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Return mean and deviation of log x."""
        return cls(*log_moments(sample))

    @classmethod
    def closed_form(cls, statistics: Points) -> Self | None:
        """Return mean and standard deviation (divisor n) of log x, where they differ at all."""
        if cls.obstacle(statistics) is not None:
            return None
        logs = np.log(statistics.values)
        mean = statistics.average(logs)
        return cls(mean, math.sqrt(statistics.average((logs - mean) ** 2)))

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """A sample whose logarithms have no spread in doubles."""
        if np.ptp(np.log(statistics.values)) > 0:
            return None
        return (
            "the logarithms of all values are equal, and the likelihood of a lognormal grows "
            "without bound as their deviation goes to 0; it needs values that differ"
        )

    def _standardised(self, x: Array) -> Array:
        with np.errstate(divide="ignore", over="ignore"):
            return (np.log(np.maximum(x, 0.0)) - self.log_mean) / self.log_sd
