"""The log-logistic distribution.

    f(x) = β/α (x/α)ᵝ⁻¹ / (1 + (x/α)ᵝ)²,   x > 0, β > 0, α > 0

R: ``actuar::dllogis(x, shape, scale = scale)``; SciPy: ``fisk(shape, scale=scale)``. Johnson,
Kotz & Balakrishnan, Continuous Univariate Distributions 2, chapter 23.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.pointwise import Pointwise
from engine.distributions.positive import inside, log_moments, log_ratio
from engine.domains import POSITIVE
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["Loglogistic"]

LOGISTIC_DEVIATION = math.pi / math.sqrt(3.0)


@final
@dataclass(frozen=True)
class Loglogistic(Pointwise):
    """Log-logistic distribution with its shape and scale."""

    name = "loglogistic"
    support = POSITIVE_NUMBERS
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 23"
    example = (3.0, 2.0)
    degenerate = (
        "the likelihood of a loglogistic grows without bound with its shape there; it needs "
        "values that differ"
    )

    shape: float = parameter(POSITIVE, "β", "how fast the upper tail falls: as x to the power −β")
    scale: float = parameter(POSITIVE, "α", "the median, in the data's unit", 1)

    def log_density(self, x: Array) -> Array:
        """Log β/x − |t| − 2 log(1 + exp(−|t|)) with t = β log(x/α), and −∞ outside."""
        with np.errstate(over="ignore"):
            log_z = log_ratio(x, self.scale)
            t = np.abs(self.shape * log_z)
            constant = math.log(self.shape) - math.log(self.scale)
            density = constant - log_z - t - 2.0 * np.log1p(np.exp(-t))
        return np.where(x > 0, density, -np.inf)

    def score(self, x: Array) -> Array:
        """1/β − log(x/α) tanh(t/2) and β/α tanh(t/2)."""
        log_z = log_ratio(x, self.scale)
        pull = np.tanh(0.5 * self.shape * log_z)
        return np.stack([1.0 / self.shape - log_z * pull, self.shape / self.scale * pull])

    def cdf(self, x: Array) -> Array:
        """1/(1 + exp(−t))."""
        return scipy.special.expit(self._logit(x))

    def survival(self, x: Array) -> Array:
        """1/(1 + exp(t))."""
        return scipy.special.expit(-self._logit(x))

    def quantile(self, p: Array) -> Array:
        """α (p/(1 − p))^(1/β)."""
        with np.errstate(divide="ignore", over="ignore"):
            return self.scale * (p / (1.0 - p)) ** (1.0 / self.shape)

    def draw(self, n: int, random: RandomSource) -> Array:
        """Exponentials of NumPy's own logistic draws."""
        with np.errstate(over="ignore"):
            return inside(self.scale * np.exp(random.logistic(0.0, 1.0 / self.shape, n)))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Return mean and deviation of log x, which is a logistic variable, matched."""
        mean, deviation = log_moments(sample)
        return cls(LOGISTIC_DEVIATION / deviation, POSITIVE.clamp(math.exp(mean)))

    def _logit(self, x: Array) -> Array:
        with np.errstate(over="ignore"):
            return np.where(x > 0, self.shape * log_ratio(x, self.scale), -np.inf)
