"""The negative binomial distribution.

    P(k) = Γ(n + k) / (Γ(n) k!) · (n/(n + μ))ⁿ (μ/(n + μ))ᵏ,   k = 0, 1, 2, …, n > 0, μ > 0

Parameterised by the mean; the variance is μ + μ²/n, and the Poisson is the limit at n = ∞.
R: ``dnbinom(x, size, mu = mean)``; SciPy: ``nbinom(n=size, p=size/(size + mean))``. Johnson,
Kemp & Kotz, Univariate Discrete Distributions, chapter 5; the probability in Loader's form
(Fast and Accurate Computation of Binomial Probabilities, 2000).
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.counts import Counted, deviance, last_count, stirling_error, within
from engine.distributions.pointwise import Summed
from engine.domains import POSITIVE
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import COUNTS

__all__ = ["NegativeBinomial"]

LARGE = 10.0
"""Size from which the digamma function's series, cut where it is, is exact to a double."""

DIGAMMA = (1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12)

MODERATE, MANY = 64.0, 2000.0
"""Size and count up to which log Γ is small enough to be taken as it is."""

HUGE = 1e20
"""Size from which the incomplete beta function is as good as a gamma function."""

LEAST_EXCESS = 1e-12
"""Excess of the variance, relative to the mean, that is rounding alone."""


@final
@dataclass(frozen=True)
class NegativeBinomial(Counted, Summed):
    """Negative binomial distribution with its size and mean."""

    name = "negative-binomial"
    support = COUNTS
    reference = "Johnson, Kemp & Kotz, Univariate Discrete Distributions, ch. 5"
    example = (2.0, 6.0)
    at_once = True

    size: float = parameter(POSITIVE, "n", "evenness: the smaller, the more the counts scatter")
    mean: float = parameter(POSITIVE, "μ", "expected count")

    def log_density(self, x: Array) -> Array:
        """Log probability, and −∞ outside the support; at 0 it is n log(n/(n + μ)).

        Otherwise −d(n, m) − d(k, n + k − m) + s(n + k) − s(n) − s(k) − ½ log(2πk (n + k)/n)
        with half deviances d, Stirling's errors s and m = n (n + k)/(n + μ).
        """
        n, mean = self.size, self.mean
        some = self.support.contains(x) & (x > 0)
        k = np.where(some, x, 1.0)
        excess = (k - mean) * (n / (n + mean))
        ratio = np.log(n + k) - math.log(n + mean)
        misfit = deviance(n, excess, ratio)
        misfit += deviance(k, -excess, ratio + math.log(mean) - np.log(k))
        errors = stirling_error(n + k) - stirling_error(n) - stirling_error(k)
        spread = np.log(2.0 * math.pi * k) + self._log_growth(k)
        return np.select(
            [some, x == 0], [errors - misfit - 0.5 * spread, self._log_zero()], -np.inf
        )

    def _log_zero(self) -> float:
        """Log probability of 0."""
        if self.size < self.mean:
            return self.size * (math.log(self.size) - math.log(self.size + self.mean))
        return -self.size * math.log1p(self.mean / self.size)

    def score(self, x: Array) -> Array:
        """ψ(n + k) − ψ(n) + log(n/(n + μ)) + (μ − k)/(n + μ) and n (k − μ)/(μ (n + μ))."""
        n, mean = self.size, self.mean
        k = np.maximum(x, 0.0)
        ratio = np.log(n + k) - math.log(n + mean)
        by_size = self._digamma_rise(k) - deviance(n + mean, k - mean, ratio) / (n + mean)
        return np.stack([by_size, (k - mean) / mean * (n / (n + mean))])

    def _digamma_rise(self, k: Array) -> Array:
        """ψ(n + k) − ψ(n) − log((n + k)/n), at large sizes by differences of powers of 1/n."""
        n, growth = self.size, self._log_growth(k)
        if n < LARGE:
            return scipy.special.digamma(n + k) - scipy.special.digamma(n) - growth
        rise = -0.5 / n * np.expm1(-growth)
        for power, coefficient in zip(range(2, 16, 2), DIGAMMA, strict=True):
            rise -= coefficient * (1.0 / n) ** power * np.expm1(-power * growth)
        return rise

    def _log_growth(self, k: Array) -> Array:
        """log((n + k)/n), where k/n may be small, or beyond a double."""
        if self.size < LARGE:
            return np.log(self.size + k) - math.log(self.size)
        return np.log1p(k / self.size)

    @classmethod
    def sums(cls, x: Array, weights: Array, *parameters: float) -> tuple[float, Array]:
        """Log probability and score from Σw, Σwk and sums of log Γ(n + k) and ψ(n + k).

        Where log Γ is large enough to cancel, term by term.
        """
        size, mean = parameters
        if size > MODERATE or x[-1] > MANY:
            return cls.at(parameters).plain_sums(x, weights)
        n, counts, total = float(weights.sum()), float(weights @ x), size + mean
        gammas = scipy.special.gammaln(size + x) - scipy.special.gammaln(x + 1.0)
        digammas = scipy.special.digamma(size + x)
        share, rest = math.log(size) - math.log(total), math.log(mean) - math.log(total)
        value = float(weights @ gammas) - n * (math.lgamma(size) - size * share) + counts * rest
        by_size = float(weights @ digammas) - n * float(scipy.special.digamma(size))
        by_size += n * share + (n * mean - counts) / total
        return value, np.array([by_size, (counts - n * mean) / mean * (size / total)])

    @classmethod
    def information(cls, statistics: Points, *parameters: float) -> Array:
        """ψ′(n) − ψ′(n + k) − μ/n(n + μ) − d, −d and k/μ² − (n + k)/(n + μ)², summed.

        d is (k − μ)/(n + μ)². At large sizes, where these would cancel, from the scores.
        """
        n, mean = parameters
        if n > LARGE:
            return super().information(statistics, *parameters)
        (k, weights), total = (statistics.values, statistics.weights), n + mean
        trigamma = scipy.special.zeta
        counts = float(weights @ k)
        drift = (counts - statistics.n * mean) / total / total
        rise = statistics.n * float(trigamma(2.0, n)) - float(weights @ trigamma(2.0, n + k))
        by_size = rise - statistics.n * mean / n / total - drift
        by_mean = counts / mean / mean - (statistics.n * n + counts) / total / total
        return np.array([[by_size, -drift], [-drift, by_mean]])

    def cdf(self, x: Array) -> Array:
        """I(n, k + 1; n/(n + μ)), the regularised incomplete beta function."""
        return np.where(x < 0, 0.0, self._tails(x)[0])

    def survival(self, x: Array) -> Array:
        """I(k + 1, n; μ/(n + μ))."""
        return np.where(x < 0, 1.0, self._tails(x)[1])

    def _tails(self, x: Array) -> tuple[Array, Array]:
        """Both tails, from the smaller of n/(n + μ) and μ/(n + μ), which rounding leaves exact.

        At huge sizes by Wise's approximation (Biometrika 37, 1950), whose error is in 1/n².
        """
        n, mean, k = self.size, self.mean, last_count(x, 0.0) + 1.0
        below, above = scipy.special.betainc, scipy.special.betaincc
        if n < mean:
            p = n / (n + mean)
            return below(n, k, p), above(n, k, p)
        if n > HUGE:
            rate = (n + 0.5 * (k - 1.0)) * math.log1p(mean / n)
            return scipy.special.gammaincc(k, rate), scipy.special.gammainc(k, rate)
        q = mean / (n + mean)
        return above(k, n, q), below(k, n, q)

    def draw(self, n: int, random: RandomSource) -> Array:
        """Poisson draws with gamma means, which no size makes inexact."""
        means = random.standard_gamma(self.size, n) / self.size * self.mean
        return within(random.poisson(np.minimum(means, self.support.high)))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Mean x̄ and size x̄²/(s² − x̄), or one standard error of s² there where s² ≤ x̄."""
        mean = sample.average(sample.values) + 0.5 / sample.total
        excess = sample.average((sample.values - mean) ** 2) - mean
        if excess <= 0:
            excess = mean * math.sqrt(2.0 / sample.total)
        return cls(POSITIVE.clamp(mean * mean / excess), mean)

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """A sample of zeros, or one that does not scatter more than a Poisson (Levin & Reeds)."""
        mean = statistics.average(statistics.values)
        if mean == 0:
            return "all values are 0; a negative-binomial needs values above 0 that differ"
        variance = statistics.average((statistics.values - mean) ** 2)
        if variance > mean * (1.0 + LEAST_EXCESS):
            return None
        return (
            f"the variance {variance:.6g} is not above the mean {mean:.6g}, and the likelihood of "
            "a negative-binomial grows with its size towards that of a poisson: fit poisson"
        )
