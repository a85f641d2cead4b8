"""The beta-binomial distribution.

    P(k) = (n choose k) B(k + α, n − k + β) / B(α, β),   k = 0, 1, …, n, α > 0, β > 0

with a known number n of trials: a binomial whose probability is drawn anew for each
observation from a beta distribution. The binomial with p = α/(α + β) is the limit at
infinite α + β. R: VGAM's ``dbetabinom.ab(x, size = trials, shape1 = alpha, shape2 = beta)``;
SciPy: ``betabinom(n=trials, a=alpha, b=beta)``. Johnson, Kemp & Kotz, Univariate Discrete
Distributions, section 6.2.2.

Two negative binomials of sizes α and β that count n together leave a beta-binomial share to
the first, whatever their common ratio of mean to size. With n/(α + β) for it, the logs of
their probabilities are no greater than the result, and nothing cancels.
"""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
import scipy

from engine.distributions.base import Array, Distribution, parameter
from engine.distributions.binomial import Binomial
from engine.distributions.counts import last_count
from engine.distributions.mixing import unmixed
from engine.distributions.negative_binomial import NegativeBinomial
from engine.distributions.trials import OfTrials
from engine.domains import POSITIVE, UNIT
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample

__all__ = ["BetaBinomial"]

MODERATE, MANY = 64.0, 2000
"""Shape and trials up to which digammas are taken as they are."""

LEAST_EXCESS = 1e-12
"""Excess of the variance, relative to a binomial's, that is rounding alone."""


@dataclass(frozen=True)
class BetaBinomial(OfTrials):
    """Beta-binomial distribution with its alpha and beta, for a known number of trials."""

    name = "beta-binomial"
    # a probability of its cdf is a sum over all counts
    most = 10**7
    reference = "Johnson, Kemp & Kotz, Univariate Discrete Distributions, sec. 6.2.2"
    example = (2.0, 3.0)

    alpha: float = parameter(POSITIVE, "α", "weight of success: successes seen beforehand")
    beta: float = parameter(POSITIVE, "β", "weight of failure: failures seen beforehand")

    def _parts(self) -> tuple[NegativeBinomial, NegativeBinomial, NegativeBinomial]:
        """Negative binomials that count the successes, the failures and both."""
        n, whole = float(self.trials), self.alpha + self.beta
        return (
            NegativeBinomial(self.alpha, POSITIVE.clamp(n * (self.alpha / whole))),
            NegativeBinomial(self.beta, POSITIVE.clamp(n * (self.beta / whole))),
            NegativeBinomial(whole, n),
        )

    def log_density(self, x: Array) -> Array:
        """Log probability of k successes and of n − k failures, less that of n of both."""
        successes, failures, both = self._parts()
        k = np.where(self.support.contains(x), x, 0.0)
        all_trials = both.log_density(np.array([float(self.trials)]))
        inside = successes.log_density(k) + failures.log_density(self.trials - k) - all_trials
        return np.where(self.support.contains(x), inside, -np.inf)

    def score(self, x: Array) -> Array:
        """ψ(α + k) − ψ(α) − ψ(α + β + n) + ψ(α + β), and with β and n − k for α and k."""
        successes, failures, both = self._parts()
        k = np.clip(x, 0.0, self.trials)
        common = _slope(both, np.array([float(self.trials)]))
        return np.stack([_slope(successes, k), _slope(failures, self.trials - k)]) - common

    @classmethod
    def slopes(cls, x: Array, weights: Array, *parameters: float) -> Array:
        """Σ w ∇ log f(x), by plain digammas where they are small enough not to cancel."""
        alpha, beta = parameters
        if max(parameters) > MODERATE or cls.trials > MANY:
            return super().slopes(x, weights, *parameters)
        n, psi = float(weights.sum()), scipy.special.digamma
        totals = np.array([alpha, beta, alpha + beta, alpha + beta + cls.trials])
        first, second, both, whole = psi(totals).tolist()
        rises = np.array([weights @ psi(alpha + x), weights @ psi(beta + cls.trials - x)])
        return rises - n * (np.array([first, second]) + whole - both)

    def _tables(self) -> tuple[Array, Array]:
        """Probabilities of at most k, and of k or more, for all k."""
        masses = np.exp(self.log_density(np.arange(self.trials + 1.0)))
        up, down = np.cumsum(masses), np.cumsum(masses[::-1])[::-1]
        # the sum of all is 1 but for rounding, which neither table may show where it is large
        return np.minimum(up / up[-1], 1.0), np.minimum(down / down[0], 1.0)

    def cdf(self, x: Array) -> Array:
        """Sum of the probabilities up to k."""
        k = np.minimum(last_count(x, 0.0), self.trials).astype(np.int64)
        return np.where(x < 0, 0.0, self._tables()[0][k])

    def survival(self, x: Array) -> Array:
        """Sum of the probabilities from k + 1 on."""
        k = np.minimum(last_count(x, 0.0), self.trials).astype(np.int64)
        return np.where(x < 0, 1.0, np.append(self._tables()[1], 0.0)[k + 1])

    def quantile(self, p: Array) -> Array:
        """Least count with a cdf of p."""
        return np.searchsorted(self._tables()[0][:-1], p).astype(float)

    def draw(self, n: int, random: RandomSource) -> Array:
        """Binomial draws with beta probabilities."""
        return random.binomial(self.trials, random.beta(self.alpha, self.beta, n)).astype(float)

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Member with the sample's mean and variance np(1 − p)(1 + (n − 1)ρ), ρ = 1/(α + β + 1).

        The correlation ρ of two trials is kept off 0, by about a standard error, and off 1.
        """
        n, least = cls.trials, 0.5 / sample.total
        p = (sample.average(sample.values) + least) / (n + 2.0 * least)
        ratio = sample.average((sample.values - n * p) ** 2) / (n * p * (1.0 - p))
        error = min(math.sqrt(2.0 / sample.total) / n, 0.5)
        correlation = min(max((ratio - 1.0) / max(n - 1.0, 1.0), error), 0.95)
        whole = 1.0 / correlation - 1.0
        return cls(p * whole, (1.0 - p) * whole)

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """A sample whose likelihood grows to an edge: of ends alone, or a binomial's."""
        n, values = cls.trials, statistics.values
        mean = statistics.average(values)
        if n == 1:
            return "a single trial cannot tell alpha from beta: fit binomial"
        if np.isin(values, (0.0, n)).all():
            return (
                f"all values are 0 or {n} of {n} trials, and the likelihood of a beta-binomial "
                "grows as alpha or beta goes to 0; it needs values between"
            )
        variance = statistics.average((values - mean) ** 2)
        expected = mean * (1.0 - mean / n)
        if variance > expected * (1.0 + LEAST_EXCESS):
            return None
        if not unmixed(statistics, cls._binomial(mean), lambda x: [cls._binomial(k) for k in x]):
            return None
        return (
            f"the variance {variance:.6g} is not above the {expected:.6g} of a binomial with the "
            "same mean, and the likelihood of a beta-binomial grows with alpha and beta towards "
            "that of a binomial: fit binomial"
        )

    @classmethod
    def _binomial(cls, mean: float) -> Distribution:
        """Binomial with the same trials and a mean, which is kept off the ends."""
        return Binomial.knowing(cls.trials).at((UNIT.clamp(float(mean) / cls.trials),))


def _slope(part: NegativeBinomial, k: Array) -> Array:
    """Derivative by the size of a negative binomial whose mean is in proportion to it."""
    by_size, by_mean = part.score(k)
    return by_size + part.mean / part.size * by_mean
