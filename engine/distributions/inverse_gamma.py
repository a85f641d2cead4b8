"""The inverse gamma distribution.

    f(x) = βᵅ x⁻ᵅ⁻¹ exp(−β/x) / Γ(α),   x > 0, α > 0, β > 0

The law of 1/x of a gamma variable with rate β. R: ``actuar::dinvgamma(x, shape, scale =
scale)``; SciPy: ``invgamma(shape, scale=scale)``. Johnson, Kotz & Balakrishnan, Continuous
Univariate Distributions 1, chapter 17.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.gamma_kernel import digamma_gap, log_peak, shape_start
from engine.distributions.pointwise import Pointwise
from engine.distributions.positive import harmonic_mean, inside, ratio
from engine.domains import POSITIVE
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["InverseGamma"]


@final
@dataclass(frozen=True)
class InverseGamma(Pointwise):
    """Inverse gamma distribution with its shape and scale."""

    name = "inverse-gamma"
    support = POSITIVE_NUMBERS
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, ch. 17"
    example = (3.0, 2.0)
    degenerate = (
        "the likelihood of an inverse-gamma grows without bound with its shape there; it "
        "needs values that differ"
    )

    shape: float = parameter(POSITIVE, "α", "how fast the upper tail falls: as x to the power −α")
    scale: float = parameter(POSITIVE, "β", "proportional to all quantiles, in the data's unit", 1)

    def log_density(self, x: Array) -> Array:
        """Log peak + α (log r − r + 1) − log x with r = β/αx, and −∞ outside the support."""
        with np.errstate(divide="ignore", over="ignore"):
            r = 1.0 / ratio(x, self.scale / self.shape)
            bend = np.log(r) - (r - 1.0)
            density = log_peak(self.shape) + self.shape * bend - np.log(np.where(x > 0, x, 1.0))
        return np.where(x > 0, density, -np.inf)

    def score(self, x: Array) -> Array:
        """Log β/x − ψ(α) and α/β − 1/x."""
        r = self.scale / self.shape / x
        by_shape = np.log(r) + digamma_gap(self.shape)
        return np.stack([by_shape, self.shape / self.scale * (1.0 - r)])

    def cdf(self, x: Array) -> Array:
        """Q(α, β/x), the regularised upper incomplete gamma function."""
        return scipy.special.gammaincc(self.shape, self._inverse(x))

    def survival(self, x: Array) -> Array:
        """P(α, β/x), the lower one."""
        return scipy.special.gammainc(self.shape, self._inverse(x))

    def quantile(self, p: Array) -> Array:
        """β/Q⁻¹(α, p)."""
        with np.errstate(divide="ignore", over="ignore"):
            return self.scale / scipy.special.gammainccinv(self.shape, p)

    def draw(self, n: int, random: RandomSource) -> Array:
        """Reciprocals of NumPy's own gamma draws."""
        with np.errstate(divide="ignore", over="ignore"):
            return inside(self.scale / random.gamma(self.shape, 1.0, n))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Shape from the harmonic and the geometric mean, scale from the harmonic mean."""
        harmonic = harmonic_mean(sample)
        shape = shape_start(sample.average(np.log(sample.values)) - math.log(harmonic))
        return cls(shape, POSITIVE.clamp(shape * harmonic))

    def _inverse(self, x: Array) -> Array:
        with np.errstate(divide="ignore", over="ignore"):
            return self.scale / np.where(x > 0, x, 0.0)
