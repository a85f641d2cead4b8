"""The binomial distribution.

    P(k) = (n choose k) pᵏ (1 − p)ⁿ⁻ᵏ,   k = 0, 1, …, n, 0 < p < 1

with a known number n of trials. R: ``dbinom(x, size = trials, prob = probability)``; SciPy:
``binom(n=trials, p=probability)``. Johnson, Kemp & Kotz, Univariate Discrete Distributions,
chapter 3; the probability in Loader's form (Fast and Accurate Computation of Binomial
Probabilities, 2000).
"""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.counts import deviance, last_count, least_count, stirling_error
from engine.distributions.trials import OfTrials
from engine.domains import UNIT
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample

__all__ = ["Binomial"]


@dataclass(frozen=True)
class Binomial(OfTrials):
    """Binomial distribution with its probability, for a known number of trials."""

    name = "binomial"
    most = 2**53
    reference = "Johnson, Kemp & Kotz, Univariate Discrete Distributions, ch. 3"
    example = (0.3,)

    probability: float = parameter(UNIT, "p", "chance that one trial is a success")

    def log_density(self, x: Array) -> Array:
        """s(n) − s(k) − s(n − k) − d(k, np) − d(n − k, n − np) − ½ log(2πk (n − k)/n).

        Here d is half a Poisson deviance and s Stirling's error. At 0 it is n log(1 − p), at
        n it is n log p, and −∞ outside the support.
        """
        n, p = float(self.trials), self.probability
        within = self.support.contains(x) & (x > 0) & (x < n)
        # n of 1 has no such k, and any that stands for it will do
        k = np.where(within, x, 0.5 * n)
        rest, excess = n - k, n * p - k
        misfit = deviance(k, excess, math.log(n) + math.log(p) - np.log(k))
        misfit += deviance(rest, -excess, math.log(n) + math.log1p(-p) - np.log(rest))
        errors = stirling_error(n) - stirling_error(k) - stirling_error(rest)
        between = errors - misfit - 0.5 * np.log(2.0 * math.pi * k * (rest / n))
        ends = [n * math.log1p(-p), n * math.log(p)]
        return np.select([within, x == 0, x == n], [between, *ends], -np.inf)

    def score(self, x: Array) -> Array:
        """k/p − (n − k)/(1 − p)."""
        return np.stack([x / self.probability - (self.trials - x) / (1.0 - self.probability)])

    def cdf(self, x: Array) -> Array:
        """1 − I(k + 1, n − k; p), from the complement of the incomplete beta function."""
        return np.where(x < 0, 0.0, self._tail(scipy.special.betaincc, x, 1.0))

    def survival(self, x: Array) -> Array:
        """I(k + 1, n − k; p), the regularised incomplete beta function."""
        return np.where(x < 0, 1.0, self._tail(scipy.special.betainc, x, 0.0))

    def _tail(self, function: np.ufunc, x: Array, end: float) -> Array:
        k = last_count(x, 0.0)
        below = np.minimum(k, self.trials - 1.0)
        inside = function(below + 1.0, self.trials - below, self.probability)
        return np.where(k < self.trials, inside, end)

    def quantile(self, p: Array) -> Array:
        """Least count with a cdf of p."""
        return np.minimum(least_count(self.cdf, p, self.support.low), float(self.trials))

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own binomial draws."""
        return random.binomial(self.trials, self.probability, n).astype(float)

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Share of successes after half of one and half a failure more."""
        least = 0.5 / sample.total
        return cls((sample.average(sample.values) + least) / (cls.trials + 2.0 * least))

    @classmethod
    def closed_form(cls, statistics: Points) -> Self | None:
        """x̄/n, where it is neither 0 nor 1."""
        share = statistics.average(statistics.values) / cls.trials
        return cls(share) if UNIT.contains(share) else None

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """A sample without successes, or without failures."""
        least, greatest = float(statistics.values.min()), float(statistics.values.max())
        if greatest > 0 and least < cls.trials:
            return None
        end = 0 if greatest == 0 else 1
        return (
            f"all values are {least:g} of {cls.trials} trials, and the likelihood grows as the "
            f"probability goes to {end}, which a binomial never reaches; it needs another value"
        )

    @classmethod
    def information(cls, statistics: Points, probability: float) -> Array:
        """Σ w (k/p² + (n − k)/(1 − p)²)."""
        successes = float(statistics.weights @ statistics.values)
        failures = cls.trials * statistics.n - successes
        rest = 1.0 - probability
        return np.array([[successes / probability / probability + failures / rest / rest]])
