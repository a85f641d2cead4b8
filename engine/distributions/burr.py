"""The Burr distribution of type XII, or Singh–Maddala distribution.

    F(x) = 1 − (1 + (x/s)^c)^−k,   x > 0, k > 0, c > 0, s > 0

with k the first shape and c the second. R: actuar's ``dburr(x, shape1, shape2, scale =
scale)``; SciPy: ``burr12(shape2, shape1, scale=scale)``. Kleiber & Kotz, Statistical Size
Distributions in Economics and Actuarial Sciences, section 6.2.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.pointwise import Pointwise
from engine.distributions.positive import inside, log_moments
from engine.domains import POSITIVE
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["Burr"]

SHAPES = (0.05, 50.0)
"""First shapes at which a search may start."""


@final
@dataclass(frozen=True)
class Burr(Pointwise):
    """Burr distribution with its two shapes and its scale."""

    name = "burr"
    support = POSITIVE_NUMBERS
    reference = "Kleiber & Kotz, Statistical Size Distributions, s. 6.2"
    example = (2.0, 1.5, 3.0)
    degenerate = (
        "a burr grows without bound with its second shape there; it needs values that differ"
    )

    shape1: float = parameter(POSITIVE, "k", "weight of the tail; at 1 a log-logistic")
    shape2: float = parameter(POSITIVE, "c", "form near 0: at most 1 falling, above 1 a hump")
    scale: float = parameter(POSITIVE, "s", "unit of the values, in the data's unit", 1)

    def _log_ratio(self, x: Array) -> Array:
        """Log(x/s), of 1 in place of x outside the support."""
        return np.log(np.where(x > 0, x, 1.0)) - math.log(self.scale)

    def _log_growth(self, x: Array) -> Array:
        """Log(1 + (x/s)^c), and 0 outside the support."""
        return np.where(x > 0, np.logaddexp(0.0, self.shape2 * self._log_ratio(x)), 0.0)

    def log_density(self, x: Array) -> Array:
        """Log kc/s + (c − 1) log(x/s) − (k + 1) log(1 + (x/s)^c), and −∞ outside the support."""
        constant = math.log(self.shape1) + math.log(self.shape2) - math.log(self.scale)
        rise = (self.shape2 - 1.0) * self._log_ratio(x)
        density = constant + rise - (self.shape1 + 1.0) * self._log_growth(x)
        return np.where(x > 0, density, -np.inf)

    def score(self, x: Array) -> Array:
        """With z = log(x/s), q = (k + 1)/(1 + (x/s)^−c) − 1.

        1/k − log(1 + (x/s)^c), 1/c − qz and qc/s.
        """
        z = self._log_ratio(x)
        q = (self.shape1 + 1.0) * scipy.special.expit(self.shape2 * z) - 1.0
        by_shape1 = 1.0 / self.shape1 - self._log_growth(x)
        return np.stack([by_shape1, 1.0 / self.shape2 - q * z, q * self.shape2 / self.scale])

    def cdf(self, x: Array) -> Array:
        """1 − (1 + (x/s)^c)^−k."""
        return -np.expm1(-self.shape1 * self._log_growth(x))

    def survival(self, x: Array) -> Array:
        """(1 + (x/s)^c)^−k."""
        return np.exp(-self.shape1 * self._log_growth(x))

    def quantile(self, p: Array) -> Array:
        """s ((1 − p)^(−1/k) − 1)^(1/c)."""
        return self.scale * np.expm1(-np.log1p(-p) / self.shape1) ** (1.0 / self.shape2)

    def draw(self, n: int, random: RandomSource) -> Array:
        """s (exp(E/k) − 1)^(1/c) with E standard exponential."""
        with np.errstate(over="ignore"):
            growth = np.expm1(random.exponential(1.0, n) / self.shape1)
            return inside(self.scale * growth ** (1.0 / self.shape2))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Mean, variance and skewness of log x, which is log s + (log of a gamma ratio)/c."""
        mean, spread = log_moments(sample)
        skewness = sample.average(((np.log(sample.values) - mean) / spread) ** 3)
        psi = scipy.special.polygamma
        shapes = np.geomspace(*SHAPES, 100)
        skews = (psi(2, 1.0) - psi(2, shapes)) / (psi(1, 1.0) + psi(1, shapes)) ** 1.5
        # the skewness falls with the shape, and interpolation wants it rising
        shape1 = float(np.interp(skewness, skews[::-1], shapes[::-1]))
        shape2 = math.sqrt(psi(1, 1.0) + psi(1, shape1)) / spread
        scale = math.exp(mean - float(psi(0, 1.0) - psi(0, shape1)) / shape2)
        return cls(shape1, shape2, POSITIVE.clamp(scale))

    @classmethod
    def limits(cls, statistics: Points) -> Sequence[tuple[str, float]]:
        """A Pareto from the least value on, where c grows and k vanishes with 1/c."""
        logs = np.log(statistics.values)
        mean = statistics.average(logs)
        pareto = -math.log(mean - float(np.min(logs))) - 1.0 - mean
        return (("shape2", statistics.n * pareto),)
