"""Line searches: how far to go along a direction, upwards.

A length α is good where the value has risen enough (Armijo),

    ℓ(z + αd) ≥ ℓ(z) + 10⁻⁴ α gᵀd,

and, for the strong Wolfe conditions, where the slope has flattened: |∇ℓ(z + αd)ᵀd| ≤ c gᵀd.
Nocedal & Wright, Numerical Optimization, algorithms 3.1, 3.5 and 3.6.

Near the top a rise drowns in the rounding of the values, so a fall within it is let pass.
There Armijo's condition asks for nothing and the slope alone decides, as it does in Hager &
Zhang, A new conjugate gradient method with guaranteed descent (SIAM J. Optim. 16, 2005).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import final

from engine.likelihoods.coordinates import Coordinates

__all__ = [
    "HALF_OF_IT",
    "Line",
    "Search",
    "backtracking",
    "cautious",
    "climbing",
    "dot",
    "moved",
    "strong_wolfe",
]

ENOUGH = 1e-4
HALF_OF_IT = 0.25
"""Share of the slope that a step to the top of a paraboloid is to rise, where ½ is its due."""
ROUNDING = 1e-14
MOST_TRIALS = 50
EDGE = 0.9
"""Share of the way to a bound that a step may go."""
NEAREST, FARTHEST = 0.1, 0.9
"""Shares of an interval between which the next trial lies."""
NARROW = 1e-10


@final
@dataclass(frozen=True, slots=True)
class Line:
    """The surface along a direction, from a place with a gradient."""

    coordinates: Coordinates
    z: Sequence[float]
    gradient: Sequence[float]
    direction: Sequence[float]

    @property
    def slope(self) -> float:
        """Slope at the place."""
        return dot(self.gradient, self.direction)

    @property
    def longest(self) -> float:
        """Length of a step that ends before the nearest bound; infinite where there is none."""
        room = math.inf
        for i, low, high in self.coordinates.bounds:
            if d := self.direction[i]:
                room = min(room, ((high if d > 0 else low) - self.z[i]) / d)
        return EDGE * max(room, 0.0)

    def at(self, length: float) -> list[float]:
        """Return the place at a length, rounded as the ascent rounds it."""
        return moved(self.z, length, self.direction)

    def slope_at(self, here: Sequence[float]) -> float:
        """Slope at a place on the line; NaN where no double holds it."""
        try:
            return dot(self.coordinates.score(*here), self.direction)
        except ArithmeticError:
            return math.nan


Search = Callable[..., tuple[float, int]]


def backtracking(
    line: Line, *, first: float = 1.0, enough: float = ENOUGH, floor: float = math.inf
) -> tuple[float, int]:
    """Shorten a step until the value rises enough; return its length and the evaluations.

    The next length is where a parabola has its top, between a tenth and a half of the last.
    With a ``floor`` below the value at z, the rise is measured from there. Length 0 where
    there is none.
    """
    slope = line.slope
    if not 0.0 < slope < math.inf:
        return 0.0, 0
    value = line.coordinates.value(line.z)
    asked = min(value, floor) - _rounding(value)
    length = min(first, line.longest)
    for tries in range(1, MOST_TRIALS + 1):
        here = line.at(length)
        if here == list(line.z):
            return 0.0, tries
        reached = line.coordinates.value(here)
        if math.isfinite(reached) and reached >= asked + enough * length * slope:
            return length, 1 + tries
        length *= min(0.5, _top(slope, _slope_of_parabola(slope, reached - value, length)))
    return 0.0, 1 + MOST_TRIALS


def strong_wolfe(line: Line, *, first: float = 1.0, flat: float = 0.9) -> tuple[float, int]:
    """Find a length with both conditions; return it and the evaluations.

    The steps grow until the top lies between two of them, then the interval shrinks, by the
    secant of the slopes at its ends. Where no slope is flat enough, the longest length that
    was found with Armijo's condition; length 0 where there is none.
    """
    slope, most = line.slope, line.longest
    if not 0.0 < slope < math.inf:
        return 0.0, 0
    value, evaluations = line.coordinates.value(line.z), 1
    asked = value - _rounding(value)
    low, at_low, up = 0.0, asked, slope
    high, down = math.inf, math.nan
    length = min(first, most)
    for _ in range(MOST_TRIALS):
        here = line.at(length)
        if here == list(line.z) or high - low <= NARROW * high < math.inf:
            break
        reached, evaluations = line.coordinates.value(here), evaluations + 1
        if not max(at_low, asked + ENOUGH * length * slope) <= reached < math.inf:
            high, down = length, _slope_of_parabola(up, reached - at_low, length - low)
        else:
            steep, evaluations = line.slope_at(here), evaluations + 1
            if abs(steep) <= flat * slope:
                return length, evaluations
            if not steep > 0.0:
                high, down = length, steep
            else:
                ahead = _ahead(up, steep, length - low)
                low, at_low, up = length, reached - _rounding(value), steep
                if length >= most:
                    break
        length = low + (high - low) * _top(up, down) if high < math.inf else min(low + ahead, most)
    return low, evaluations


def climbing(search: Search, line: Line, **options: float) -> tuple[list[float], float, int]:
    """Search along a line, or else along the gradient.

    Return the step, its length in directions, and the evaluations; zeros where nothing is
    higher. Along the gradient the first trial goes no farther than 1.
    """
    length, evaluations = search(line, **options)
    if length == 0.0:
        line = Line(line.coordinates, line.z, line.gradient, line.gradient)
        length, more = search(line, **{**options, "first": cautious(line.gradient)})
        evaluations += more
    return [length * d if length else 0.0 for d in line.direction], length, evaluations


def cautious(gradient: Sequence[float]) -> float:
    """Length of a first trial along the gradient: at most one unit of the coordinates far."""
    return 1.0 / max(1.0, math.hypot(*gradient))


def dot(a: Sequence[float], b: Sequence[float]) -> float:
    """Inner product."""
    return sum(x * y for x, y in zip(a, b, strict=True))


def moved(z: Sequence[float], length: float, direction: Sequence[float]) -> list[float]:
    """z + length × direction."""
    return [a + length * d for a, d in zip(z, direction, strict=True)]


def _rounding(value: float) -> float:
    """How far rounding may move a mean log-likelihood."""
    return ROUNDING * max(1.0, abs(value))


def _slope_of_parabola(slope: float, rise: float, width: float) -> float:
    """Slope at the end of an interval, of the parabola with a slope at its begin and a rise."""
    return 2.0 * rise / width - slope


def _top(up: float, down: float) -> float:
    """Share of an interval at which the slope vanishes, if it is linear between its ends."""
    share = up / (up - down)
    return min(max(NEAREST, share), FARTHEST) if math.isfinite(share) else NEAREST


def _ahead(before: float, slope: float, width: float) -> float:
    """How much farther the slope vanishes, if it goes on falling: one to nine intervals."""
    fall = before - slope
    return width * min(max(1.0, slope / fall), 9.0) if fall > 0.0 else 9.0 * width
