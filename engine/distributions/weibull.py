"""The Weibull distribution.

    f(x) = k/λ (x/λ)ᵏ⁻¹ exp(−(x/λ)ᵏ),   x > 0, k > 0, λ > 0

R: ``dweibull(x, shape, scale)``; SciPy: ``weibull_min(shape, scale=scale)``. Johnson, Kotz
& Balakrishnan, Continuous Univariate Distributions 1, chapter 21.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np

from engine.distributions.base import Array, parameter
from engine.distributions.pointwise import Summed
from engine.distributions.positive import inside, log_moments, log_ratio
from engine.domains import POSITIVE
from engine.samples.points import Points, all_ones, total
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["Weibull"]

GUMBEL_DEVIATION = math.pi / math.sqrt(6.0)


@final
@dataclass(frozen=True)
class Weibull(Summed):
    """Weibull distribution with its shape and scale."""

    name = "weibull"
    support = POSITIVE_NUMBERS
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 21"
    example = (1.5, 2.0)
    degenerate = (
        "the likelihood of a weibull grows without bound with its shape there; it needs "
        "values that differ"
    )
    at_once = True

    shape: float = parameter(POSITIVE, "k", "how the hazard changes: below 1 falls, above 1 rises")
    scale: float = parameter(POSITIVE, "λ", "the 63rd percentile, in the data's unit", 1)

    def log_density(self, x: Array) -> Array:
        """Log k/λ + (k − 1) log z − zᵏ with z = x/λ, and −∞ outside the support."""
        with np.errstate(over="ignore"):
            log_z = log_ratio(x, self.scale)
            constant = math.log(self.shape) - math.log(self.scale)
            density = constant + (self.shape - 1.0) * log_z - np.exp(self.shape * log_z)
        return np.where(x > 0, density, -np.inf)

    def score(self, x: Array) -> Array:
        """1/k − (zᵏ − 1) log z and (zᵏ − 1) k/λ."""
        log_z = log_ratio(x, self.scale)
        excess = np.expm1(self.shape * log_z)
        return np.stack([1.0 / self.shape - log_z * excess, self.shape / self.scale * excess])

    @classmethod
    def _totals(cls, x: Array, weights: Array, shape: float, scale: float) -> Array:
        """Σw, Σw log z, Σw zᵏ, Σw zᵏ log z and Σw zᵏ log² z."""
        log_z = np.log(x)
        log_z -= math.log(scale)
        power = np.multiply(log_z, shape)
        np.exp(power, out=power)
        logs, powers = weights @ log_z, weights @ power
        power *= log_z
        products = weights @ power
        if not all_ones(weights):
            power *= weights
        return np.array([total(weights), logs, powers, products, power @ log_z])

    @classmethod
    def _slopes(cls, totals: Array, shape: float, scale: float) -> tuple[float, Array]:
        """Log-likelihood and score from these sums."""
        n, logs, powers, products, _ = totals.tolist()
        value = n * (math.log(shape) - math.log(scale)) + (shape - 1.0) * logs - powers
        return value, np.array([n / shape + logs - products, shape / scale * (powers - n)])

    @classmethod
    def sums(cls, x: Array, weights: Array, *parameters: float) -> tuple[float, Array]:
        """Log density and score from Σw, Σw log z, Σw zᵏ and Σw zᵏ log z."""
        return cls._slopes(cls._totals(x, weights, *parameters), *parameters)

    @classmethod
    def jet(cls, statistics: Points, *parameters: float) -> tuple[float, Array, Array]:
        """Value and score, and for the information the second derivatives of zᵏ.

        n/k² + Σ zᵏ log² z, (n − Σ zᵏ − k Σ zᵏ log z)/λ and (k (k + 1) Σ zᵏ − n k)/λ².
        """
        shape, scale = parameters
        totals = statistics.added_up(lambda x, weights: cls._totals(x, weights, shape, scale))
        n, _, powers, products, squares = totals.tolist()
        cross = (n - powers - shape * products) / scale
        by_scale = (shape * (shape + 1.0) * powers - n * shape) / scale / scale
        information = np.array([[n / shape / shape + squares, cross], [cross, by_scale]])
        return *cls._slopes(totals, shape, scale), information

    @classmethod
    def information(cls, statistics: Points, *parameters: float) -> Array:
        """Minus the second derivatives."""
        return cls.jet(statistics, *parameters)[2]

    def cdf(self, x: Array) -> Array:
        """1 − exp(−zᵏ)."""
        return -np.expm1(-self._power(x))

    def survival(self, x: Array) -> Array:
        """exp(−zᵏ)."""
        return np.exp(-self._power(x))

    def quantile(self, p: Array) -> Array:
        """λ (−log(1 − p))^(1/k)."""
        with np.errstate(divide="ignore", over="ignore"):
            return self.scale * (-np.log1p(-p)) ** (1.0 / self.shape)

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own Weibull draws."""
        with np.errstate(over="ignore"):
            return inside(self.scale * random.weibull(self.shape, n))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Return mean and deviation of log x, whose negative is a Gumbel variable, matched."""
        mean, deviation = log_moments(sample)
        shape = GUMBEL_DEVIATION / deviation
        return cls(shape, POSITIVE.clamp(math.exp(min(mean + np.euler_gamma / shape, 709.0))))

    def _power(self, x: Array) -> Array:
        with np.errstate(over="ignore"):
            return np.where(x > 0, np.exp(self.shape * log_ratio(x, self.scale)), 0.0)
