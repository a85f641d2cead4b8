"""An axis of a picture of the likelihood: one parameter, and the window it is seen through."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self, final

import numpy as np
from numpy.typing import NDArray

from engine.domains import ABOVE_ONE, POSITIVE, UNIT, Domain

__all__ = ["Axis"]

Array = NDArray[np.float64]

HUGE = 1e300
"""Farthest that a window reaches, so that its width is a double."""
FARTHEST = 650.0
"""The same for the logarithm of a positive parameter."""
NARROWEST = 1e-12
"""Least width of a window, relative to where it is."""

MOST_WIDENINGS = 100

UNCONSTRAIN: dict[Domain, Callable[[Any], Any]] = {
    POSITIVE: np.log,
    UNIT: lambda values: np.log(values) - np.log1p(-values),
    ABOVE_ONE: lambda values: np.log(values - 1.0),
}
"""What ``Domain.unconstrain`` does, for whole arrays."""


@final
@dataclass(frozen=True)
class Axis:
    """A parameter's place among the others and the ends of its window, in its own units.

    The window is even in the parameter itself or, where ``mapped``, in its domain's
    unconstrained coordinate (logarithm or logit). It never leaves the domain.
    """

    place: int
    domain: Domain
    low: float
    high: float
    mapped: bool = False

    @classmethod
    def between(
        cls, place: int, domain: Domain, low: float, high: float, *, mapped: bool = False
    ) -> Self:
        """Return the axis from one coordinate to another, as far as it may reach.

        ``low`` and ``high`` are values, or unconstrained coordinates where ``mapped``.
        """
        least, most = _limits(domain, mapped=mapped)
        low, high = min(max(low, least), most), min(max(high, least), most)
        width, member = _narrowest(low, high, mapped=mapped), domain.constrain if mapped else float
        for _ in range(MOST_WIDENINGS):
            if high - low >= width and member(low) < member(high):
                break
            reach, middle = max(width, high - low), (low + high) / 2.0
            low, high = max(middle - reach, least), min(middle + reach, most)
        return cls(place, domain, member(low), member(high), mapped)

    @property
    def ends(self) -> tuple[float, float]:
        """Ends of the window in the coordinate that it is even in."""
        if not self.mapped:
            return self.low, self.high
        return self.domain.unconstrain(self.low), self.domain.unconstrain(self.high)

    def values(self, n: int) -> Array:
        """Centres of n cells of equal width across the window, from its low end; shape (n,)."""
        return np.array([self.value((i + 0.5) / n) for i in range(n)])

    def value(self, fraction: float) -> float:
        """Return the parameter at a fraction of the way across, within the domain."""
        low, high = self.ends
        coordinate = low + fraction * (high - low)
        least, most = _limits(self.domain, mapped=self.mapped)
        coordinate = min(max(coordinate, least), most)
        return self.domain.constrain(coordinate) if self.mapped else coordinate

    def position(self, value: float) -> float:
        """How far across the window a value is: 0 at the low end, 1 at the high one.

        It may lie outside; NaN for what is outside the domain.
        """
        return float(self.positions(np.array([value], dtype=float))[0])

    def positions(self, values: Array) -> Array:
        """``position`` of each of many values, shape (m,)."""
        low, high = self.ends
        with np.errstate(all="ignore"):
            inside = (values >= self.domain.lower) & (values <= self.domain.upper)
            known = np.where(inside, values, np.nan)
            coordinates = UNCONSTRAIN[self.domain](known) if self._bent else known
            return np.asarray((coordinates - low) / (high - low), dtype=float)

    def speed(self, value: float) -> float:
        """Derivative of ``position`` by the parameter, at a value."""
        low, high = self.ends
        return 1.0 / (high - low) / (self.domain.slope(value) if self.mapped else 1.0)

    def zoomed(self, factor: float, about: float) -> Self:
        """Return the window that is so many times as narrow, where ``about`` stays in place.

        A factor below 1 zooms out.
        """
        low, high = self.ends
        least, most = _limits(self.domain, mapped=self.mapped)
        share = min(max(self.position(about), 0.0), 1.0) if self.domain.contains(about) else 0.5
        width = min((high - low) / factor, most - least)
        middle = low + share * (high - low)
        begin = min(max(middle - share * width, least), most - width)
        return self._moved(begin, begin + width)

    def panned(self, fraction: float) -> Self:
        """Return the window moved by a fraction of its width, as far as the domain goes."""
        low, high = self.ends
        least, most = _limits(self.domain, mapped=self.mapped)
        shift = min(max(fraction * (high - low), least - low), most - high)
        return self._moved(low + shift, high + shift)

    @property
    def _bent(self) -> bool:
        return self.mapped and self.domain in UNCONSTRAIN

    def _moved(self, low: float, high: float) -> Self:
        """Return the axis with other ends; this one where doubles no longer tell them apart."""
        if high - low < 2.0 * _narrowest(low, high, mapped=self.mapped):
            return self
        return type(self).between(self.place, self.domain, low, high, mapped=self.mapped)


def _narrowest(low: float, high: float, *, mapped: bool) -> float:
    """Least width of a window in its coordinate, for doubles to tell places in it apart."""
    return NARROWEST * max(abs(low), abs(high), 1.0 if mapped else 1e-280)


def _limits(domain: Domain, *, mapped: bool) -> tuple[float, float]:
    """Outermost coordinates that a window may reach."""
    if not mapped:
        return max(domain.lower, -HUGE), min(domain.upper, HUGE)
    low = domain.unconstrain(max(domain.lower, -HUGE))
    high = domain.unconstrain(domain.upper) if math.isfinite(domain.upper) else FARTHEST
    return low, min(high, HUGE)
