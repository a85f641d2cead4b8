"""The Nakagami distribution.

    f(x) = 2 mᵐ / (Γ(m) Ωᵐ) x²ᵐ⁻¹ exp(−m x²/Ω),   x > 0, m > 0, Ω > 0

The law of the square root of a gamma variable with shape m and mean Ω. R:
``VGAM::dnaka(x, scale = spread, shape)``; SciPy: ``nakagami(shape, scale=sqrt(spread))``.
Nakagami, The m-Distribution, 1960; Johnson, Kotz & Balakrishnan, Continuous Univariate
Distributions 1, chapter 17 (the gamma).
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.gamma_kernel import digamma_gap, log_peak, shape_start
from engine.distributions.pointwise import Pointwise
from engine.distributions.positive import inside, ratio, root_mean_square
from engine.domains import POSITIVE
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["Nakagami"]

LOG_2 = math.log(2.0)
LARGEST_ROOT = 1e154


@final
@dataclass(frozen=True)
class Nakagami(Pointwise):
    """Nakagami distribution with its shape and spread: the strength of a fading signal."""

    name = "nakagami"
    support = POSITIVE_NUMBERS
    reference = "Nakagami, The m-Distribution, Statistical Methods in Radio Wave Propagation, 1960"
    example = (1.5, 4.0)
    degenerate = (
        "the likelihood of a nakagami grows without bound with its shape there; it needs "
        "values that differ"
    )

    shape: float = parameter(POSITIVE, "m", "how little the signal fades: 1 is a Rayleigh")
    spread: float = parameter(POSITIVE, "Ω", "mean of x², in the data's unit squared", 2)

    def log_density(self, x: Array) -> Array:
        """Log peak + m (log r − r + 1) + log 2/x with r = x²/Ω, and −∞ outside the support."""
        root = math.sqrt(self.spread)
        with np.errstate(over="ignore"):
            z = ratio(x, root)
            bend = 2.0 * np.log(z) - (z - 1.0) * (z + 1.0)
            constant = log_peak(self.shape) + LOG_2
            density = constant + self.shape * bend - np.log(np.where(x > 0, x, 1.0))
        return np.where(x > 0, density, -np.inf)

    def score(self, x: Array) -> Array:
        """Log r − r + 1 + log m − ψ(m) and (r − 1) m/Ω."""
        z = x / math.sqrt(self.spread)
        excess = (z - 1.0) * (z + 1.0)
        by_shape = 2.0 * np.log(z) - excess + digamma_gap(self.shape)
        return np.stack([by_shape, self.shape / self.spread * excess])

    def cdf(self, x: Array) -> Array:
        """P(m, mr), the regularised lower incomplete gamma function."""
        return scipy.special.gammainc(self.shape, self._square(x))

    def survival(self, x: Array) -> Array:
        """Q(m, mr), the upper one."""
        return scipy.special.gammaincc(self.shape, self._square(x))

    def quantile(self, p: Array) -> Array:
        """√(Ω P⁻¹(m, p)/m)."""
        squares = scipy.special.gammaincinv(self.shape, p) / self.shape
        return math.sqrt(self.spread) * np.sqrt(squares)

    def draw(self, n: int, random: RandomSource) -> Array:
        """Square roots of NumPy's own gamma draws."""
        squares = random.gamma(self.shape, 1.0 / self.shape, n)
        return inside(math.sqrt(self.spread) * np.sqrt(squares))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Spread from the mean of x², shape from it and the mean of log x."""
        root = root_mean_square(sample.values, sample.frequencies)
        shape = shape_start(-2.0 * sample.average(np.log(sample.values / root)))
        return cls(shape, POSITIVE.clamp(min(root, LARGEST_ROOT) ** 2))

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """A sample without spread, or one whose squares no double holds."""
        if not 1.0 / LARGEST_ROOT < np.max(statistics.values) < LARGEST_ROOT:
            return "the values' squares are beyond a double; a nakagami needs another unit"
        return super().obstacle(statistics)

    def _square(self, x: Array) -> Array:
        with np.errstate(over="ignore"):
            return self.shape * (np.maximum(x, 0.0) / math.sqrt(self.spread)) ** 2
