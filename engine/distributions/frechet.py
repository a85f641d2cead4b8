"""The Fréchet distribution.

    f(x) = α/s (x/s)⁻¹⁻ᵅ exp(−(x/s)⁻ᵅ),   x > 0, α > 0, s > 0

The law of 1/x of a Weibull variable, with its location at 0. R: ``evd::dfrechet(x, shape =
shape, scale = scale)``; SciPy: ``invweibull(shape, scale=scale)``. Johnson, Kotz &
Balakrishnan, Continuous Univariate Distributions 2, chapter 22.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np

from engine.distributions.base import Array, parameter
from engine.distributions.pointwise import Pointwise
from engine.distributions.positive import inside, log_moments, log_ratio
from engine.domains import POSITIVE
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["Frechet"]

GUMBEL_DEVIATION = math.pi / math.sqrt(6.0)


@final
@dataclass(frozen=True)
class Frechet(Pointwise):
    """Fréchet distribution with its shape and scale: maxima of heavy-tailed variables."""

    name = "frechet"
    support = POSITIVE_NUMBERS
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 22"
    example = (3.0, 2.0)
    degenerate = (
        "the likelihood of a frechet grows without bound with its shape there; it needs "
        "values that differ"
    )

    shape: float = parameter(POSITIVE, "α", "how fast the upper tail falls: as x to the power −α")
    scale: float = parameter(POSITIVE, "s", "the 37th percentile, in the data's unit", 1)

    def log_density(self, x: Array) -> Array:
        """Log α/s − (1 + α) log z − z⁻ᵅ with z = x/s, and −∞ outside the support."""
        with np.errstate(over="ignore"):
            log_z = log_ratio(x, self.scale)
            constant = math.log(self.shape) - math.log(self.scale)
            density = constant - (1.0 + self.shape) * log_z - np.exp(-self.shape * log_z)
        return np.where(x > 0, density, -np.inf)

    def score(self, x: Array) -> Array:
        """1/α + (z⁻ᵅ − 1) log z and −(z⁻ᵅ − 1) α/s."""
        log_z = log_ratio(x, self.scale)
        excess = np.expm1(-self.shape * log_z)
        return np.stack([1.0 / self.shape + log_z * excess, -self.shape / self.scale * excess])

    def cdf(self, x: Array) -> Array:
        """exp(−z⁻ᵅ)."""
        return np.exp(-self._power(x))

    def survival(self, x: Array) -> Array:
        """1 − exp(−z⁻ᵅ)."""
        return -np.expm1(-self._power(x))

    def quantile(self, p: Array) -> Array:
        """s (−log p)^(−1/α)."""
        with np.errstate(divide="ignore", over="ignore"):
            return self.scale * (-np.log(p)) ** (-1.0 / self.shape)

    def draw(self, n: int, random: RandomSource) -> Array:
        """Powers of NumPy's own exponential draws."""
        with np.errstate(divide="ignore", over="ignore"):
            return inside(self.scale * random.exponential(1.0, n) ** (-1.0 / self.shape))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Return mean and deviation of log x, which is a Gumbel variable, matched."""
        mean, deviation = log_moments(sample)
        shape = GUMBEL_DEVIATION / deviation
        return cls(shape, POSITIVE.clamp(math.exp(mean - np.euler_gamma / shape)))

    def _power(self, x: Array) -> Array:
        with np.errstate(over="ignore"):
            return np.where(x > 0, np.exp(-self.shape * log_ratio(x, self.scale)), np.inf)
