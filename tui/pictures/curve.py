"""A line through points, as charts draw it, and as few of its points as a picture can show."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tui.pictures.strokes import SOLID

__all__ = ["Curve", "thin"]

Array = NDArray[np.float64]

MOST = 1e300
"""Sizes beyond it leave no room to compute where on an axis they are."""


@dataclass(frozen=True, eq=False)
class Curve:
    """A line through points, in a colour and a stroke."""

    x: Array
    y: Array
    color: str
    mark: str = ""
    """A character that stands at its end."""
    stroke: str = SOLID


def thin(curve: Curve, most: int) -> Curve:
    """Keep the finite points, and of many only each stretch's extremes and the ends.

    Ordinates of more than ``MOST`` are shown as that.
    """
    x, y = curve.x, curve.y
    if y.size > 2 * most:
        infinite = np.isinf(y)
        y = np.where(infinite, np.nan, y) if infinite.any() else y
        begins = np.linspace(0, y.size, most + 1).astype(int)[:-1]
        low, high = np.fmin.reduceat(y, begins), np.fmax.reduceat(y, begins)
        rising = y[begins] <= low + (high - low) / 2
        pairs = np.where(rising, [low, high], [high, low])
        x = np.concatenate([np.repeat(x[begins], 2), x[-1:]])
        y = np.concatenate([pairs.T.ravel(), y[-1:]])
    finite = np.isfinite(y)
    return replace(curve, x=x[finite], y=np.clip(y[finite], -MOST, MOST))
