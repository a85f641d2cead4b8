"""The Poisson distribution.

    P(k) = μᵏ exp(−μ) / k!,   k = 0, 1, 2, …, μ > 0

R: ``dpois(x, lambda = mean)``; SciPy: ``poisson(mu=mean)``. Johnson, Kemp & Kotz,
Univariate Discrete Distributions, chapter 4; the probability in Loader's form (Fast and
Accurate Computation of Binomial Probabilities, 2000).
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.counts import Counted, deviance, last_count, stirling_error, within
from engine.distributions.pointwise import Pointwise
from engine.domains import POSITIVE
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import COUNTS

__all__ = ["Poisson"]


@final
@dataclass(frozen=True)
class Poisson(Counted, Pointwise):
    """Poisson distribution with its mean."""

    name = "poisson"
    support = COUNTS
    reference = "Johnson, Kemp & Kotz, Univariate Discrete Distributions, ch. 4"
    example = (4.0,)

    mean: float = parameter(POSITIVE, "μ", "events expected in one observation; the variance too")

    def log_density(self, x: Array) -> Array:
        """−d(k, μ) − s(k) − ½ log 2πk, and −∞ outside the support.

        Here d is half the deviance and s Stirling's error. At 0 it is −μ.
        """
        some = self.support.contains(x) & (x > 0)
        k = np.where(some, x, 1.0)
        misfit = deviance(k, self.mean - k, math.log(self.mean) - np.log(k))
        positive = -misfit - stirling_error(k) - 0.5 * np.log(2.0 * math.pi * k)
        return np.select([some, x == 0], [positive, -self.mean], -np.inf)

    def score(self, x: Array) -> Array:
        """(k − μ)/μ."""
        return np.stack([(x - self.mean) / self.mean])

    def cdf(self, x: Array) -> Array:
        """Q(k + 1, μ), the regularised upper incomplete gamma function."""
        k = last_count(x, 0.0)
        return np.where(x < 0, 0.0, scipy.special.gammaincc(k + 1.0, self.mean))

    def survival(self, x: Array) -> Array:
        """P(k + 1, μ), the lower one."""
        k = last_count(x, 0.0)
        return np.where(x < 0, 1.0, scipy.special.gammainc(k + 1.0, self.mean))

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own Poisson draws."""
        return within(random.poisson(min(self.mean, self.support.high), n))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Mean after half an event more, so that it is above 0 even where all values are 0."""
        return cls(sample.average(sample.values) + 0.5 / sample.total)

    @classmethod
    def closed_form(cls, statistics: Points) -> Self | None:
        """x̄, where it is above 0."""
        mean = statistics.average(statistics.values)
        return cls(mean) if mean > 0 else None

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """A sample of zeros."""
        if np.any(statistics.values > 0):
            return None
        return (
            "all values are 0, and the likelihood grows as the mean goes to 0, which a poisson "
            "never reaches; it needs a value above 0"
        )
