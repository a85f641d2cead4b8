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

from engine.distributions.base import Array, parameter
from engine.distributions.pointwise import Pointwise
from engine.domains import POSITIVE
from engine.points import Points
from engine.sample import RandomSource, Sample
from engine.support import POSITIVE_NUMBERS

__all__ = ["Gamma"]


@final
@dataclass(frozen=True)
class Gamma(Pointwise):
    """Gamma distribution with its shape and rate."""

    name = "gamma"
    support = POSITIVE_NUMBERS
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 17"
    example = (3.0, 0.5)

    shape: float = parameter(POSITIVE, "α", "form: below 1 a pole at 0, above 1 a hump")
    rate: float = parameter(POSITIVE, "β", "1 over the scale, in 1 over the data's unit")

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
    def guess(cls, sample: Sample) -> Self:
        """Shape from s = log x̄ − mean log x by Minka's formula, rate from the mean."""
        mean = sample.average(sample.values)
        s = max(math.log(mean) - sample.average(np.log(sample.values)), 1e-12)
        shape = (3.0 - s + math.sqrt((s - 3.0) ** 2 + 24.0 * s)) / (12.0 * s)
        return cls(shape, POSITIVE.clamp(shape / mean))

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """A sample without spread."""
        if np.ptp(statistics.values) > 0:
            return None
        return "all values are equal, and a gamma grows without bound with its shape there"
