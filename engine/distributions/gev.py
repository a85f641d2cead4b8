"""The generalized extreme value distribution, of maxima.

    f(x) = exp(−(1 + ξ)y − exp(−y)) / σ,   y = log(1 + ξz)/ξ,   z = (x − μ)/σ,
    1 + ξz > 0, μ real, σ > 0, ξ real; at ξ = 0 it is Gumbel's, with y = z

R: ``evd::dgev(x, loc, scale, shape)``; SciPy, with the other sign: ``genextreme(-shape,
loc=location, scale=scale)``. Coles, An Introduction to Statistical Modeling of Extreme
Values, chapter 3; the start by L-moments: Hosking, Wallis & Wood (Technometrics, 1985).
Below ξ = −1 every likelihood is unbounded; the estimate is a local maximum above.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np

from engine.distributions.base import Array, parameter
from engine.distributions.centre import centre
from engine.distributions.nonregular import Flaw
from engine.distributions.pointwise import Curved
from engine.distributions.reduced_variate import bend_by_shape, slope_by_shape
from engine.domains import POSITIVE, REAL
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import REAL_LINE

__all__ = ["Gev", "probability_weighted"]

LEAST = 1e-120
"""A shape nearer to 0 than this gives Gumbel's values to the last digit."""

LARGEST = float(np.finfo(float).max)
FARTHEST = 100.0
MARGIN = 0.9
SHAPES = (-0.5, 0.9)
TINY = 1e-6
NEARLY, RUNAWAY = -0.999, 3.0
BELOW = Flaw(
    "with a shape below −1 the density has a pole at its upper end, and the likelihood grows "
    "without bound as that comes down to the largest value",
    "hold the shape, or fit a gumbel",
)
ABOVE = Flaw(
    "the likelihood grows without bound as the lower end comes up to the least value and the "
    "shape runs away",
    "hold the shape, or fit a gumbel",
)


def probability_weighted(sample: Sample, z: Array) -> tuple[float, float, float]:
    """∫ Q(u) uʳ du of a function's values at the sample, for r = 0, 1, 2."""
    order = np.argsort(z)
    ends = np.cumsum(sample.frequencies[order]) / sample.total
    starts = np.concatenate([[0.0], ends[:-1]])
    b0, b1, b2 = (float(z[order] @ (ends**r - starts**r)) / r for r in (1, 2, 3))
    return b0, b1, b2


@final
@dataclass(frozen=True)
class Gev(Curved):
    """Generalized extreme value distribution with its location, scale and shape."""

    name = "gev"
    support = REAL_LINE
    reference = "Coles, An Introduction to Statistical Modeling of Extreme Values, ch. 3"
    example = (1.0, 2.0, 0.1)
    degenerate = (
        "the likelihood grows without bound as the scale goes to 0; a gev needs values that differ"
    )

    location: float = parameter(REAL, "μ", "near the most frequent value, in the data's unit", 1)
    scale: float = parameter(POSITIVE, "σ", "width, in the data's unit", 1)
    shape: float = parameter(REAL, "ξ", "upper tail: above 0 heavy, below 0 with an end")

    def _reduced(self, x: Array) -> tuple[Array, Array, Array]:
        """Z and w = ξz, both 0 beyond the end of the support, and y, infinite there."""
        z = (x - self.location) / self.scale
        beyond = self.shape * z <= -1.0
        end, z = np.where(beyond, np.copysign(np.inf, z), 0.0), np.where(beyond, 0.0, z)
        w = self.shape * z
        y = z if abs(self.shape) < LEAST else np.log1p(w) / self.shape
        return z, w, y + end

    @np.errstate(over="ignore")
    def log_density(self, x: Array) -> Array:
        """−(1 + ξ)y − exp(−y) − log σ, and −∞ beyond the end of the support."""
        _, _, y = self._reduced(x)
        inside = np.where(np.isfinite(y), y, 0.0)
        density = -(1.0 + self.shape) * inside - np.exp(-inside) - math.log(self.scale)
        return np.where(np.isfinite(y), density, -np.inf)

    @np.errstate(over="ignore")
    def score(self, x: Array) -> Array:
        """q/(1 + w)σ, (zq/(1 + w) − 1)/σ and −q ∂y/∂ξ − y; q = 1 + ξ − exp(−y)."""
        z, w, y = self._reduced(x)
        y = np.where(np.isfinite(y), y, np.nan)
        q = self.shape - np.expm1(-y)
        by_z = q / (1.0 + w)
        by_shape = -q * slope_by_shape(z, self.shape) - y
        return np.stack([by_z / self.scale, (z * by_z - 1.0) / self.scale, by_shape])

    def curvature(self, x: Array) -> dict[tuple[int, int], Array]:
        """Minus the second derivatives, through those of −(1 + ξ)y − exp(−y) by z and ξ."""
        z, w, y = self._reduced(x)
        y = np.where(np.isfinite(y), y, np.nan)
        q, power, rate = self.shape - np.expm1(-y), np.exp(-y), 1.0 / (1.0 + w)
        slope = slope_by_shape(z, self.shape)
        first = q * rate
        second = (power - self.shape * q) * rate * rate
        both = (power * slope + 1.0 - q * z * rate) * rate
        by_shape = power * slope * slope + q * bend_by_shape(z, self.shape) + 2.0 * slope
        return {
            (0, 0): second / self.scale / self.scale,
            (0, 1): (z * second + first) / self.scale / self.scale,
            (1, 1): (z * z * second + 2.0 * z * first - 1.0) / self.scale / self.scale,
            (0, 2): -both / self.scale,
            (1, 2): -z * both / self.scale,
            (2, 2): by_shape,
        }

    @np.errstate(over="ignore")
    def cdf(self, x: Array) -> Array:
        """exp(−exp(−y))."""
        return np.exp(-np.exp(-self._reduced(x)[2]))

    @np.errstate(over="ignore")
    def survival(self, x: Array) -> Array:
        """1 − exp(−exp(−y))."""
        return -np.expm1(-np.exp(-self._reduced(x)[2]))

    @np.errstate(divide="ignore")
    def quantile(self, p: Array) -> Array:
        """μ + σ(exp(ξy) − 1)/ξ with y = −log(−log p)."""
        return self._at_reduced(-np.log(-np.log(p)))

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own Gumbel draws, bent; those beyond a double at its edge."""
        draws = self._at_reduced(random.gumbel(0.0, 1.0, n))
        return np.clip(draws, -LARGEST, LARGEST)

    @np.errstate(over="ignore")
    def _at_reduced(self, y: Array) -> Array:
        z = y if abs(self.shape) < LEAST else np.expm1(self.shape * y) / self.shape
        return self.location + self.scale * z

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Member with the sample's L-moments, where it allows every value.

        Where it does not, the scale is widened to low outliers and the shape drawn to 0.
        """
        median, spread = centre(sample)
        if spread == 0:
            return cls(median, POSITIVE.lower, 0.0)
        z = (sample.values - median) / spread
        b0, b1, b2 = probability_weighted(sample, z)
        skewness = (6.0 * b2 - 6.0 * b1 + b0) / (2.0 * b1 - b0)
        c = 2.0 / (3.0 + skewness) - math.log(2.0) / math.log(3.0)
        shape = min(max(-7.8590 * c - 2.9554 * c * c, SHAPES[0]), SHAPES[1]) or TINY
        gamma = math.gamma(1.0 - shape)
        scale = (2.0 * b1 - b0) * shape / (math.expm1(shape * math.log(2.0)) * gamma)
        location = b0 + scale * (1.0 - gamma) / shape
        lowest, highest = location - float(np.min(z)), float(np.max(z)) - location
        scale = max(scale, lowest / FARTHEST)
        if shape > 0 and lowest > 0:
            shape = min(shape, MARGIN * scale / lowest)
        if shape < 0 and highest > 0:
            shape = max(shape, -MARGIN * scale / highest)
        return cls(median + spread * location, POSITIVE.clamp(spread * scale), shape)

    @classmethod
    def stray(cls, statistics: Points, values: tuple[float, ...]) -> Flaw | None:
        """A shape of −1 or less, or one so large that it runs away."""
        ends = (values[2] < NEARLY, BELOW), (values[2] > RUNAWAY, ABOVE)
        return next((told for met, told in ends if met), None)
