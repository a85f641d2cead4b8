"""The Rayleigh distribution.

    f(x) = x/σ² exp(−x²/2σ²),   x > 0, σ > 0

R: ``VGAM::drayleigh(x, scale)``, or ``dweibull(x, 2, scale*sqrt(2))``; SciPy:
``rayleigh(scale=scale)``. Johnson, Kotz & Balakrishnan, Continuous Univariate
Distributions 1, chapter 18.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np

from engine.distributions.base import Array, parameter
from engine.distributions.pointwise import Pointwise
from engine.distributions.positive import half_square, inside, ratio, root_mean_square
from engine.domains import POSITIVE
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["Rayleigh"]


@final
@dataclass(frozen=True)
class Rayleigh(Pointwise):
    """Rayleigh distribution with its scale: the length of a normal vector in the plane."""

    name = "rayleigh"
    support = POSITIVE_NUMBERS
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 18"
    example = (2.0,)

    scale: float = parameter(POSITIVE, "σ", "where the density peaks, in the data's unit", 1)

    def log_density(self, x: Array) -> Array:
        """Log z − log σ − z²/2 with z = x/σ, and −∞ outside the support."""
        with np.errstate(over="ignore"):
            z = ratio(x, self.scale)
            density = np.log(z) - math.log(self.scale) - 0.5 * z**2
        return np.where(x > 0, density, -np.inf)

    def score(self, x: Array) -> Array:
        """(z² − 2)/σ."""
        return np.stack([((x / self.scale) ** 2 - 2.0) / self.scale])

    def cdf(self, x: Array) -> Array:
        """1 − exp(−z²/2)."""
        return -np.expm1(-half_square(x, self.scale))

    def survival(self, x: Array) -> Array:
        """exp(−z²/2)."""
        return np.exp(-half_square(x, self.scale))

    def quantile(self, p: Array) -> Array:
        """σ √(−2 log(1 − p))."""
        with np.errstate(divide="ignore"):
            return self.scale * np.sqrt(-2.0 * np.log1p(-p))

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own Rayleigh draws."""
        return inside(random.rayleigh(self.scale, n))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Scale at which the median is the sample's."""
        return cls(POSITIVE.clamp(sample.quantile(0.5) / math.sqrt(2.0 * math.log(2.0))))

    @classmethod
    def closed_form(cls, statistics: Points) -> Self | None:
        """√(mean x² / 2)."""
        root = root_mean_square(statistics.values, statistics.weights)
        return cls(POSITIVE.clamp(root / math.sqrt(2.0)))
