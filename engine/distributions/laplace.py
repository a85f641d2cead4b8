"""The Laplace distribution.

    f(x) = exp(−|x − μ|/b) / 2b,   x real, μ real, b > 0

R: ``VGAM::dlaplace(x, location, scale)``; SciPy: ``laplace(loc=location, scale=scale)``.
Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, chapter 24.
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np

from engine.distributions.base import Array, Distribution, parameter
from engine.distributions.centre import centre
from engine.domains import POSITIVE, REAL
from engine.samples.ranks import Ranks
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import REAL_LINE

__all__ = ["Laplace"]

LAPLACE_IQR = 2.0 * math.log(2.0)


@final
@dataclass(frozen=True)
class Laplace(Distribution):
    """Laplace distribution with its location and scale."""

    name = "laplace"
    corner = True
    support = REAL_LINE
    reference = "Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 2, ch. 24"
    example = (1.0, 2.0)
    degenerate = (
        "the likelihood grows without bound as the scale goes to 0; a laplace needs values "
        "that differ"
    )

    location: float = parameter(REAL, "μ", "the peak, median and mean, in the data's unit", 1)
    scale: float = parameter(
        POSITIVE, "b", "mean distance from the location, in the data's unit", 1
    )

    def log_density(self, x: Array) -> Array:
        """−|x − μ|/b − log 2b."""
        return -np.abs(x - self.location) / self.scale - math.log(2.0) - math.log(self.scale)

    def score(self, x: Array) -> Array:
        """Sign(x − μ)/b and (|x − μ|/b − 1)/b; at the kink, the middle of the slopes."""
        z = (x - self.location) / self.scale
        return np.stack([np.sign(z), np.abs(z) - 1.0]) / self.scale

    def cdf(self, x: Array) -> Array:
        """Half of exp(z), z = (x − μ)/b, below the location; 1 less half of exp(−z) above."""
        z = (x - self.location) / self.scale
        tail = 0.5 * np.exp(-np.abs(z))
        return np.where(z < 0, tail, 1.0 - tail)

    def survival(self, x: Array) -> Array:
        """Mirror image of the cdf."""
        z = (x - self.location) / self.scale
        tail = 0.5 * np.exp(-np.abs(z))
        return np.where(z > 0, tail, 1.0 - tail)

    @np.errstate(divide="ignore")
    def quantile(self, p: Array) -> Array:
        """μ + b log 2p below the median, μ − b log 2(1 − p) above."""
        distance = np.log(2.0 * np.minimum(p, 1.0 - p))
        return self.location + self.scale * np.where(p < 0.5, distance, -distance)

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own Laplace draws."""
        return random.laplace(self.location, self.scale, n)

    @classmethod
    def condense(cls, sample: Sample) -> Ranks:
        """The sample in order, for its likelihood needs distances to the location alone."""
        return Ranks.of(sample)

    @classmethod
    def log_likelihood(
        cls, statistics: Ranks, location: float | Array, scale: float | Array
    ) -> float | Array:
        """−n log 2b − Σ |x − μ|/b."""
        return -statistics.n * np.log(2.0 * scale) - statistics.distance(location) / scale

    @classmethod
    def mean_score(cls, statistics: Ranks, location: float, scale: float) -> tuple[float, ...]:
        """Mean sign of x − μ over b, and (mean |x − μ|/b − 1)/b."""
        distance = float(statistics.distance(location)) / statistics.n
        by_location = statistics.balance(location) / statistics.n / scale
        return by_location, (distance / scale - 1.0) / scale

    @classmethod
    def information(cls, statistics: Ranks, location: float, scale: float) -> Array:
        """Expected information by the location, n/b², for the likelihood is broken lines there.

        By the scale it is the observed one.
        """
        size = float(statistics.distance(location)) / statistics.n / scale
        return statistics.n * np.diag([1.0, 2.0 * size - 1.0]) / scale / scale

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Median, and the interquartile range over 2 log 2."""
        median, spread = centre(sample)
        return cls(median, POSITIVE.clamp(spread / LAPLACE_IQR))

    @classmethod
    def closed_form(cls, statistics: Ranks) -> Self | None:
        """Median, and the mean distance from it."""
        upto, half = statistics.below[1:], statistics.n / 2.0
        # where half of the weight ends at a value, any point up to the next is a median
        ends = [np.searchsorted(upto, half, side) for side in ("left", "right")]
        median = float(np.mean(statistics.values[ends]))
        scale = float(statistics.distance(median)) / statistics.n
        return cls(median, scale) if POSITIVE.contains(scale) else None

    @classmethod
    def kinks(cls, statistics: Ranks, values: tuple[float, ...]) -> tuple[str, Array] | None:
        """Observations, at each of which the likelihood bends."""
        return "location", statistics.values
