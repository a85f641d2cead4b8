"""The Maxwell distribution.

    f(x) = √(2/π) x²/σ³ exp(−x²/2σ²),   x > 0, σ > 0

R: ``VGAM::dmaxwell(x, rate = 1/scale^2)``; SciPy: ``maxwell(scale=scale)``. Johnson, Kotz &
Balakrishnan, Continuous Univariate Distributions 1, chapter 17 (chi with 3 degrees of
freedom).
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.pointwise import Pointwise
from engine.distributions.positive import half_square, inside, ratio, root_mean_square
from engine.domains import POSITIVE
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["Maxwell"]

LOG_FACTOR = 0.5 * math.log(2.0 / math.pi)
MAXWELL_MEDIAN = 1.5381722544550522


@final
@dataclass(frozen=True)
class Maxwell(Pointwise):
    """Maxwell distribution with its scale: the speed of a molecule in a gas."""

    name = "maxwell"
    support = POSITIVE_NUMBERS
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 17"
    example = (2.0,)

    scale: float = parameter(POSITIVE, "σ", "deviation of each component, in the data's unit", 1)

    def log_density(self, x: Array) -> Array:
        """½ log(2/π) + 2 log z − log σ − z²/2 with z = x/σ, and −∞ outside the support."""
        with np.errstate(over="ignore"):
            z = ratio(x, self.scale)
            density = LOG_FACTOR + 2.0 * np.log(z) - math.log(self.scale) - 0.5 * z**2
        return np.where(x > 0, density, -np.inf)

    def score(self, x: Array) -> Array:
        """(z² − 3)/σ."""
        return np.stack([((x / self.scale) ** 2 - 3.0) / self.scale])

    def cdf(self, x: Array) -> Array:
        """P(3/2, z²/2), the regularised lower incomplete gamma function."""
        return scipy.special.gammainc(1.5, half_square(x, self.scale))

    def survival(self, x: Array) -> Array:
        """Q(3/2, z²/2), the upper one."""
        return scipy.special.gammaincc(1.5, half_square(x, self.scale))

    def quantile(self, p: Array) -> Array:
        """σ √(2 P⁻¹(3/2, p))."""
        return self.scale * np.sqrt(2.0 * scipy.special.gammaincinv(1.5, p))

    def draw(self, n: int, random: RandomSource) -> Array:
        """Square roots of gamma draws."""
        return inside(self.scale * np.sqrt(2.0 * random.gamma(1.5, 1.0, n)))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Scale at which the median is the sample's."""
        return cls(POSITIVE.clamp(sample.quantile(0.5) / MAXWELL_MEDIAN))

    @classmethod
    def closed_form(cls, statistics: Points) -> Self | None:
        """√(mean x² / 3)."""
        root = root_mean_square(statistics.values, statistics.weights)
        return cls(POSITIVE.clamp(root / math.sqrt(3.0)))
