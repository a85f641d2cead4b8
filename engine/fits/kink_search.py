"""Searches along one parameter: for the likeliest kink, and where the slope beside it turns."""

import math
from collections.abc import Callable

import numpy as np
import scipy

from engine.distributions.base import Array

__all__ = ["highest", "turning"]

LOOKED_AT = 64
"""Places that are looked at at first, of all or of those near one."""
FEW = 3
"""The best of them, between which is looked further."""
FINER = 16
"""Factor by which it is looked closer each time."""
MOST_BISECTIONS = 3000
"""As many as lead from the largest double to the least."""


def highest(height: Callable[[float], float], places: Array, near: int | None) -> tuple[float, int]:
    """Highest of some ascending places, and how many were looked at.

    First every so many are looked at, or those near one, then those between the best few.
    """
    step, chosen = max(1, places.size // LOOKED_AT), np.arange(places.size)
    if near is None:
        chosen = chosen[::step]
    else:
        step, chosen = 1, chosen[max(near - LOOKED_AT // 2, 0) : near + LOOKED_AT // 2]
    tries = 0
    while True:
        heights = np.array([height(place) for place in places[chosen].tolist()])
        tries += chosen.size
        best = chosen[np.argsort(heights)[-FEW:]]
        if step == 1:
            return float(places[best[-1]]), tries
        finer = max(1, step // FINER)
        about = best[:, np.newaxis] + np.arange(-step, step + 1, finer)
        chosen, step = np.unique(np.clip(about, 0, places.size - 1)), finer


def turning(slope: Callable[[float], float], kink: float, kinks: Array) -> float:
    """Where a slope turns from above 0 to below: at a kink, or between it and the next."""
    nth = int(kinks.searchsorted(kink))
    for way, beside in ((1, nth + 1), (-1, nth - 1)):
        begin = math.nextafter(kink, way * math.inf)
        if way * slope(begin) > 0.0 and 0 <= beside < kinks.size:
            end = math.nextafter(float(kinks[beside]), -way * math.inf)
            if way * slope(end) < 0.0:
                return float(
                    scipy.optimize.brentq(
                        slope, begin, end, xtol=5e-324, rtol=9e-16, maxiter=MOST_BISECTIONS
                    )
                )
    return kink
