"""The gamma distribution.

    f(x) = βᵅ xᵅ⁻¹ exp(−βx) / Γ(α),   x > 0, α > 0, β > 0

Parameterised by the rate. R: ``dgamma(x, shape, rate)``; SciPy: ``gamma(shape,
scale=1/rate)``. Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1,
chapter 17; the start is Minka's (Estimating a Gamma distribution, 2002).
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, Distribution, parameter
from engine.distributions.counts import stirling_error
from engine.distributions.gamma_kernel import digamma_gap, shape_start
from engine.distributions.log_means import PositiveLogs
from engine.domains import POSITIVE
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["Gamma"]

LEAST_GAP = 1e-9
"""Gap below which the slope of log α − ψ(α) in log α, about 1/2α, has too few digits."""
MOST_STEPS = 50
ROUNDING = 1e-14


@final
@dataclass(frozen=True)
class Gamma(Distribution):
    """Gamma distribution with its shape and rate."""

    name = "gamma"
    support = POSITIVE_NUMBERS
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 17"
    example = (3.0, 0.5)

    shape: float = parameter(POSITIVE, "α", "form: below 1 a pole at 0, above 1 a hump")
    rate: float = parameter(POSITIVE, "β", "1 over the scale, in 1 over the data's unit", -1)

    def log_density(self, x: Array) -> Array:
        """α log β + (α − 1) log x − βx − log Γ(α), and −∞ outside the support."""
        inside = np.where(x > 0, x, 1.0)
        constant = self.shape * math.log(self.rate) - math.lgamma(self.shape)
        density = constant + (self.shape - 1.0) * np.log(inside) - self.rate * inside
        return np.where(x > 0, density, -np.inf)

    def score(self, x: Array) -> Array:
        """Log βx − ψ(α) and α/β − x."""
        by_shape = np.log(self.rate * x) - scipy.special.digamma(self.shape)
        return np.stack([by_shape, self.shape / self.rate - x])

    def cdf(self, x: Array) -> Array:
        """P(α, βx), the regularised lower incomplete gamma function."""
        return scipy.special.gammainc(self.shape, self.rate * np.maximum(x, 0.0))

    def survival(self, x: Array) -> Array:
        """Q(α, βx), the upper one."""
        return scipy.special.gammaincc(self.shape, self.rate * np.maximum(x, 0.0))

    def quantile(self, p: Array) -> Array:
        """P⁻¹(α, p)/β."""
        return scipy.special.gammaincinv(self.shape, p) / self.rate

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own gamma draws."""
        return random.gamma(self.shape, 1.0 / self.rate, n)

    @classmethod
    def condense(cls, sample: Sample) -> PositiveLogs:
        """n, mean m and the gap s = log m − mean log x, which are sufficient."""
        return PositiveLogs.of(sample)

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Shape from the gap by Minka's formula, rate from the mean."""
        logs = PositiveLogs.of(sample.pilot)
        shape = shape_start(logs.gap)
        return cls(shape, POSITIVE.clamp(shape / logs.mean))

    @classmethod
    def closed_form(cls, statistics: PositiveLogs) -> Self | None:
        """Solve log α − ψ(α) = s by Newton's method in log α; the rate is α/m."""
        gap, shape = statistics.gap, shape_start(statistics.gap)
        if not (statistics.spread > 0 and LEAST_GAP < gap < math.inf):
            return None
        for _ in range(MOST_STEPS):
            misfit = digamma_gap(shape) - gap
            slope = 1.0 - shape * float(scipy.special.zeta(2.0, shape))
            step = misfit / slope
            shape *= math.exp(-step)
            if abs(step) < ROUNDING:
                break
        rate = shape / statistics.mean
        return cls(shape, rate) if POSITIVE.contains(shape) and POSITIVE.contains(rate) else None

    @classmethod
    def log_likelihood(
        cls, statistics: PositiveLogs, shape: float | Array, rate: float | Array
    ) -> float | Array:
        """N times α (log r − r + 1 − s) + ½ log(α/2π) − e(α) − mean log x, with r = βm/α.

        e is Stirling's error. No term is larger than the result where the fit is close.
        """
        excess = (rate * statistics.mean - shape) / shape
        peak = 0.5 * np.log(shape / (2.0 * math.pi)) - stirling_error(shape)
        far = np.log(rate) + math.log(statistics.mean) - np.log(shape)
        near = np.abs(excess) < 0.5
        log_ratio = np.where(near, np.log1p(np.where(near, excess, 0.0)), far)
        misfit = log_ratio - excess - statistics.gap
        log_mean = math.log(statistics.mean) - statistics.gap
        return statistics.n * (shape * misfit + peak - log_mean)

    @classmethod
    def mean_score(cls, statistics: PositiveLogs, shape: float, rate: float) -> tuple[float, ...]:
        """Log r + log α − ψ(α) − s and (1 − r) α/β."""
        excess = (rate * statistics.mean - shape) / shape
        far = math.log(rate) + math.log(statistics.mean) - math.log(shape)
        log_ratio = math.log1p(excess) if abs(excess) < 0.5 else far
        by_shape = log_ratio + digamma_gap(shape) - statistics.gap
        return by_shape, -excess * shape / rate

    @classmethod
    def information(cls, statistics: PositiveLogs, shape: float, rate: float) -> Array:
        """N times [[ψ′(α), −1/β], [−1/β, α/β²]]."""
        trigamma = float(scipy.special.zeta(2.0, shape))
        cross = -1.0 / rate
        return statistics.n * np.array([[trigamma, cross], [cross, shape / rate / rate]])

    @classmethod
    def obstacle(cls, statistics: PositiveLogs) -> str | None:
        """A sample without spread."""
        if statistics.spread > 0:
            return None
        return "all values are equal, and a gamma grows without bound with its shape there"
