"""The Birnbaum–Saunders (fatigue life) distribution.

    F(x) = Φ(ξ),   ξ = (√(x/β) − √(β/x))/α,   x > 0, α > 0, β > 0

R: ``VGAM::dbisa(x, scale, shape)``; SciPy: ``fatiguelife(shape, scale=scale)``. Johnson,
Kotz & Balakrishnan, Continuous Univariate Distributions 2, chapter 33; the start is from
Ng, Kundu & Balakrishnan, Modified moment estimation, 2003.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.pointwise import Pointwise
from engine.distributions.positive import harmonic_mean, inside, ratio
from engine.domains import POSITIVE
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["BirnbaumSaunders"]

HALF_LOG_8PI = 0.5 * math.log(8.0 * math.pi)
LEAST_EXCESS = 1e-16


@final
@dataclass(frozen=True)
class BirnbaumSaunders(Pointwise):
    """Birnbaum–Saunders distribution with its shape and scale: cycles until a crack breaks."""

    name = "birnbaum-saunders"
    support = POSITIVE_NUMBERS
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 33"
    example = (0.5, 2.0)
    degenerate = (
        "the likelihood of a birnbaum-saunders grows without bound as its shape goes to 0; "
        "it needs values that differ"
    )

    shape: float = parameter(POSITIVE, "α", "relative spread; small is near a normal")
    scale: float = parameter(POSITIVE, "β", "the median, in the data's unit", 1)

    def log_density(self, x: Array) -> Array:
        """Log (√z + 1/√z) − log αx − ½ log 8π − ξ²/2 with z = x/β, and −∞ outside."""
        with np.errstate(over="ignore"):
            inside_x = np.where(x > 0, x, self.scale)
            t = np.abs(np.log(ratio(x, self.scale)))
            constant = -math.log(self.shape) - HALF_LOG_8PI
            slope = 0.5 * t + np.log1p(np.exp(-t)) - np.log(inside_x)
            density = constant + slope - 0.5 * self._normal(inside_x) ** 2
        return np.where(x > 0, density, -np.inf)

    def score(self, x: Array) -> Array:
        """(ξ² − 1)/α and ((z − 1/z)/α² − (z − 1)/(z + 1))/2β."""
        z, excess = x / self.scale, (x - self.scale) / self.scale
        by_shape = (self._normal(x) ** 2 - 1.0) / self.shape
        pull = excess * (1.0 + 1.0 / z) / self.shape / self.shape
        return np.stack([by_shape, 0.5 * (pull - excess / (z + 1.0)) / self.scale])

    def cdf(self, x: Array) -> Array:
        """Φ(ξ)."""
        inside_x = np.where(x > 0, x, self.scale)
        return np.where(x > 0, scipy.special.ndtr(self._normal(inside_x)), 0.0)

    def survival(self, x: Array) -> Array:
        """Φ(−ξ)."""
        inside_x = np.where(x > 0, x, self.scale)
        return np.where(x > 0, scipy.special.ndtr(-self._normal(inside_x)), 1.0)

    def quantile(self, p: Array) -> Array:
        """β exp(2 arsinh(α Φ⁻¹(p)/2))."""
        return self._life(scipy.special.ndtri(p))

    def draw(self, n: int, random: RandomSource) -> Array:
        """Lives at NumPy's own normal draws."""
        return inside(self._life(random.normal(0.0, 1.0, n)))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Scale between the arithmetic and the harmonic mean, shape from their ratio."""
        mean = sample.average(sample.values)
        harmonic = harmonic_mean(sample)
        excess = math.sqrt(mean) / math.sqrt(harmonic) - 1.0
        return cls(
            math.sqrt(2.0 * max(excess, LEAST_EXCESS)),
            POSITIVE.clamp(math.sqrt(mean) * math.sqrt(harmonic)),
        )

    def _normal(self, x: Array) -> Array:
        """ξ, a standard normal variable, from (z − 1)/√z."""
        with np.errstate(over="ignore"):
            return (x - self.scale) / self.scale / np.sqrt(ratio(x, self.scale)) / self.shape

    def _life(self, normal: Array) -> Array:
        """Value at which ξ is this."""
        with np.errstate(over="ignore"):
            return self.scale * np.exp(2.0 * np.arcsinh(0.5 * self.shape * normal))
