"""The Kumaraswamy distribution.

    F(x) = 1 − (1 − xᵃ)ᵇ,   0 < x < 1, a > 0, b > 0

R: VGAM's ``dkumar(x, shape1 = a, shape2 = b)``; SciPy has none. Jones, Kumaraswamy's
distribution, Statistical Methodology 6 (2009).
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.pointwise import Pointwise
from engine.domains import POSITIVE, UNIT
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import UNIT_INTERVAL

__all__ = ["Kumaraswamy", "log_complement"]

LOG_HALF = -math.log(2.0)
SHAPES = (1e-6, 1e300)
"""Second shapes among which the start is looked up."""

LEAST_VARIATION = 1e-2


def log_complement(t: Array) -> Array:
    """Log(1 − exp t) for t < 0, exact on both ends (Mächler, 2012)."""
    near = t > LOG_HALF
    by_difference = np.log(-np.expm1(np.where(near, t, LOG_HALF)))
    return np.where(near, by_difference, np.log1p(-np.exp(np.where(near, LOG_HALF, t))))


@final
@dataclass(frozen=True)
class Kumaraswamy(Pointwise):
    """Kumaraswamy distribution with its two shapes."""

    name = "kumaraswamy"
    support = UNIT_INTERVAL
    reference = "Jones, Kumaraswamy's distribution, Statistical Methodology 6 (2009)"
    example = (2.0, 3.0)
    degenerate = (
        "a kumaraswamy grows without bound with its shapes there; it needs values that differ"
    )

    a: float = parameter(POSITIVE, "a", "form at 0: below 1 a pole, above 1 it vanishes")
    b: float = parameter(POSITIVE, "b", "form at 1: below 1 a pole, above 1 it vanishes")

    def _log_power(self, x: Array) -> Array:
        """a log x, of ½ in place of x outside the support."""
        return self.a * np.log(np.where((x > 0) & (x < 1), x, 0.5))

    def _log_survival(self, x: Array) -> Array:
        """b log(1 − xᵃ) inside the support."""
        return self.b * log_complement(self._log_power(x))

    def log_density(self, x: Array) -> Array:
        """Log ab + (a − 1) log x + (b − 1) log(1 − xᵃ), and −∞ outside the support."""
        inside = (x > 0) & (x < 1)
        rise = (self.a - 1.0) * np.log(np.where(inside, x, 0.5))
        fall = (self.b - 1.0) * log_complement(self._log_power(x))
        return np.where(inside, math.log(self.a) + math.log(self.b) + rise + fall, -np.inf)

    def score(self, x: Array) -> Array:
        """1/a + log x (1 − (b − 1) xᵃ/(1 − xᵃ)) and 1/b + log(1 − xᵃ)."""
        t = self._log_power(x)
        odds = np.exp(t - log_complement(t))
        by_a = 1.0 / self.a + t / self.a * (1.0 - (self.b - 1.0) * odds)
        return np.stack([by_a, 1.0 / self.b + log_complement(t)])

    def cdf(self, x: Array) -> Array:
        """1 − (1 − xᵃ)ᵇ."""
        return np.select([x <= 0, x >= 1], [0.0, 1.0], -np.expm1(self._log_survival(x)))

    def survival(self, x: Array) -> Array:
        """(1 − xᵃ)ᵇ."""
        return np.select([x <= 0, x >= 1], [1.0, 0.0], np.exp(self._log_survival(x)))

    def quantile(self, p: Array) -> Array:
        """(1 − (1 − p)^(1/b))^(1/a)."""
        return (-np.expm1(np.log1p(-p) / self.b)) ** (1.0 / self.a)

    def draw(self, n: int, random: RandomSource) -> Array:
        """(1 − exp(−E/b))^(1/a) with E standard exponential, kept off the ends."""
        powers = -np.expm1(-random.exponential(1.0, n) / self.b)
        return np.clip(powers ** (1.0 / self.a), UNIT.lower, UNIT.upper)

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Mean and variance of −log x, whose ratio depends on b alone.

        They are (ψ(b + 1) − ψ(1))/a and (ψ'(1) − ψ'(b + 1))/a².
        """
        logs = -np.log(sample.values)
        mean = sample.average(logs)
        variation = math.sqrt(sample.average((logs / mean - 1.0) ** 2))
        psi = scipy.special.polygamma
        shapes = np.geomspace(*SHAPES, 400)
        rises = psi(0, shapes + 1.0) - psi(0, 1.0)
        tabled = rises / np.sqrt(psi(1, 1.0) - psi(1, shapes + 1.0))
        inverse = 1.0 / max(variation, LEAST_VARIATION)
        b = math.exp(float(np.interp(inverse, tabled, np.log(shapes))))
        return cls(POSITIVE.clamp(float(psi(0, b + 1.0) - psi(0, 1.0)) / mean), b)
