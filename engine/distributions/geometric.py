"""The geometric distribution, of failures before the first success.

    P(k) = p (1 − p)ᵏ,   k = 0, 1, 2, …, 0 < p < 1

R: ``dgeom(x, prob)``; SciPy: ``geom(p=probability, loc=-1)``, whose own counts include the
success. Johnson, Kemp & Kotz, Univariate Discrete Distributions, section 5.2.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np

from engine.distributions.base import Array, parameter
from engine.distributions.counts import Counted, last_count, within
from engine.distributions.pointwise import Pointwise
from engine.domains import UNIT
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import COUNTS

__all__ = ["Geometric"]


@final
@dataclass(frozen=True)
class Geometric(Counted, Pointwise):
    """Geometric distribution with its probability of success."""

    name = "geometric"
    support = COUNTS
    reference = "Johnson, Kemp & Kotz, Univariate Discrete Distributions, sec. 5.2"
    example = (0.1,)

    probability: float = parameter(UNIT, "p", "chance of success at each trial")

    @property
    def _rate(self) -> float:
        """Exponential rate −log(1 − p) at which the counts thin out."""
        return -math.log1p(-self.probability)

    def log_density(self, x: Array) -> Array:
        """Log p + k log(1 − p), and −∞ outside the support."""
        inside = self.support.contains(x)
        density = math.log(self.probability) - self._rate * np.where(inside, x, 0.0)
        return np.where(inside, density, -np.inf)

    def score(self, x: Array) -> Array:
        """1/p − k/(1 − p)."""
        return np.stack([1.0 / self.probability - x / (1.0 - self.probability)])

    def cdf(self, x: Array) -> Array:
        """1 − (1 − p)ᵏ⁺¹."""
        return -np.expm1(-self._rate * (last_count(x, -1.0) + 1.0))

    def survival(self, x: Array) -> Array:
        """(1 − p)ᵏ⁺¹."""
        return np.exp(-self._rate * (last_count(x, -1.0) + 1.0))

    def draw(self, n: int, random: RandomSource) -> Array:
        """Exponential draws rounded down, which no small probability overflows."""
        return within(np.floor(random.exponential(1.0 / self._rate, n)))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Probability at which the survival of the median is one half."""
        return cls(UNIT.clamp(-math.expm1(-math.log(2.0) / (sample.quantile(0.5) + 1.0))))

    @classmethod
    def closed_form(cls, statistics: Points) -> Self | None:
        """1/(1 + x̄), where it is below 1."""
        probability = 1.0 / (1.0 + statistics.average(statistics.values))
        return cls(probability) if UNIT.contains(probability) else None

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """A sample of zeros."""
        if UNIT.contains(1.0 / (1.0 + statistics.average(statistics.values))):
            return None
        return (
            "all values are 0, and the likelihood grows as the probability goes to 1, which a "
            "geometric never reaches; it needs a value above 0"
        )
