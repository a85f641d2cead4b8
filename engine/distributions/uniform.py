"""The uniform distribution.

    f(x) = 1 / (b − a),   a ≤ x ≤ b, a < b real

R: ``dunif(x, min = low, max = high)``; SciPy: ``uniform(low, high - low)``. Johnson, Kotz &
Balakrishnan, Continuous Univariate Distributions 2, chapter 26.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np

from engine.distributions.base import Array, parameter
from engine.distributions.pointwise import Pointwise
from engine.domains import REAL
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import REAL_LINE

__all__ = ["Uniform"]


@final
@dataclass(frozen=True)
class Uniform(Pointwise):
    """Uniform distribution with its ends."""

    name = "uniform"
    support = REAL_LINE
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 26"
    example = (2.0, 5.0)
    corner = True

    low: float = parameter(REAL, "a", "least possible value, in the data's unit", 1)
    high: float = parameter(REAL, "b", "largest possible value, in the data's unit", 1)

    def log_density(self, x: Array) -> Array:
        """−log(b − a), and −∞ outside the ends."""
        if self.high <= self.low:
            return np.full(x.shape, -np.inf)
        inside = (x >= self.low) & (x <= self.high)
        return np.where(inside, -math.log(self.high - self.low), -np.inf)

    def score(self, x: Array) -> Array:
        """1/(b − a) and −1/(b − a)."""
        ones = np.ones(x.shape)
        return np.stack([ones, -ones]) / (self.high - self.low)

    def cdf(self, x: Array) -> Array:
        """(x − a)/(b − a)."""
        return (np.clip(x, self.low, self.high) - self.low) / (self.high - self.low)

    def survival(self, x: Array) -> Array:
        """(b − x)/(b − a)."""
        return (self.high - np.clip(x, self.low, self.high)) / (self.high - self.low)

    def quantile(self, p: Array) -> Array:
        """a + (b − a) p."""
        return self.low + (self.high - self.low) * p

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own uniform draws."""
        return random.uniform(self.low, self.high, n)

    @classmethod
    def condense(cls, sample: Sample) -> Points:
        """Both ends with half of the observations each: between them the density is the same."""
        n = float(sample.frequencies.sum())
        return Points(np.array(sample.ends), np.full(2, n / 2.0), n)

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Ends beyond those of the sample by what it expects."""
        low, high = float(np.min(sample.values)), float(np.max(sample.values))
        margin = (high - low) / (sample.total + 1.0) or 1e-3 * abs(low) or 1.0
        return cls(low - margin, high + margin)

    @classmethod
    def corners(cls, sample: Sample) -> dict[str, float]:
        """Each end meets a value."""
        return dict(zip(("low", "high"), sample.ends, strict=True)) if sample.values.size else {}

    @classmethod
    def closed_form(cls, statistics: Points) -> Self | None:
        """Least and largest value."""
        low, high = float(np.min(statistics.values)), float(np.max(statistics.values))
        return cls(low, high) if low < high else None

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """A sample without spread."""
        if cls.closed_form(statistics) is not None:
            return None
        return (
            "all values are equal, and a uniform grows without bound as its ends meet there; it "
            "needs values that differ"
        )
