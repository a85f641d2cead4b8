"""Quantiles of families whose cdf has no inverse in closed form."""

from collections.abc import Callable

import numpy as np

from engine.distributions.base import Array, Distribution

__all__ = ["positive_quantile", "quantile_between", "root", "smaller_tail"]

STEPS = 200
ROUNDING = 4.0 * float(np.finfo(float).eps)
"""Share of a place by which rounding may have steps go to and fro for ever."""

HALVINGS = 80
"""They leave less of the way between two places than a double can tell."""


def root(function: Callable[[Array], tuple[Array, Array]], start: Array) -> Array:
    """Find where an increasing function on the real line is 0, element by element.

    The function gives values and slopes. A Newton step that leaves the bracket found so
    far is replaced by the bracket's middle, and while an end is missing, steps are limited
    to a width that doubles.
    """
    at, width = start, 1.0
    low, high = np.full(start.shape, -np.inf), np.full(start.shape, np.inf)
    for _ in range(STEPS):
        value, slope = function(at)
        low, high = np.where(value <= 0, at, low), np.where(value >= 0, at, high)
        newton = np.clip(at - value / slope, at - width, at + width)
        middle = np.maximum(low, at - width) / 2 + np.minimum(high, at + width) / 2
        middle = np.where(np.isinf(low), at - width, np.where(np.isinf(high), at + width, middle))
        after = np.where((newton >= low) & (newton <= high), newton, middle)
        arrived = np.abs(after - at) <= ROUNDING * np.maximum(np.abs(at), 1.0)
        at, width = after, 2.0 * width
        if arrived.all():
            break
    return at


def smaller_tail(p: Array) -> Array:
    """Probability beyond a quantile on its nearer side, to be searched for.

    That of the median where p is 0 or 1: a search for an end of the support would have none.
    """
    return np.where((p > 0.0) & (p < 1.0), np.minimum(p, 1.0 - p), 0.5)


def quantile_between(member: Distribution, p: Array, low: Array, high: Array) -> Array:
    """Bisect between bounds of the quantiles, by the smaller tail."""
    for _ in range(HALVINGS):
        middle = low / 2.0 + high / 2.0
        beyond = np.where(p < 0.5, member.cdf(middle) >= p, member.survival(middle) <= 1.0 - p)
        low, high = np.where(beyond, low, middle), np.where(beyond, middle, high)
    return high


def positive_quantile(member: Distribution, p: Array, start: float) -> Array:
    """Invert the cdf on x > 0 over log x, by the logarithm of the smaller tail."""
    upper = p > 0.5
    target = smaller_tail(p)

    def excess(t: Array) -> tuple[Array, Array]:
        """Log of the nearer tail over its target, signed so that it rises, and its slope."""
        x = np.exp(t)
        tail = np.where(upper, member.survival(x), member.cdf(x))
        value = np.log(tail / target)
        return np.where(upper, -value, value), np.exp(member.log_density(x) + t) / tail

    with np.errstate(all="ignore"):
        inner = np.exp(root(excess, np.full(p.shape, np.log(start))))
    return np.select([p <= 0, p >= 1], [0.0, np.inf], inner)
