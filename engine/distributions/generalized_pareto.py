"""The generalized Pareto distribution of excesses over a known threshold.

    f(x) = (1 + ξx/σ)^(−1/ξ − 1) / σ,   x > 0, 1 + ξx/σ > 0, σ > 0, ξ real

At ξ = 0 it is the exponential; below 0 it ends at −σ/ξ. For ξ < −1 the density rises to a
pole at the end, so that the maximum meant is a local one. R: evd's ``dgpd(x, 0, scale,
shape)``; SciPy: ``genpareto(shape, scale=scale)``. Coles, An Introduction to Statistical
Modeling of Extreme Values, chapter 4; the start is Zhang and Stephens's (Technometrics 51,
2009).
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.nonregular import Flaw
from engine.distributions.pareto_profile import heights
from engine.distributions.pointwise import Curved
from engine.distributions.positive import inside
from engine.distributions.reduced_variate import bend_by_shape, slope_by_shape
from engine.domains import POSITIVE, REAL
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["GeneralizedPareto"]

STARTS = 30
NEARLY = -0.999
STRAY = Flaw(
    "with a shape below −1 the density has a pole at its end, and the likelihood grows without "
    "bound as that comes down to the largest value",
    "hold the shape, or fit a kumaraswamy to the values as shares of the largest possible one",
)


@final
@dataclass(frozen=True)
class GeneralizedPareto(Curved):
    """Generalized Pareto distribution with its scale and shape."""

    name = "generalized-pareto"
    support = POSITIVE_NUMBERS
    reference = "Coles, An Introduction to Statistical Modeling of Extreme Values, ch. 4"
    example = (1.5, 0.2)
    degenerate = (
        "a generalized-pareto grows without bound as its end comes near them; it needs "
        "values that differ"
    )

    scale: float = parameter(POSITIVE, "σ", "size of the excesses, in the data's unit", 1)
    shape: float = parameter(REAL, "ξ", "weight of the tail; below 0 the values end")

    def _growth(self, x: Array) -> Array:
        """ξx/σ, 0 below the support."""
        with np.errstate(over="ignore"):
            return self.shape * (np.maximum(x, 0.0) / self.scale)

    def _hazard(self, x: Array) -> Array:
        """Minus the log survival, log(1 + ξx/σ)/ξ, smooth through ξ = 0; ∞ above the end."""
        u = self._growth(x)
        held = np.where((u > -1) & (u != 0), u, 1.0)
        with np.errstate(over="ignore"):
            z = np.maximum(x, 0.0) / self.scale
        if self.shape == 0:
            return z
        # where ξx/σ underflows the excess is as good as exponential
        curved = np.log1p(held) / self.shape
        return np.select([u <= -1, u == 0], [np.inf, z], curved)

    def log_density(self, x: Array) -> Array:
        """−log σ − (1/ξ + 1) log(1 + ξx/σ), and −∞ outside the support."""
        u = self._growth(x)
        possible = (x > 0) & (u > -1)
        growth = np.log1p(np.where(possible, u, 0.0))
        hazard = np.where(possible, self._hazard(x), 0.0)
        return np.where(possible, -math.log(self.scale) - growth - hazard, -np.inf)

    def score(self, x: Array) -> Array:
        """With z = x/σ and y = log(1 + ξz)/ξ: (z − 1)/(1 + ξz)/σ and −∂y/∂ξ − z/(1 + ξz)."""
        z = self._possible(x)
        rate = 1.0 / (1.0 + self.shape * z)
        by_shape = -slope_by_shape(z, self.shape) - z * rate
        return np.stack([(z - 1.0) * rate / self.scale, by_shape])

    def curvature(self, x: Array) -> dict[tuple[int, int], Array]:
        """Minus the second derivatives, through those of −(1 + ξ)y by z and ξ."""
        z = self._possible(x)
        rate = 1.0 / (1.0 + self.shape * z)
        first = (1.0 + self.shape) * rate
        second, both = -self.shape * first * rate, (1.0 - z * first) * rate
        by_shape = (1.0 + self.shape) * bend_by_shape(z, self.shape)
        return {
            (0, 0): (z * z * second + 2.0 * z * first - 1.0) / self.scale / self.scale,
            (0, 1): -z * both / self.scale,
            (1, 1): by_shape + 2.0 * slope_by_shape(z, self.shape),
        }

    def _possible(self, x: Array) -> Array:
        """Return x/σ, and 0 for values that the member cannot have: they need but a number."""
        z = x / self.scale
        return np.where(self.shape * z > -1.0, z, 0.0)

    def cdf(self, x: Array) -> Array:
        """1 − (1 + ξx/σ)^(−1/ξ)."""
        return -np.expm1(-self._hazard(x))

    def survival(self, x: Array) -> Array:
        """(1 + ξx/σ)^(−1/ξ)."""
        return np.exp(-self._hazard(x))

    def quantile(self, p: Array) -> Array:
        """σ ((1 − p)^−ξ − 1)/ξ."""
        return -self.scale * scipy.special.boxcox1p(-p, -self.shape)

    def draw(self, n: int, random: RandomSource) -> Array:
        """σ (exp(ξE) − 1)/ξ with E standard exponential."""
        hazard = random.exponential(1.0, n)
        return inside(self.scale * hazard * scipy.special.exprel(self.shape * hazard))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Mean of a few values of θ = ξ/σ, weighted by the likelihood that each attains.

        All are above −1 over the largest value, so that every value stays possible.
        """
        points = Points.of(sample, merge=False)
        steps = np.sqrt(STARTS / (np.arange(STARTS) + 0.5)) - 1.0
        thetas = steps / (3.0 * sample.quantile(0.25)) - 1.0 / float(np.max(sample.values))
        found = points.n * heights(points, thetas)[1]
        weights = np.exp(found - np.max(found))
        theta = float(np.average(thetas, weights=weights))
        shape = points.average(np.log1p(theta * points.values))
        scale = shape / theta if shape else points.average(points.values)
        return cls(POSITIVE.clamp(scale), shape)

    @classmethod
    def stray(cls, statistics: Points, values: tuple[float, ...]) -> Flaw | None:
        """A shape of −1 or less."""
        return STRAY if values[1] < NEARLY else None
