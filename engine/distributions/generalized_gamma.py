"""The generalized gamma distribution of Stacy.

    f(x) = p (x/s)^(kp − 1) exp(−(x/s)^p) / (s Γ(k)),   x > 0, k > 0, p > 0, s > 0

(x/s)^p is gamma distributed with the shape k. R: flexsurv's ``dgengamma.orig(x, shape =
power, scale, k = shape)``; SciPy: ``gengamma(shape, power, scale=scale)``. Johnson, Kotz &
Balakrishnan, Continuous Univariate Distributions 1, section 17.8.7.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.gamma_kernel import digamma_gap, log_peak
from engine.distributions.incomplete_gamma import log_draws, log_lower_inverse, lower, upper
from engine.distributions.pointwise import Pointwise
from engine.distributions.positive import inside, log_moments
from engine.domains import POSITIVE
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import POSITIVE_NUMBERS

__all__ = ["GeneralizedGamma"]

SHAPES = (0.05, 50.0)
"""Shapes at which a search may start."""

FARTHEST = 500.0

POWERS = 60
NEAREST = 0.01
"""Least power of a start, in units of 1 over the standard deviation of the logarithms."""
LEAST = 1e-300


@final
@dataclass(frozen=True)
class GeneralizedGamma(Pointwise):
    """Generalized gamma distribution with its shape, power and scale."""

    name = "generalized-gamma"
    support = POSITIVE_NUMBERS
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1, s. 17.8.7"
    example = (2.0, 1.5, 4.0)
    degenerate = (
        "a generalized-gamma grows without bound with its power there; it needs values that differ"
    )

    shape: float = parameter(POSITIVE, "k", "shape of the gamma; at 1 a Weibull")
    power: float = parameter(POSITIVE, "p", "exponent that makes it a gamma; at 1 a gamma")
    scale: float = parameter(POSITIVE, "s", "unit of the values, in the data's unit", 1)

    def _log_ratio(self, x: Array) -> Array:
        """Log of (x/s)^p over its mean k."""
        return self.power * (np.log(x) - math.log(self.scale)) - math.log(self.shape)

    def _log_power(self, x: Array) -> Array:
        """Log of (x/s)^p, and −∞ outside the support."""
        logs = self.power * (np.log(np.where(x > 0, x, 1.0)) - math.log(self.scale))
        return np.where(x > 0, logs, -np.inf)

    def log_density(self, x: Array) -> Array:
        """Log p − log s − log Γ(k) + (kp − 1) log(x/s) − (x/s)^p, and −∞ outside the support."""
        held = np.where(x > 0, x, 1.0)
        # grouped around the mode, where the plain terms cancel at large k
        ratio = self._log_ratio(held)
        constant = math.log(self.power) + log_peak(self.shape)
        with np.errstate(over="ignore"):
            density = constant + self.shape * (ratio - np.expm1(ratio)) - np.log(held)
        return np.where(x > 0, density, -np.inf)

    def score(self, x: Array) -> Array:
        """With y = (x/s)^p: log y − ψ(k), 1/p + (k − y) log(x/s) and (y − k) p/s."""
        ratio = self._log_ratio(x)
        excess = self.shape * np.expm1(ratio)
        by_power = 1.0 / self.power - excess * (np.log(x) - math.log(self.scale))
        by_scale = excess * self.power / self.scale
        return np.stack([ratio + digamma_gap(self.shape), by_power, by_scale])

    def cdf(self, x: Array) -> Array:
        """P(k, (x/s)^p), the regularised lower incomplete gamma function."""
        return lower(self.shape, self._log_power(x))

    def survival(self, x: Array) -> Array:
        """Q(k, (x/s)^p), the upper one."""
        return upper(self.shape, self._log_power(x))

    def quantile(self, p: Array) -> Array:
        """s P⁻¹(k, p)^(1/power)."""
        return self.scale * np.exp(log_lower_inverse(self.shape, p) / self.power)

    def draw(self, n: int, random: RandomSource) -> Array:
        """Scale times a power of a gamma draw."""
        return inside(self.scale * np.exp(log_draws(self.shape, n, random) / self.power))

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Mean, variance and skewness of log x, which are log s + (log of a gamma)/p."""
        mean, spread = log_moments(sample)
        deviations = np.log(sample.values) - mean
        skewness = sample.average((deviations / spread) ** 3)
        shapes = np.geomspace(*SHAPES, 100)
        skews = scipy.special.polygamma(2, shapes) / scipy.special.polygamma(1, shapes) ** 1.5
        shape = float(np.interp(skewness, skews, shapes))
        power = math.sqrt(scipy.special.polygamma(1, shape)) / spread
        # no value may be so far above that its power overflows
        power = min(power, FARTHEST / max(float(np.max(deviations)), spread))
        scale = math.exp(mean - float(scipy.special.digamma(shape)) / power)
        return cls(shape, power, POSITIVE.clamp(scale))

    @classmethod
    def starts(cls, sample: Sample) -> Sequence[Self]:
        """Return the tops of the likelihood where it is highest for each power.

        With t the log of x less its mean m, and h(p) = log mean exp(pt), those have the shape
        1/p h′(p) and the scale exp(m + (h − log k)/p), in closed form.
        """
        mean, spread = log_moments(sample)
        deviations = np.log(sample.values) - mean
        farthest = FARTHEST / max(float(np.max(deviations)), spread)
        members, heights = [], []
        for power in np.geomspace(min(NEAREST / spread, farthest / 2.0), farthest, POWERS).tolist():
            tilted = sample.frequencies * np.exp(power * deviations)
            total = float(np.sum(tilted))
            h = math.log(total / sample.total)
            shape = total / power / max(float(tilted @ deviations), LEAST)
            log_scale = mean + (h - math.log(shape)) / power
            if abs(log_scale) < FARTHEST:
                members.append(cls(shape, power, math.exp(log_scale)))
                heights.append(math.log(power) + log_peak(shape) - shape * h)
        rises = np.sign(np.diff(heights))
        tops = {*(1 + np.flatnonzero((rises[:-1] > 0) & (rises[1:] <= 0))), np.argmax(heights)}
        return [cls.guess(sample), *(members[top] for top in sorted(tops))]

    @classmethod
    def limits(cls, statistics: Points) -> Sequence[tuple[str, float]]:
        """A lognormal where the shape grows and the power vanishes with 1/√k.

        Where the power grows and the shape vanishes with 1/p, the density a x^(a − 1)/mᵃ of
        what is at most the largest value m, a being kp.
        """
        logs = np.log(statistics.values)
        mean, largest = statistics.average(logs), float(np.max(logs))
        variance = statistics.average((logs - mean) ** 2)
        lognormal = -mean - 0.5 * math.log(2.0 * math.pi * variance) - 0.5
        power = -math.log(largest - mean) - 1.0 - mean
        return ("shape", statistics.n * lognormal), ("power", statistics.n * power)
