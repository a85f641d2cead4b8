"""The log-likelihood along one parameter, and its tangent there."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.likelihoods.likelihood import Likelihood
from engine.surfaces.axis import Axis
from engine.surfaces.nuisance import profiled as maximised
from engine.surfaces.surface import drawn

__all__ = ["slice_along", "tangent"]

Array = NDArray[np.float64]


def slice_along(
    likelihood: Likelihood, axis: Axis, n: int, at: Sequence[float], profiled: bool = False
) -> tuple[Array, Array]:
    """Values of a parameter, even across its window, and the log-likelihood at each; shape (n,).

    The other parameters are held as they are ``at`` a point or, where ``profiled``, maximised
    at every value, from their maximum at the one before, outwards from the point. −∞ where
    there is no log-likelihood.
    """
    likelihood = drawn(likelihood, at)
    values = axis.values(n)
    points = np.tile(np.array(at, dtype=float), (n, 1))
    points[:, axis.place] = values
    if not profiled or len(at) == 1:
        heights = likelihood.values(points)
        return values, np.where(np.isfinite(heights), heights, -np.inf)
    heights = np.empty(n)
    first = int(np.searchsorted(values, at[axis.place]))
    for side in (range(first, n), range(first - 1, -1, -1)):
        nearest: Sequence[float] = at
        for i in side:
            held = {axis.place: float(values[i])}
            heights[i], nearest = maximised(likelihood, held, (nearest, at))
    return values, heights


def tangent(likelihood: Likelihood, place: int, at: Sequence[float]) -> tuple[float, float]:
    """Log-likelihood at a point and its derivative by one parameter, as written.

    NaN where they cannot be evaluated.
    """
    try:
        return likelihood.value(at), float(likelihood.score(at)[place])
    except ArithmeticError:
        return likelihood.value(at), float("nan")
