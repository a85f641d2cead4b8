"""The Gumbel distribution of maxima.

    f(x) = exp(−z − exp(−z)) / σ,   z = (x − μ)/σ,   x real, μ real, σ > 0

R: ``evd::dgumbel(x, loc, scale)``; SciPy: ``gumbel_r(loc=location, scale=scale)``. Johnson,
Kotz & Balakrishnan, Continuous Univariate Distributions 2, chapter 22.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np

from engine.distributions.base import Array, parameter
from engine.distributions.centre import centre
from engine.distributions.pointwise import Curved
from engine.domains import POSITIVE, REAL
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import REAL_LINE

__all__ = ["Gumbel"]

GUMBEL_IQR = math.log(math.log(4.0) / math.log(4.0 / 3.0))
FARTHEST = 100.0


@final
@dataclass(frozen=True)
class Gumbel(Curved):
    """Gumbel distribution of maxima with its location and scale."""

    name = "gumbel"
    support = REAL_LINE
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 22"
    example = (1.0, 2.0)
    degenerate = (
        "the likelihood grows without bound as the scale goes to 0; a gumbel needs values "
        "that differ"
    )

    location: float = parameter(REAL, "μ", "most frequent value, in the data's unit", 1)
    scale: float = parameter(POSITIVE, "σ", "width, in the data's unit; the deviation is 1.28σ", 1)

    @np.errstate(over="ignore")
    def log_density(self, x: Array) -> Array:
        """−z − exp(−z) − log σ."""
        z = (x - self.location) / self.scale
        return -z - np.exp(-z) - math.log(self.scale)

    @np.errstate(over="ignore")
    def score(self, x: Array) -> Array:
        """(1 − exp(−z))/σ and (z(1 − exp(−z)) − 1)/σ."""
        z = (x - self.location) / self.scale
        slope = -np.expm1(-z)
        return np.stack([slope, z * slope - 1.0]) / self.scale

    def curvature(self, x: Array) -> dict[tuple[int, int], Array]:
        """Minus the second derivatives."""
        z = (x - self.location) / self.scale
        power, slope = np.exp(-z), -np.expm1(-z)
        return {
            (0, 0): power / self.scale / self.scale,
            (0, 1): (slope + z * power) / self.scale / self.scale,
            (1, 1): (z * z * power + 2.0 * z * slope - 1.0) / self.scale / self.scale,
        }

    @np.errstate(over="ignore")
    def cdf(self, x: Array) -> Array:
        """exp(−exp(−z))."""
        return np.exp(-np.exp((self.location - x) / self.scale))

    @np.errstate(over="ignore")
    def survival(self, x: Array) -> Array:
        """1 − exp(−exp(−z))."""
        return -np.expm1(-np.exp((self.location - x) / self.scale))

    @np.errstate(divide="ignore")
    def quantile(self, p: Array) -> Array:
        """μ − σ log(−log p)."""
        return self.location - self.scale * np.log(-np.log(p))

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own Gumbel draws."""
        return random.gumbel(self.location, self.scale, n)

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Scale from the interquartile range, and the best location, −σ log mean exp(−x/σ).

        The scale is at least so large that no exp(−z) overflows at a low outlier.
        """
        median, spread = centre(sample)
        least = float(np.min(sample.values))
        scale = POSITIVE.clamp(max(spread / GUMBEL_IQR, (median - least) / FARTHEST))
        mean = sample.average(np.exp(-(sample.values - least) / scale))
        return cls(least - scale * math.log(mean), scale)
