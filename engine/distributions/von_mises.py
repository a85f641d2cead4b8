"""The von Mises distribution on the circle.

    f(x) = exp(κ cos(x − μ)) / (2π I₀(κ)),   −π ≤ x ≤ π, μ real, κ > 0

Values are angles in radians from −π to π; the direction matters modulo 2π, and the cdf
starts at −π. R: circular's ``dvonmises(x, mu = direction, kappa = concentration)``; SciPy:
``vonmises(concentration, loc=direction)``. Mardia & Jupp, Directional Statistics, section
3.5.4; the start is Banerjee's (Journal of Machine Learning Research 6, 2005).
"""

import math
from dataclasses import dataclass
from typing import Self, final

import numpy as np
import scipy

from engine.distributions.base import Array, parameter
from engine.distributions.inversion import root
from engine.distributions.pointwise import Pointwise
from engine.domains import POSITIVE, REAL
from engine.samples.points import Points
from engine.samples.sample import RandomSource, Sample
from engine.samples.support import ANGLES

__all__ = ["VonMises", "resultant", "shortfall"]

TURN = 2.0 * math.pi
NODES, WEIGHTS = np.polynomial.legendre.leggauss(48)
REACH = 20.0
"""Where the density has fallen by exp(−2·20), the rest of a tail is below rounding."""

LARGE = 300.0
NARROW = 1e6
"""Concentration from which the distribution is normal to six digits."""

LEAST_VARIANCE = 1e-14
LEAST_LENGTH = 1e-12


def shortfall(concentration: float) -> float:
    """1 − I₁(κ)/I₀(κ), by its asymptotic series where that would cancel."""
    if concentration < LARGE:
        i0e, i1e = scipy.special.i0e(concentration), scipy.special.i1e(concentration)
        return float((i0e - i1e) / i0e)
    terms = (0.0, 1 / 2, 1 / 8, 1 / 8, 25 / 128, 13 / 32, 1073 / 1024)
    return float(np.polynomial.polynomial.polyval(1.0 / concentration, terms))


def resultant(points: Points | Sample) -> tuple[float, float]:
    """Mean direction, and circular variance: 1 less the length of the mean vector."""
    x = points.values
    direction = math.atan2(points.average(np.sin(x)), points.average(np.cos(x)))
    return direction, 2.0 * points.average(np.sin((x - direction) / 2.0) ** 2)


@final
@dataclass(frozen=True)
class VonMises(Pointwise):
    """Von Mises distribution with its direction and concentration."""

    name = "von-mises"
    support = ANGLES
    reference = "Mardia & Jupp, Directional Statistics, s. 3.5.4"
    example = (0.5, 2.0)

    direction: float = parameter(REAL, "μ", "mean direction, in radians")
    concentration: float = parameter(POSITIVE, "κ", "near 0 uniform, large all in one direction")

    def log_density(self, x: Array) -> Array:
        """κ cos(x − μ) − log 2π I₀(κ), and −∞ outside the support."""
        # both terms less κ, which would drown the rest
        dip = -2.0 * self.concentration * np.sin((x - self.direction) / 2.0) ** 2
        density = dip - math.log(TURN * scipy.special.i0e(self.concentration))
        return np.where(self.support.contains(x), density, -np.inf)

    def score(self, x: Array) -> Array:
        """κ sin(x − μ) and cos(x − μ) − I₁(κ)/I₀(κ)."""
        by_direction = self.concentration * np.sin(x - self.direction)
        dip = -2.0 * np.sin((x - self.direction) / 2.0) ** 2
        return np.stack([by_direction, shortfall(self.concentration) + dip])

    def _tail(self, angle: Array) -> Array:
        """Probability from opposite the direction up to an angle from −π to 0 off it."""
        dip = np.sin(angle / 2.0) ** 2
        end = -2.0 * np.arcsin(np.sqrt(np.minimum(dip + REACH / self.concentration, 1.0)))
        half = (angle - end) / 2.0
        mass = np.zeros(angle.shape)
        for node, weight in zip(NODES, WEIGHTS, strict=True):
            place = end + half * (1.0 + node)
            mass += weight * np.exp(-2.0 * self.concentration * np.sin(place / 2.0) ** 2)
        return half * mass / (TURN * scipy.special.i0e(self.concentration))

    def _winding(self, angle: Array) -> tuple[Array, Array]:
        """Probability up to an angle off the direction, counted on over whole turns.

        Returned as a whole number and the rest, from −½ to ½, so that a small probability
        is not lost in the difference of two large ones.
        """
        turns = np.floor((angle + math.pi) / TURN)
        rest = np.clip(angle - TURN * turns, -math.pi, math.pi)
        tail = self._tail(-np.abs(rest))
        return turns + (rest > 0), np.where(rest > 0, -tail, tail)

    def _since(self, x: Array) -> tuple[Array, Array]:
        """Probability from −π to x, as a whole number and the rest."""
        direction = math.remainder(self.direction, TURN)
        whole, rest = self._winding(x - direction)
        first, offset = self._winding(np.array([-math.pi - direction]))
        return whole - first, rest - offset

    def cdf(self, x: Array) -> Array:
        """Integral of the density from −π, by Gauss's rule."""
        whole, rest = self._since(np.clip(x, -math.pi, math.pi))
        return np.clip(whole + rest, 0.0, 1.0)

    def survival(self, x: Array) -> Array:
        """Integral of the density up to π."""
        whole, rest = self._since(np.clip(x, -math.pi, math.pi))
        return np.clip((1.0 - whole) - rest, 0.0, 1.0)

    def quantile(self, p: Array) -> Array:
        """Newton's method on the cdf, which winds on beyond the ends."""

        def excess(x: Array) -> tuple[Array, Array]:
            """The cdf beyond its target, and the density."""
            whole, rest = self._since(x)
            dip = -2.0 * self.concentration * np.sin((x - self.direction) / 2.0) ** 2
            slope = np.exp(dip) / (TURN * scipy.special.i0e(self.concentration))
            return whole + (rest - p), slope

        start = np.full(p.shape, math.remainder(self.direction, TURN))
        with np.errstate(all="ignore"):
            return np.clip(root(excess, start), -math.pi, math.pi)

    def draw(self, n: int, random: RandomSource) -> Array:
        """NumPy's own von Mises draws; normal ones where its legacy generator would hang."""
        direction, concentration = math.remainder(self.direction, TURN), self.concentration
        if concentration < NARROW:
            return np.clip(random.vonmises(direction, concentration, n), -math.pi, math.pi)
        angles = random.normal(direction, 1.0 / math.sqrt(concentration), n)
        return np.clip(angles - TURN * np.round(angles / TURN), -math.pi, math.pi)

    @classmethod
    def guess(cls, sample: Sample) -> Self:
        """Mean direction, and κ near r(2 − r²)/(1 − r²) with r the mean vector's length."""
        direction, variance = resultant(sample)
        variance = max(variance, LEAST_VARIANCE)
        r = 1.0 - variance
        return cls(direction, max(r * (2.0 - r * r) / (variance * (1.0 + r)), 1e-3))

    @classmethod
    def obstacle(cls, statistics: Points) -> str | None:
        """A sample without spread, or one without a direction."""
        if np.ptp(statistics.values) == 0:
            return (
                "all values are equal, and a von-mises grows without bound with its "
                "concentration there; it needs values that differ"
            )
        if 1.0 - resultant(statistics)[1] > LEAST_LENGTH:
            return None
        return (
            "the values balance each other around the circle, and a von-mises has no direction "
            "there; its best concentration is 0, which is a uniform"
        )
