"""The beta distribution.

    f(x) = xᵅ⁻¹ (1 − x)ᵝ⁻¹ / B(α, β),   0 < x < 1, α > 0, β > 0

R: ``dbeta(x, shape1 = alpha, shape2 = beta)``; SciPy: ``beta(alpha, beta)``. Johnson, Kotz &
Balakrishnan, Continuous Univariate Distributions 2, chapter 25.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, Distribution, parameter
from engine.distributions.log_means import FractionLogs
from engine.domains import POSITIVE, UNIT
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import UNIT_INTERVAL

__all__ = ["Beta"]

LEAST_SPREAD = 1e-12
LEAST_TOTAL = 1e-3
MOST_STEPS = 20
LONGEST_STEP = 2.0
SMALL = 1e-3
"""Value below which the digits of its complement to 1 do not tell it well enough."""
SETTLED = 1e-9
"""Step after which the next, its square, is below a rounding error."""


@final
@dataclass(frozen=True)
class Beta(Distribution):
    """Beta distribution with its two shapes."""

    name = "beta"
    support = UNIT_INTERVAL
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 25"
    example = (2.0, 3.0)

    alpha: float = parameter(POSITIVE, "α", "form at 0: below 1 a pole, above 1 it vanishes")
    beta: float = parameter(POSITIVE, "β", "form at 1: below 1 a pole, above 1 it vanishes")

    def log_density(self, x: Array) -> Array:
        """(α − 1) log x + (β − 1) log(1 − x) − log B(α, β), and −∞ outside the support."""
        inside = (x > 0) & (x < 1)
        held = np.where(inside, x, 0.5)
        rise = (self.alpha - 1.0) * np.log(held) + (self.beta - 1.0) * np.log1p(-held)
        return np.where(inside, rise - scipy.special.betaln(self.alpha, self.beta), -np.inf)

    def score(self, x: Array) -> Array:
        """Log x − ψ(α) + ψ(α + β) and log(1 − x) − ψ(β) + ψ(α + β)."""
        psi = scipy.special.digamma
        whole = psi(self.alpha + self.beta)
        return np.stack(
            [np.log(x) - psi(self.alpha) + whole, np.log1p(-x) - psi(self.beta) + whole]
        )

    def cdf(self, x: Array) -> Array:
        """I(α, β, x), the regularised incomplete beta function."""
        return scipy.special.betainc(self.alpha, self.beta, np.clip(x, 0.0, 1.0))

    def survival(self, x: Array) -> Array:
        """I(β, α, 1 − x), which takes a tenth of the time of the complement.

        That is for the least values, of which 1 − x has lost digits.
        """
        x = np.clip(x, 0.0, 1.0)
        small = x < SMALL
        near = scipy.special.betaincc(self.alpha, self.beta, np.where(small, x, 0.0))
        far = scipy.special.betainc(self.beta, self.alpha, np.where(small, 1.0, 1.0 - x))
        return np.where(small, near, far)

    def quantile(self, p: Array) -> Array:
        """I⁻¹(α, β, p)."""
        return scipy.special.betaincinv(self.alpha, self.beta, p)

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own beta draws, kept off the ends, where doubles round to them."""
        return np.clip(random.beta(self.alpha, self.beta, n), UNIT.lower, UNIT.upper)

    @classmethod
    def condense(cls, sample: Sample) -> FractionLogs:
        """n and the means of log x and log(1 − x), which are sufficient."""
        return FractionLogs.of(sample)

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Mean m and variance v: α + β = m(1 − m)/v − 1."""
        sample = sample.pilot
        mean = sample.average(sample.values)
        variance = sample.average((sample.values - mean) ** 2)
        widest = mean * (1.0 - mean)
        total = max(widest / max(variance, LEAST_SPREAD * widest) - 1.0, LEAST_TOTAL)
        return cls(POSITIVE.clamp(mean * total), POSITIVE.clamp((1.0 - mean) * total))

    @classmethod
    def closed_form(cls, statistics: FractionLogs) -> Self | None:
        """Solve for the means of log x and log(1 − x) by Newton's method in log α and log β.

        It starts from geometric means g and h, at ½ + ½ g/(1 − g − h) and ½ + ½ h/(1 − g − h)
        (Johnson, Kotz & Balakrishnan, section 25.4); None where that does not lead there.
        """
        g, h = math.exp(statistics.log), math.exp(statistics.log_rest)
        if not (statistics.spread > 0 and g + h < 1.0):
            return None
        alpha, beta = 0.5 + 0.5 * g / (1.0 - g - h), 0.5 + 0.5 * h / (1.0 - g - h)
        for _ in range(MOST_STEPS):
            by_alpha, by_beta = cls.mean_score(statistics, alpha, beta)
            first, second, whole = scipy.special.zeta(2.0, (alpha, beta, alpha + beta)).tolist()
            a = alpha * alpha * (first - whole) - alpha * by_alpha
            b, c = beta * beta * (second - whole) - beta * by_beta, -alpha * beta * whole
            determinant = a * b - c * c
            if not (a > 0 and determinant > 0):
                return None
            moves = (
                (b * alpha * by_alpha - c * beta * by_beta) / determinant,
                (a * beta * by_beta - c * alpha * by_alpha) / determinant,
            )
            if not max(map(abs, moves)) < LONGEST_STEP:
                return None
            alpha, beta = alpha * math.exp(moves[0]), beta * math.exp(moves[1])
            if max(map(abs, moves)) < SETTLED:
                return cls(alpha, beta)
        return None

    @classmethod
    def log_likelihood(
        cls, statistics: FractionLogs, alpha: float | Array, beta: float | Array
    ) -> float | Array:
        """N times (α − 1) mean log x + (β − 1) mean log(1 − x) − log B(α, β)."""
        rise = (alpha - 1.0) * statistics.log + (beta - 1.0) * statistics.log_rest
        return statistics.n * (rise - scipy.special.betaln(alpha, beta))

    @classmethod
    def mean_score(cls, statistics: FractionLogs, alpha: float, beta: float) -> tuple[float, ...]:
        """Mean log x − ψ(α) + ψ(α + β) and mean log(1 − x) − ψ(β) + ψ(α + β)."""
        first, second, whole = scipy.special.digamma((alpha, beta, alpha + beta)).tolist()
        return statistics.log - first + whole, statistics.log_rest - second + whole

    @classmethod
    def information(cls, statistics: FractionLogs, alpha: float, beta: float) -> Array:
        """N times diag(ψ′(α), ψ′(β)) − ψ′(α + β)."""
        first, second, whole = scipy.special.zeta(2.0, (alpha, beta, alpha + beta))
        return statistics.n * (np.diag([first, second]) - whole)

    @classmethod
    def obstacle(cls, statistics: FractionLogs) -> str | None:
        """A sample without spread."""
        if statistics.spread > 0:
            return None
        return (
            "all values are equal, and a beta grows without bound with its shapes there; it "
            "needs values that differ"
        )
