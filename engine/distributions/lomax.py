"""The Lomax distribution, or Pareto of the second kind.

    f(x) = (α/λ) (1 + x/λ)^(−α − 1),   x > 0, α > 0, λ > 0

R: actuar's ``dpareto(x, shape, scale = scale)``; SciPy: ``lomax(shape, scale=scale)``.
Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, chapter 20.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np

from engine.distributions.base import Array, parameter
from engine.distributions.pareto_profile import exponential_height, heights
from engine.distributions.pointwise import Pointwise
from engine.distributions.positive import inside
from engine.domains import POSITIVE
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["Lomax", "grid"]


def grid(points: Points) -> Array:
    """Values of θ = 1/λ from where it is as good as exponential to where only the tail counts."""
    mean = points.average(points.values)
    middle = math.exp(points.average(np.log(points.values)))
    return np.geomspace(1e-3 / mean, 1e4 / middle, 40)


@final
@dataclass(frozen=True)
class Lomax(Pointwise):
    """Lomax distribution with its shape and scale."""

    name = "lomax"
    support = POSITIVE_NUMBERS
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 20"
    example = (1.5, 2.0)

    shape: float = parameter(POSITIVE, "α", "weight of the tail: moments below it exist")
    scale: float = parameter(POSITIVE, "λ", "where the power law sets in, in the data's unit", 1)

    def _log_growth(self, x: Array) -> Array:
        """Log(1 + x/λ), and 0 outside the support."""
        held = np.where(x > 0, x, 1.0)
        # over the logarithm, since x/λ may overflow
        growth = np.logaddexp(0.0, np.log(held) - math.log(self.scale))
        return np.where(x > 0, growth, 0.0)

    def log_density(self, x: Array) -> Array:
        """Log α − log λ − (α + 1) log(1 + x/λ), and −∞ outside the support."""
        constant = math.log(self.shape) - math.log(self.scale)
        density = constant - (self.shape + 1.0) * self._log_growth(x)
        return np.where(x > 0, density, -np.inf)

    def score(self, x: Array) -> Array:
        """1/α − log(1 + x/λ) and (αx − λ)/(λ (λ + x))."""
        by_scale = (self.shape * x - self.scale) / (self.scale + x) / self.scale
        return np.stack([1.0 / self.shape - self._log_growth(x), by_scale])

    def cdf(self, x: Array) -> Array:
        """1 − (1 + x/λ)^−α."""
        return -np.expm1(-self.shape * self._log_growth(x))

    def survival(self, x: Array) -> Array:
        """(1 + x/λ)^−α."""
        return np.exp(-self.shape * self._log_growth(x))

    def quantile(self, p: Array) -> Array:
        """λ ((1 − p)^(−1/α) − 1)."""
        return self.scale * np.expm1(-np.log1p(-p) / self.shape)

    def draw(self, n: int, random: RandomSource) -> Array:
        """λ (exp(E/α) − 1) with E standard exponential."""
        with np.errstate(over="ignore"):
            return inside(self.scale * np.expm1(random.exponential(1.0, n) / self.shape))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Return the best of a few dozen scales, each with the shape that is best with it."""
        points = Points.of(sample, merge=False)
        thetas = grid(points)
        shapes, found = heights(points, thetas)
        best = int(np.argmax(found))
        shape, scale = float(1.0 / shapes[best]), float(1.0 / thetas[best])
        return cls(POSITIVE.clamp(shape), POSITIVE.clamp(scale))

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """A sample whose tail is not heavier than an exponential one.

        The likelihood rises from the exponential limit if the coefficient of variation is
        above 1; if it is not, a hill may still stand elsewhere.
        """
        ratios = statistics.values / float(np.max(statistics.values))
        mean = statistics.average(ratios)
        if statistics.average((ratios / mean - 1.0) ** 2) > 1.0:
            return None
        if np.max(heights(statistics, grid(statistics))[1]) > exponential_height(statistics):
            return None
        return (
            "the values' tail is not heavier than an exponential one, and a lomax approaches an "
            "exponential without a maximum there; use an exponential"
        )
