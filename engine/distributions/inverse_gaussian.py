"""The inverse Gaussian distribution.

    f(x) = √(λ/2πx³) exp(−λ(x − μ)² / 2μ²x),   x > 0, μ > 0, λ > 0

R: ``statmod::dinvgauss(x, mean, shape)``; SciPy: ``invgauss(mean/shape, scale=shape)``.
Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, chapter 15. With
a = √(λ/x)(x/μ − 1) and b = √(λ/x)(x/μ + 1), exp(2λ/μ) Φ(−b) of the textbook cdf is
½ exp(−a²/2) erfcx(b/√2), which neither overflows nor cancels.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.inversion import positive_quantile
from engine.distributions.pointwise import Pointwise
from engine.distributions.positive import inside
from engine.domains import POSITIVE
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["InverseGaussian"]

HALF_LOG_2PI = 0.5 * math.log(2.0 * math.pi)
LEAST_DISPERSION = 1e-18
FARTHEST = 1e100
NODES, WEIGHTS = np.polynomial.legendre.leggauss(6)


@final
@dataclass(frozen=True)
class InverseGaussian(Pointwise):
    """Inverse Gaussian distribution with its mean and shape: when a drift reaches a level."""

    name = "inverse-gaussian"
    support = POSITIVE_NUMBERS
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 15"
    example = (2.0, 3.0)
    degenerate = (
        "the likelihood of an inverse-gaussian grows without bound with its shape there; it "
        "needs values that differ"
    )

    mean: float = parameter(POSITIVE, "μ", "mean, in the data's unit", 1)
    shape: float = parameter(
        POSITIVE, "λ", "concentration, in the data's unit; variance is μ³/λ", 1
    )

    def log_density(self, x: Array) -> Array:
        """½ log λ/2πx³ − λ(x − μ)²/2μ²x, and −∞ outside the support."""
        with np.errstate(over="ignore"):
            inside_x = np.where(x > 0, x, self.mean)
            constant = 0.5 * math.log(self.shape) - HALF_LOG_2PI
            distance = 0.5 * self.shape / self.mean * _dispersion(inside_x, self.mean)
            density = constant - 1.5 * np.log(inside_x) - distance
        return np.where(x > 0, density, -np.inf)

    def score(self, x: Array) -> Array:
        """λ(x − μ)/μ³ and 1/2λ − (x − μ)²/2μ²x."""
        by_mean = self.shape / self.mean * ((x - self.mean) / self.mean) / self.mean
        by_shape = 0.5 * (1.0 / self.shape - _dispersion(x, self.mean) / self.mean)
        return np.stack([by_mean, by_shape])

    def cdf(self, x: Array) -> Array:
        """Φ(a) + ½ exp(−a²/2) erfcx(b/√2)."""
        a, half = self._bounds(x)
        both = scipy.special.ndtr(a) + 0.5 * np.exp(-0.5 * a**2) * _erfcx(a + 2.0 * half)
        return np.where(x > 0, both, 0.0)

    def survival(self, x: Array) -> Array:
        """½ exp(−a²/2) (erfcx(a/√2) − erfcx(b/√2)), or Φ(−a) less the second term."""
        a, half = self._bounds(x)
        bell = 0.5 * np.exp(-0.5 * a**2)
        upper = bell * _erfcx_drop(np.maximum(a, -1.0), half)
        lower = scipy.special.ndtr(-a) - bell * _erfcx(a + 2.0 * half)
        return np.where(x > 0, np.where(a > -1.0, upper, lower), 1.0)

    def quantile(self, p: Array) -> Array:
        """Inverse of the cdf, by Newton's method."""
        return positive_quantile(self, p, self.mean)

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own inverse Gaussian draws."""
        return inside(random.wald(self.mean, self.shape, n))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Return the maximum's own formula, kept off samples without spread."""
        mean = sample.average(sample.values)
        dispersion = max(sample.average(_dispersion(sample.values, mean)), LEAST_DISPERSION)
        return cls(mean, POSITIVE.clamp(mean / dispersion))

    @classmethod
    def closed_form(cls, statistics: Points) -> Self | None:
        """x̄, and 1 over the mean of (x − x̄)²/x̄²x."""
        if cls.obstacle(statistics) is not None:
            return None
        mean = statistics.average(statistics.values)
        dispersion = statistics.average(_dispersion(statistics.values, mean))
        return cls(mean, POSITIVE.clamp(mean / dispersion))

    def _bounds(self, x: Array) -> tuple[Array, Array]:
        """Return a and (b − a)/2 = √(λ/x), kept where their squares are doubles."""
        with np.errstate(over="ignore"):
            inside_x = np.where(x > 0, x, self.mean)
            half = np.minimum(np.sqrt(self.shape / inside_x), FARTHEST)
            a = half * ((inside_x - self.mean) / self.mean)
        return np.clip(a, -FARTHEST, FARTHEST), half


def _dispersion(x: Array, mean: float) -> Array:
    """(x − μ)²/μx."""
    return (x - mean) / mean * ((x - mean) / x)


def _erfcx(z: Array) -> Array:
    """Ratio of 2Φ(−z) to exp(−z²/2)."""
    return scipy.special.erfcx(z / math.sqrt(2.0))


def _erfcx_drop(a: Array, half: Array) -> Array:
    """Fall of the ratio from a to a + 2 half, integrated where too small to subtract."""
    t = a + half * (1.0 + NODES[:, np.newaxis])
    slopes = math.sqrt(2.0 / math.pi) - t * _erfcx(t)
    return np.where(half < 0.1, half * (WEIGHTS @ slopes), _erfcx(a) - _erfcx(a + 2.0 * half))
