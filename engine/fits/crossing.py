"""Where a function turns negative: the end of a profile, along a way that may be long or break off.

The function may be −∞, where nothing is likely, and NaN, where it could not be told.
"""

import math
from collections.abc import Callable

import scipy

__all__ = ["crossing"]

WIDEST = 60
"""How often the distance grows by a half before a profile's end counts as open."""
FINEST = 1e-10
"""Share of a standard error to which an end is found."""
MET = 1e-8
"""Log-likelihood by which a profile at an end may be other than its cutoff."""
MOST_CREPT = 200
MOST_LOST = 12
"""Climbs that did not come to a top, after which nobody knows where an end is."""
LEVELLED = 1e-5
"""Fall of a profile along a half more of the way, by which it is level."""
SHRUNK, SHRINKING, LEVELLING = 4, 0.75, 0.01
"""Falls that shrink so often in a row, by so much, leave no more than a share of the height.

So do those over stretches half as long again of what falls as a power of the way, or faster.
"""


def crossing(excess: Callable[[float], float], middle: float, step: float) -> float | None:
    """Where a function that is positive in the middle first turns negative along a step.

    None where it does not, as far as can be told.
    """
    inner, reach, levelling = middle, 2.0 * step, _Levelling()
    for _ in range(WIDEST):
        outer = middle + reach
        value = excess(outer)
        if levelling.after(value) and value >= 0:
            return None  # on the way to the edge it has become level, above the cutoff
        if not math.isfinite(value):
            return _crept(excess, inner, outer, middle, step)
        if value < 0:
            return _root(excess, inner, outer, step)
        inner, reach = outer, 1.5 * reach
    return None


class _Levelling:
    """Whether a function becomes level along a way whose stretches grow by a half each."""

    def __init__(self) -> None:
        self.value, self.fall, self.shrunk = math.inf, math.inf, 0

    def after(self, value: float) -> bool:
        """Look at the value at the end of the next stretch."""
        fall = self.value - value
        self.shrunk = self.shrunk + 1 if fall < SHRINKING * self.fall else 0
        self.value, self.fall = value, fall
        left = fall * SHRINKING / (1.0 - SHRINKING)
        levelling = self.shrunk >= SHRUNK and left < LEVELLING * value
        return levelling or fall < LEVELLED * (1.0 + abs(value))


def _crept(
    excess: Callable[[float], float], inner: float, outer: float, middle: float, step: float
) -> float | None:
    """The same where there is nothing beyond, or nothing that can be reached in one go.

    An edge beyond which nothing is likely counts as an end, and one that is only out of
    reach does not.
    """
    gap, before, lost = (outer - inner) / 2.0, math.inf, 0
    for _ in range(MOST_CREPT):
        if abs(gap) <= FINEST * abs(step) or inner + gap == inner:
            return inner
        value = excess(inner + gap)
        lost += math.isnan(value)
        if lost == MOST_LOST:
            return None
        if value >= 0:
            fall = (before - value) * (inner + gap - middle) / gap / 3.0
            if abs(fall) < LEVELLED * (1.0 + abs(value)):
                return None  # at this slope it would be as far again for ever
            inner, gap, before = inner + gap, 1.5 * gap, value
        elif math.isfinite(value):
            return _root(excess, inner, inner + gap, step)
        else:
            gap /= 2.0
    return None


def _root(
    excess: Callable[[float], float], inner: float, outer: float, step: float
) -> float | None:
    """Where a function vanishes between two places; None where it could not be told next to it.

    Where it breaks off without vanishing, that is an edge.
    """
    lost = False

    def known(z: float) -> float:
        """The function, 0 where it is as good as that, and far below where it could not be told."""
        nonlocal lost
        value = excess(z)
        lost = lost or math.isnan(value)
        return 0.0 if abs(value) < MET else -math.inf if math.isnan(value) else value

    found = float(scipy.optimize.brentq(known, inner, outer, xtol=FINEST * abs(step)))
    return None if lost and known(found) != 0.0 else found
