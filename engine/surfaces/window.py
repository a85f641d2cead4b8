"""Which part of the likelihood to look at: windows that hold a run, or the likely region."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.domains import ABOVE_ONE, POSITIVE, REAL, UNIT, Domain
from engine.fits.curvature import standard_errors
from engine.likelihoods.likelihood import Likelihood
from engine.surfaces.axis import Axis

__all__ = ["pairs", "region_window", "window", "window_along"]

Array = NDArray[np.float64]

ERRORS = 4.0
"""Standard errors around the maximum that are to be seen, at the least."""
MARGIN = 0.08
WIDE_RATIO = 20.0
"""Ratio of its ends from which a positive parameter is seen on a logarithmic axis."""
NEAR_END = 0.02
"""Distance from 0 or 1 within which a share is seen on a logit axis."""
SPREADS = 30.0
"""Standard errors of one observation beyond which a point is left out, unless the start is."""
FACTORS = math.log(1e3)
"""The same in the logarithm of a positive parameter."""
FARTHER = 3.0
"""Times as far as the start that a path is followed from the maximum."""
FALL = ERRORS**2 / 2.0
SMALLEST, DOUBLINGS = 1e-9, 80


def pairs(k: int) -> tuple[tuple[int, int], ...]:
    """Return all pairs of places among k parameters, the horizontal one first."""
    return tuple(itertools.combinations(range(k), 2))


def window(
    likelihood: Likelihood,
    places: tuple[int, int],
    points: Array,
    errors: Sequence[float] | None,
    mapped: bool | None = None,
) -> tuple[Axis, Axis]:
    """Axes that show the points, and ±4 standard errors around the last.

    ``points`` has shape (m, k), the start first and the maximum last. What is not finite is
    left out, and what lies much farther from the maximum than the start and the sample's
    own spread, as on a path that was thrown away. Without ``mapped`` an axis is logarithmic
    where its ends are in a ratio above 20, or logit where a share nears 0 or 1.
    """
    horizontal, vertical = (
        window_along(likelihood, place, points, errors, mapped) for place in places
    )
    return horizontal, vertical


def window_along(
    likelihood: Likelihood,
    place: int,
    points: Array,
    errors: Sequence[float] | None,
    mapped: bool | None = None,
) -> Axis:
    """Return the axis of one parameter, as ``window`` chooses it."""
    domain = likelihood.family.parameters()[place].domain
    spread = _Spread.of(None if errors is None else errors[place], math.sqrt(likelihood.n))
    return _axis(place, domain, points[:, place], spread, mapped)


def region_window(
    likelihood: Likelihood,
    places: tuple[int, int],
    maximum: Sequence[float],
    errors: Sequence[float] | None = None,
) -> tuple[Axis, Axis]:
    """Axes of ±4 standard errors around the maximum, which its likelihood regions fill.

    Where there are no standard errors, each axis reaches to where the likelihood has fallen
    as far along it.
    """
    if errors is None:
        errors = standard_errors(likelihood, maximum)
    if errors is None:
        errors = [_reach(likelihood, place, maximum) / ERRORS for place in range(len(maximum))]
    return window(likelihood, places, np.array([maximum], dtype=float), errors)


@dataclass(frozen=True)
class _Spread:
    """Standard error of an estimate, and that of one observation; 0 where there is none."""

    error: float
    single: float

    @classmethod
    def of(cls, error: float | None, root_n: float) -> Self:
        """Take what is no standard error as none."""
        known = error if error is not None and 0 < error < math.inf else 0.0
        return cls(known, known * root_n)


def _axis(place: int, domain: Domain, points: Array, spread: _Spread, mapped: bool | None) -> Axis:
    """Return the axis of one parameter: in its own units or, where that suits it, mapped."""
    inside = np.isfinite(points) & (points >= domain.lower) & (points <= domain.upper)
    points = points[inside] if inside.any() else np.array([domain.constrain(0.0)])
    if domain != REAL:
        bent = np.array([domain.unconstrain(value) for value in points.tolist()])
        error = spread.error / domain.slope(float(points[-1]))
        kept = _near(bent, max(FACTORS, ERRORS * error))
        points, bent = points[kept], bent[kept]
        if _wide(domain, *_ends(bent, error, margin=0.0)) if mapped is None else mapped:
            return Axis.between(place, domain, *_ends(bent, error), mapped=True)
    points = points[_near(points, SPREADS * spread.single)]
    low, high = _off_the_edges(domain, points, *_ends(points, spread.error))
    return Axis.between(place, domain, low, high)


def _near(points: Array, reach: float) -> NDArray[np.bool_]:
    """Whether each point is within reach of the last, or not much farther than the first."""
    distances = np.abs(points - points[-1])
    near: NDArray[np.bool_] = distances <= max(reach, FARTHER * float(distances[0]))
    return near


def _ends(points: Array, error: float, margin: float = MARGIN) -> tuple[float, float]:
    """Ends that hold the points with a margin, and ±4 standard errors around the last."""
    low, high = float(points.min()), float(points.max())
    room = margin * (high - low)
    centre, reach = float(points[-1]), ERRORS * error
    low, high = min(low - room, centre - reach), max(high + room, centre + reach)
    if high - low > 0:
        return low, high
    least = 0.1 * abs(centre) or 1.0
    return centre - least, centre + least


def _off_the_edges(domain: Domain, points: Array, low: float, high: float) -> tuple[float, float]:
    """Move ends that left the domain to between its edge and the outermost point."""
    if math.isfinite(domain.lower) and low <= domain.lower:
        low = domain.lower + (float(points.min()) - domain.lower) * MARGIN
    if math.isfinite(domain.upper) and high >= domain.upper:
        high = domain.upper - (domain.upper - float(points.max())) * MARGIN
    return low, high


def _wide(domain: Domain, low: float, high: float) -> bool:
    """Whether a window is better seen in the unconstrained coordinate, given its ends there."""
    if domain in (POSITIVE, ABOVE_ONE):
        return high - low > math.log(WIDE_RATIO)
    near = math.log(NEAR_END / (1.0 - NEAR_END))
    return domain == UNIT and (low < near or high > -near)


def _reach(likelihood: Likelihood, place: int, at: Sequence[float]) -> float:
    """How far along a parameter the likelihood falls by 8, or to the edge of its support."""
    domain = likelihood.family.parameters()[place].domain
    top, fallen = likelihood.value(at), []
    for direction in (-1.0, 1.0):
        step = SMALLEST * (abs(at[place]) or 1.0)
        for _ in range(DOUBLINGS):
            moved = at[place] + direction * step
            if not domain.contains(moved):
                break
            value = likelihood.value([*at[:place], moved, *at[place + 1 :]])
            if not value > top - FALL:
                fallen.append(step)
                break
            step *= 1.5
    return max(fallen, default=0.1 * (abs(at[place]) or 1.0))
