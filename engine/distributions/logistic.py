"""The logistic distribution.

    f(x) = exp(−z) / σ(1 + exp(−z))²,   z = (x − μ)/σ,   x real, μ real, σ > 0

R: ``dlogis(x, location, scale)``; SciPy: ``logistic(loc=location, scale=scale)``. Johnson,
Kotz & Balakrishnan, Continuous Univariate Distributions 2, chapter 23.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.centre import centre
from engine.distributions.pointwise import Pointwise
from engine.domains import POSITIVE, REAL
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import REAL_LINE

__all__ = ["Logistic"]

LOGISTIC_IQR = 2.0 * math.log(3.0)


@final
@dataclass(frozen=True)
class Logistic(Pointwise):
    """Logistic distribution with its location and scale."""

    name = "logistic"
    support = REAL_LINE
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 23"
    example = (1.0, 2.0)
    degenerate = (
        "the likelihood grows without bound as the scale goes to 0; a logistic needs values "
        "that differ"
    )

    location: float = parameter(REAL, "μ", "centre, median and mean, in the data's unit", 1)
    scale: float = parameter(POSITIVE, "σ", "width, in the data's unit; the deviation is 1.81σ", 1)

    def log_density(self, x: Array) -> Array:
        """−|z| − 2 log(1 + exp(−|z|)) − log σ, which is the same on both sides."""
        size = np.abs(x - self.location) / self.scale
        return -size - 2.0 * np.log1p(np.exp(-size)) - math.log(self.scale)

    def score(self, x: Array) -> Array:
        """Tanh(z/2)/σ and (z tanh(z/2) − 1)/σ."""
        z = (x - self.location) / self.scale
        slope = np.tanh(0.5 * z)
        return np.stack([slope, z * slope - 1.0]) / self.scale

    def cdf(self, x: Array) -> Array:
        """1/(1 + exp(−z))."""
        return scipy.special.expit((x - self.location) / self.scale)

    def survival(self, x: Array) -> Array:
        """1/(1 + exp(z))."""
        return scipy.special.expit((self.location - x) / self.scale)

    def quantile(self, p: Array) -> Array:
        """μ + σ log(p/(1 − p))."""
        return self.location + self.scale * scipy.special.logit(p)

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own logistic draws."""
        return random.logistic(self.location, self.scale, n)

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Median, and the interquartile range over 2 log 3."""
        median, spread = centre(sample)
        return cls(median, POSITIVE.clamp(spread / LOGISTIC_IQR))
