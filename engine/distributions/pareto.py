"""The Pareto distribution of the first kind.

    f(x) = α mᵅ / x^(α + 1),   x ≥ m, m > 0, α > 0

R: actuar's ``dpareto1(x, shape, min)``; SciPy: ``pareto(shape, scale=minimum)``. Johnson,
Kotz & Balakrishnan, Continuous Univariate Distributions 1, chapter 20.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np

from engine.distributions.base import Array, parameter
from engine.distributions.pointwise import Pointwise
from engine.distributions.positive import inside
from engine.domains import POSITIVE
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["Pareto", "log_ratio"]

LEAST_MEAN = 1e-9


def log_ratio(x: Array, minimum: float) -> Array:
    """Log(x/m), and 0 below the minimum; close to it the plain logarithms would cancel."""
    held = np.maximum(x, minimum)
    near = np.minimum(held, 2.0 * minimum)
    far = np.log(held) - math.log(minimum)
    return np.where(held == near, np.log1p((near - minimum) / minimum), far)


@final
@dataclass(frozen=True)
class Pareto(Pointwise):
    """Pareto distribution with its minimum and shape."""

    name = "pareto"
    support = POSITIVE_NUMBERS
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 20"
    example = (2.0, 3.0)
    corner = True

    minimum: float = parameter(POSITIVE, "m", "least possible value, in the data's unit", 1)
    shape: float = parameter(POSITIVE, "α", "weight of the tail: moments below it exist")

    def log_density(self, x: Array) -> Array:
        """Log α − log x − α log(x/m), and −∞ below the minimum."""
        logs = np.log(np.maximum(x, self.minimum))
        density = math.log(self.shape) - logs - self.shape * log_ratio(x, self.minimum)
        return np.where(x >= self.minimum, density, -np.inf)

    def score(self, x: Array) -> Array:
        """α/m and 1/α − log(x/m)."""
        by_minimum = np.full(x.shape, self.shape / self.minimum)
        # smooth below the minimum too, for derivatives across it
        return np.stack([by_minimum, 1.0 / self.shape - (np.log(x) - math.log(self.minimum))])

    def cdf(self, x: Array) -> Array:
        """1 − (m/x)ᵅ."""
        return -np.expm1(-self.shape * log_ratio(x, self.minimum))

    def survival(self, x: Array) -> Array:
        """(m/x)ᵅ."""
        return np.exp(-self.shape * log_ratio(x, self.minimum))

    def quantile(self, p: Array) -> Array:
        """m (1 − p)^(−1/α)."""
        return self.minimum * np.exp(-np.log1p(-p) / self.shape)

    def draw(self, n: int, random: RandomSource) -> Array:
        """m exp(E/α) with E standard exponential."""
        with np.errstate(over="ignore"):
            return inside(self.minimum * np.exp(random.exponential(1.0, n) / self.shape))

    @classmethod
    def condense(cls, sample: Sample) -> Points:
        """Least and greatest value, weighted so that the mean of log x is the sample's."""
        n, ends = float(sample.frequencies.sum()), np.array(sample.ends)
        widest = float(log_ratio(ends, ends[0])[1])
        mean = sample.average(log_ratio(sample.values, ends[0]))
        above = n * mean / widest if widest > 0 else 0.0
        return Points(ends, np.array([n - above, above]), n)

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Shape of the maximum, and a minimum below the least value by what it expects."""
        least = float(np.min(sample.values))
        mean = max(sample.average(log_ratio(sample.values, least)), LEAST_MEAN)
        return cls(POSITIVE.clamp(least * math.exp(-mean / (sample.total + 1.0))), 1.0 / mean)

    @classmethod
    def corners(cls, sample: Sample) -> dict[str, float]:
        """The minimum meets the least value."""
        return {"minimum": sample.ends[0]} if sample.values.size else {}

    @classmethod
    def closed_form(cls, statistics: Points) -> Self | None:
        """Least value, and 1 over the mean of log(x/m)."""
        least = float(np.min(statistics.values))
        mean = statistics.average(log_ratio(statistics.values, least))
        return cls(least, 1.0 / mean) if mean > 0 else None

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """A sample without spread."""
        if cls.closed_form(statistics) is not None:
            return None
        return (
            "all values are equal, and a pareto grows without bound with its shape there; it "
            "needs values that differ"
        )
