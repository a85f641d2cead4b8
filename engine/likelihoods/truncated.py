"""A distribution seen through a range: only values above ``low`` and not above ``high`` are told.

    F(x | low < X ≤ high) = P(low < X ≤ x) / P(low < X ≤ high)

Klein & Moeschberger, Survival Analysis, section 3.4. Every probability is taken from the tail
that keeps its digits, so a range far out in either tail is as good as one in the middle.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.distributions.base import Array, Distribution
from engine.samples.sample import RandomSource, Sample

__all__ = ["Truncated", "log_mass", "mass"]

LIKELY = 0.05
"""Mass of a range from which on drawing and throwing away is cheaper than inverting."""
MOST_HALVINGS = 200

LEAST = 1e-280
"""Mass below which a double does not keep its digits for long, and it is integrated."""
NODES, SHARES = np.polynomial.laguerre.laggauss(40)
"""Of the rule for ∫ e^(−u) g(u) du from 0 on (Abramowitz & Stegun, 25.4.45)."""
NEAR = 1e-6
"""Relative step over which a log density's slope is measured."""


@dataclass(frozen=True, eq=False)
class Truncated:
    """The law of what can be observed; the distribution itself where the range is everything."""

    member: Distribution
    low: float = -math.inf
    high: float = math.inf

    @classmethod
    def of(cls, member: Distribution, sample: Sample) -> Self:
        """Return the law that a sample's observations are from."""
        return cls(member, *sample.observable(whole=member.support.whole))

    @property
    def everything(self) -> bool:
        """Whether nothing is cut off."""
        return (self.low, self.high) == (-math.inf, math.inf)

    def mass(self, low: Array, high: Array) -> Array:
        """Probability of more than low and at most high among what can be observed."""
        low, high = (np.clip(end, self.low, self.high) for end in (low, high))
        if self._observable > LEAST:
            return mass(self.member, low, high) / self._observable
        return np.exp(log_mass(self.member, low, high) - self._log_observable)

    @np.errstate(all="ignore")
    def density(self, x: Array) -> Array:
        """Density, or probability of a count, among what can be observed; 0 elsewhere."""
        heights = np.exp(self.member.log_density(x) - self._log_observable)
        return np.where((x > self.low) & (x <= self.high), heights, 0.0)

    def cdf(self, x: Array) -> Array:
        """Probability of at most x among what can be observed; x may be infinite."""
        return _below(self.member, x) if self.everything else self.mass(np.array([-np.inf]), x)

    def survival(self, x: Array) -> Array:
        """Probability of more than x among what can be observed; x may be infinite."""
        return _above(self.member, x) if self.everything else self.mass(x, np.array([np.inf]))

    def quantile(self, p: Array) -> Array:
        """Least value with a cdf of at least p, by bisection where the range is cut."""
        if self.everything:
            return self.member.quantile(p)

        def reached(x: Array) -> NDArray[np.bool_]:
            """Whether each place has as much below it, by the nearer tail."""
            return np.where(p <= 0.5, self.cdf(x) >= p, self.survival(x) <= 1.0 - p)

        low, high = self._bracket(p, reached)
        for _ in range(MOST_HALVINGS):
            middle = low / 2 + high / 2
            if ((middle <= low) | (middle >= high)).all():
                break
            far = reached(middle)
            low, high = np.where(far, low, middle), np.where(far, middle, high)
        # between two counts the cdf is level, so the lower one has reached p too
        return np.floor(high) if self.member.support.whole else high

    def draw(self, n: int, random: RandomSource) -> Array:
        """Draw n independent values."""
        if self.everything:
            return self.member.draw(n, random)
        if self._observable < LIKELY:
            return self.quantile(random.uniform(size=n))
        found = np.zeros(0)
        while found.size < n:
            drawn = self.member.draw(math.ceil((n - found.size) / self._observable), random)
            found = np.append(found, drawn[(drawn > self.low) & (drawn <= self.high)])
        return found[:n]

    def _bracket(
        self, p: Array, reached: Callable[[Array], NDArray[np.bool_]]
    ) -> tuple[Array, Array]:
        """Ends between which the quantiles lie, an open one found by doubling the distance."""
        largest = np.finfo(float).max
        quartiles = self.member.quantile(np.array([0.25, 0.75]))
        width = float(np.ptp(quartiles)) or 1.0
        low, high = np.full(p.shape, self.low), np.full(p.shape, self.high)
        if math.isinf(self.high):
            high = np.minimum(low + width, largest)
            while not (reached(high) | (high == largest)).all():
                width *= 2.0
                high = np.minimum(low + width, largest)
        elif math.isinf(self.low):
            low = np.maximum(high - width, -largest)
            while (reached(low) & (low > -largest)).any():
                width *= 2.0
                low = np.maximum(high - width, -largest)
        return low, high

    @property
    def _ends(self) -> tuple[Array, Array]:
        return np.array([self.low]), np.array([self.high])

    @cached_property
    def _observable(self) -> float:
        return float(mass(self.member, *self._ends)[0])

    @cached_property
    def _log_observable(self) -> float:
        return 0.0 if self.everything else float(log_mass(self.member, *self._ends)[0])


def mass(member: Distribution, low: Array, high: Array) -> Array:
    """P(low < X ≤ high), from whichever tail loses no digits; either end may be infinite."""
    if (high == np.inf).all():
        return _above(member, low)
    if (low == -np.inf).all():
        return _below(member, high)
    below = _below(member, low)
    lower = below < 0.5
    if lower.all():
        return _below(member, high) - below
    above = _above(member, low) - _above(member, high)
    return np.where(lower, _below(member, high) - below, above) if lower.any() else above


@np.errstate(all="ignore")
def log_mass(member: Distribution, low: Array, high: Array) -> Array:
    """Log P(low < X ≤ high), also where that is below all doubles; −∞ where nobody knows.

    So far out a density falls on from an end nearly as an exponential does, on the logarithms of
    positive values, and a Gauss–Laguerre rule sums it.
    """
    found = mass(member, low, high)
    logs: Array = np.log(found)
    lost = ~(found > LEAST)
    if member.support.whole or not lost.any():
        return logs
    low, high = (np.broadcast_to(end, logs.shape)[lost] for end in (low, high))
    nearer, farther = _tail(member, low, 1.0), _tail(member, high, 1.0)
    if (falling := nearer == -np.inf).any():
        nearer = np.where(falling, _tail(member, high, -1.0), nearer)
        farther = np.where(falling, _tail(member, low, -1.0), farther)
    between = nearer + np.log1p(-np.exp(farther - nearer))
    logs[lost] = np.where(nearer > farther, between, -np.inf)
    return logs


def _tail(member: Distribution, begin: Array, side: float) -> Array:
    """Log of the mass to one side of places; −∞ where the density does not fall from there."""
    if np.isinf(begin).all():
        return np.full(begin.shape, -np.inf)
    positive = member.support.low == 0.0
    begin = begin[:, np.newaxis]

    def density(way: Array) -> Array:
        """Log density so far away, by the coordinate."""
        x = begin * np.exp(way) if positive else begin + way
        found = member.log_density(x.ravel()).reshape(x.shape)
        return found + np.log(begin) + way if positive else found

    unit = 1.0 if positive else np.maximum(np.abs(begin), NEAR)
    step = side * NEAR * unit
    top = density(np.zeros_like(begin))
    rate = (top - density(step + np.zeros_like(begin))) / np.abs(step)
    terms = density(side * NODES / rate) - top + NODES
    found = (top - np.log(rate))[:, 0] + np.log(np.exp(terms) @ SHARES)
    falling = np.isfinite(begin) & (rate > 0.0) & (rate < np.inf)
    return np.where(falling[:, 0], found, -np.inf)


def _below(member: Distribution, x: Array) -> Array:
    """Cdf of a member, which is not asked for infinite values."""
    finite = np.isfinite(x)
    if not finite.any():
        return np.where(x > 0, 1.0, 0.0)
    return np.where(finite, member.cdf(np.where(finite, x, 1.0)), x > 0)


def _above(member: Distribution, x: Array) -> Array:
    finite = np.isfinite(x)
    if not finite.any():
        return np.where(x < 0, 1.0, 0.0)
    return np.where(finite, member.survival(np.where(finite, x, 1.0)), x < 0)
