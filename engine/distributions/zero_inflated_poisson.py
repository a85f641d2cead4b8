"""The zero-inflated Poisson distribution.

    P(0) = ω + (1 − ω) exp(−μ),   P(k) = (1 − ω) μᵏ exp(−μ) / k!,   k = 1, 2, …

with μ > 0 and 0 < ω < 1: a zero for certain with probability ω, else a Poisson count. R:
VGAM's ``dzipois(x, lambda = mean, pstr0 = zero_probability)``; SciPy has none. Johnson,
Kemp & Kotz, Univariate Discrete Distributions, sections 4.10.3 and 8.2.3.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.counts import Counted
from engine.distributions.pointwise import Pointwise
from engine.distributions.poisson import Poisson
from engine.domains import POSITIVE, UNIT
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import COUNTS

__all__ = ["ZeroInflatedPoisson"]


@final
@dataclass(frozen=True)
class ZeroInflatedPoisson(Counted, Pointwise):
    """Zero-inflated Poisson distribution with the Poisson's mean and the certain zeros' share."""

    name = "zero-inflated-poisson"
    support = COUNTS
    reference = "Johnson, Kemp & Kotz, Univariate Discrete Distributions, sec. 8.2.3"
    example = (4.0, 0.3)

    mean: float = parameter(POSITIVE, "μ", "events expected where zero is not certain")
    zero_probability: float = parameter(UNIT, "ω", "chance that zero is certain")

    def log_density(self, x: Array) -> Array:
        """Log P(0) at 0, else log(1 − ω) and the Poisson's, and −∞ outside the support."""
        positive = np.log1p(-self.zero_probability) + Poisson(self.mean).log_density(x)
        return np.where(x == 0, self._log_zero(), positive)

    def _zero(self) -> float:
        """P(0)."""
        return self.zero_probability + (1.0 - self.zero_probability) * math.exp(-self.mean)

    def _log_zero(self) -> float:
        """Log P(0), from what is left to 1 where that is little."""
        some = -(1.0 - self.zero_probability) * math.expm1(-self.mean)
        return math.log1p(-some) if some < 0.5 else math.log(self._zero())

    def score(self, x: Array) -> Array:
        """(k − μ)/μ and −1/(1 − ω); at 0, −(1 − ω) exp(−μ)/P(0) and (1 − exp(−μ))/P(0)."""
        rest, zero = 1.0 - self.zero_probability, self._zero()
        by_mean = np.where(x == 0, -rest * math.exp(-self.mean) / zero, (x - self.mean) / self.mean)
        by_share = np.where(x == 0, -math.expm1(-self.mean) / zero, -1.0 / rest)
        return np.stack([by_mean, by_share])

    def cdf(self, x: Array) -> Array:
        """ω + (1 − ω) F(k) with the Poisson's F."""
        share = self.zero_probability
        return np.where(x < 0, 0.0, share + (1.0 - share) * Poisson(self.mean).cdf(x))

    def survival(self, x: Array) -> Array:
        """(1 − ω) (1 − F(k))."""
        rest = (1.0 - self.zero_probability) * Poisson(self.mean).survival(x)
        return np.where(x < 0, 1.0, rest)

    def draw(self, n: int, random: RandomSource) -> Array:
        """Poisson draws, each replaced by 0 with probability ω."""
        draws = Poisson(self.mean).draw(n, random)
        return np.where(random.uniform(size=n) < self.zero_probability, 0.0, draws)

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Mean of the truncated Poisson and share of certain zeros, both kept off the edges."""
        least = 0.5 / (sample.total + 1.0)
        some = sample.average((sample.values > 0).astype(float))
        mean = _untruncated((sample.average(sample.values) + least) / (some + least / 2.0))
        share = 1.0 + some / math.expm1(-mean)
        return cls(mean, min(max(share, least), 1.0 - least))

    @classmethod
    def closed_form(cls, statistics: Points) -> Self | None:
        """μ from the mean of the values above 0, then ω from their share."""
        if cls.obstacle(statistics) is not None:
            return None
        some = statistics.average((statistics.values > 0).astype(float))
        mean = _untruncated(statistics.average(statistics.values) / some)
        share = 1.0 + some / math.expm1(-mean)
        return cls(mean, share) if UNIT.contains(share) else None

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """No more zeros than a Poisson of the sample's mean has, where the maximum is at ω = 0."""
        mean = statistics.average(statistics.values)
        if mean == 0:
            return "all values are 0; a zero-inflated-poisson needs values above 0 too"
        zeros = statistics.average((statistics.values == 0).astype(float))
        some = statistics.average((statistics.values > 0).astype(float))
        if zeros > 0 and mean > (-math.log(zeros) if zeros < some else -math.log1p(-some)):
            return None
        return (
            f"the share of zeros {zeros:.6g} is not above the {math.exp(-mean):.6g} of a poisson "
            "with the same mean, and the likelihood of a zero-inflated-poisson grows as its "
            "zero_probability goes to 0: fit poisson"
        )


def _untruncated(mean: float) -> float:
    """Solve μ/(1 − exp(−μ)) = m for the mean m of counts above 0: μ = m + W(−m exp(−m)).

    One step of Newton's method mends what Lambert's W loses near its branch point, m = 1.
    """
    found = mean + float(scipy.special.lambertw(-mean * math.exp(-mean)).real)
    return found - (found + mean * math.expm1(-found)) / (1.0 - mean * math.exp(-found))
