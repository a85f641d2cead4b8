"""The chi-squared distribution.

    f(x) = x^(k/2 − 1) exp(−x/2) / (2^(k/2) Γ(k/2)),   x > 0, k > 0

The degrees of freedom need not be whole. R: ``dchisq(x, df)``; SciPy: ``chi2(df)``.
Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, chapter 18; the start
inverts the digamma function as Minka does (Estimating a Dirichlet distribution, 2000).
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.gamma_kernel import digamma_gap, log_peak
from engine.distributions.pointwise import Pointwise
from engine.distributions.positive import inside
from engine.domains import POSITIVE
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["ChiSquared"]

BRANCH = -2.22
"""Where Minka's two approximations of the inverse digamma function meet."""


@final
@dataclass(frozen=True)
class ChiSquared(Pointwise):
    """Chi-squared distribution with its degrees of freedom."""

    name = "chi-squared"
    support = POSITIVE_NUMBERS
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 18"
    example = (5.0,)

    df: float = parameter(POSITIVE, "k", "degrees of freedom, which are the mean")

    def log_density(self, x: Array) -> Array:
        """(k/2 − 1) log x − x/2 − (k/2) log 2 − log Γ(k/2), and −∞ outside the support."""
        half, held = self.df / 2.0, np.where(x > 0, x, 1.0)
        # grouped around the mode x ≈ k, where the plain terms cancel at large k
        ratio = np.log(held) - math.log(self.df)
        with np.errstate(over="ignore"):
            density = log_peak(half) + half * (ratio - np.expm1(ratio)) - np.log(held)
        return np.where(x > 0, density, -np.inf)

    def score(self, x: Array) -> Array:
        """(log(x/2) − ψ(k/2))/2."""
        ratio = np.log(x) - math.log(self.df)
        return np.stack([0.5 * (ratio + digamma_gap(self.df / 2.0))])

    def cdf(self, x: Array) -> Array:
        """P(k/2, x/2), the regularised lower incomplete gamma function."""
        return scipy.special.gammainc(self.df / 2.0, np.maximum(x, 0.0) / 2.0)

    def survival(self, x: Array) -> Array:
        """Q(k/2, x/2), the upper one."""
        return scipy.special.gammaincc(self.df / 2.0, np.maximum(x, 0.0) / 2.0)

    def quantile(self, p: Array) -> Array:
        """2 P⁻¹(k/2, p)."""
        return 2.0 * scipy.special.gammaincinv(self.df / 2.0, p)

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own chi-squared draws."""
        return inside(random.chisquare(self.df, n))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Approximate the k at which ψ(k/2) is the mean of log(x/2), as the maximum has it."""
        target = sample.average(np.log(sample.values)) - math.log(2.0)
        if target >= BRANCH:
            return cls(2.0 * math.exp(target) + 1.0)
        return cls(-2.0 / (target + np.euler_gamma))
