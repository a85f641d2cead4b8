"""The half-normal distribution.

    f(x) = √(2/π)/σ exp(−x²/2σ²),   x > 0, σ > 0

R: ``extraDistr::dhnorm(x, sigma = scale)``; SciPy: ``halfnorm(scale=scale)``. Johnson,
Kotz & Balakrishnan, Continuous Univariate Distributions 1, chapter 13, section 10.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.pointwise import Pointwise
from engine.distributions.positive import inside, root_mean_square
from engine.domains import POSITIVE
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["HalfNormal"]

LOG_FACTOR = 0.5 * math.log(2.0 / math.pi)
HALF_NORMAL_MEDIAN = 0.6744897501960817


@final
@dataclass(frozen=True)
class HalfNormal(Pointwise):
    """Half-normal distribution with its scale: the distance of a normal from its mean."""

    name = "half-normal"
    support = POSITIVE_NUMBERS
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 13"
    example = (2.0,)

    scale: float = parameter(
        POSITIVE, "σ", "deviation of the unfolded normal, in the data's unit", 1
    )

    def log_density(self, x: Array) -> Array:
        """½ log(2/π) − log σ − z²/2 with z = x/σ, and −∞ outside the support."""
        with np.errstate(over="ignore"):
            density = LOG_FACTOR - math.log(self.scale) - 0.5 * (x / self.scale) ** 2
        return np.where(x > 0, density, -np.inf)

    def score(self, x: Array) -> Array:
        """(z² − 1)/σ."""
        return np.stack([((x / self.scale) ** 2 - 1.0) / self.scale])

    def cdf(self, x: Array) -> Array:
        """Erf(z/√2)."""
        return scipy.special.erf(self._ratio(x))

    def survival(self, x: Array) -> Array:
        """Erfc(z/√2)."""
        return scipy.special.erfc(self._ratio(x))

    def quantile(self, p: Array) -> Array:
        """σ √2 erf⁻¹(p)."""
        return self.scale * math.sqrt(2.0) * scipy.special.erfinv(p)

    def draw(self, n: int, random: RandomSource) -> Array:
        """Distances from 0 of NumPy's own normal draws."""
        return inside(np.abs(random.normal(0.0, self.scale, n)))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Scale at which the median is the sample's."""
        return cls(POSITIVE.clamp(sample.quantile(0.5) / HALF_NORMAL_MEDIAN))

    @classmethod
    def closed_form(cls, statistics: Points) -> Self | None:
        """√(mean x²)."""
        return cls(POSITIVE.clamp(root_mean_square(statistics.values, statistics.weights)))

    def _ratio(self, x: Array) -> Array:
        with np.errstate(over="ignore"):
            return np.maximum(x, 0.0) / self.scale / math.sqrt(2.0)
