"""The profile log-likelihood of one parameter of a fit, point by point.

    ℓp(ψ) = max over λ of ℓ(ψ, λ)

An interval at a level has the values at which it lies at most the cutoff, χ²₁(level) / 2,
below its maximum. Pawitan, In All Likelihood, sections 2.6 and 3.4.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.fits.fitted import Fit
from engine.fits.free_surface import FreeSurface
from engine.fits.kink_climbing import climbed
from engine.inference.intervals import around
from engine.inference.profile_excess import cutoff, error_of, held_places

__all__ = ["ProfilePoint", "cutoff", "profile_curve", "profile_peak", "profile_point"]

REACH = 0.997
"""Level of Wald's interval that a curve spans at least."""
ROOM = 0.15
"""Share of the way to an end that a curve goes beyond it."""


@dataclass(frozen=True, slots=True)
class ProfilePoint:
    """A value at which a parameter is held, and the best that the others make of it."""

    value: float
    log_likelihood: float
    parameters: tuple[float, ...]
    """All parameters, the held one at its place."""


def profile_peak(fitted: Fit, place: int) -> ProfilePoint:
    """Return the maximum as a point of a profile."""
    inner, best = fitted.inner or fitted, fitted.parameters
    top = inner.likelihood.condensed.value(inner.parameters)
    return ProfilePoint(best[place], top - fitted.frame.fall(fitted.likelihood.sample), best)


def profile_point(
    fitted: Fit, place: int, value: float, nearest: Sequence[float] | None = None
) -> ProfilePoint | None:
    """Hold a parameter and fit the others again, from parameters that are near.

    None where the value is outside the parameter's domain or has no log-likelihood.
    """
    inner, frame = fitted.inner or fitted, fitted.frame
    family = inner.likelihood.family
    if not family.parameters()[place].domain.contains(value):
        return None
    origin, by = frame.axes(family)[place]
    held = held_places(inner) | {place: (value - origin) / by}
    with np.errstate(all="ignore"):
        try:
            start = frame.inside(family, nearest) if nearest else inner.parameters
            summit = climbed(FreeSurface(inner.likelihood.condensed, held), start)
        except ArithmeticError:
            return None
    if not math.isfinite(summit.value):
        return None
    fall = frame.fall(fitted.likelihood.sample)
    return ProfilePoint(value, summit.value - fall, frame.outside(family, summit.parameters))


def profile_curve(
    fitted: Fit,
    place: int,
    ends: tuple[float | None, float | None] = (None, None),
    n: int = 41,
) -> tuple[ProfilePoint, ...]:
    """Points of a profile over three standard errors each way, and over an interval's ends.

    They are in the order of their values, the maximum among them; each is climbed to from its
    neighbour. There are none where the fit is no maximum, or has neither a standard error for
    the parameter nor what stands in for one.
    """
    error = error_of(fitted, place)
    if not error > 0.0 or not fitted.converged:
        return ()
    best = fitted.parameters[place]
    domain = fitted.likelihood.family.parameters()[place].domain
    reach = around(best, error, domain, REACH)
    low = min(end for end in (reach[0], ends[0], best - error) if end is not None)
    high = max(end for end in (reach[1], ends[1], best + error) if end is not None)
    found = [profile_peak(fitted, place)]
    for end in (low, high):
        nearest: Sequence[float] = fitted.parameters
        for value in np.linspace(best, end + ROOM * (end - best), n // 2 + 1)[1:].tolist():
            point = profile_point(fitted, place, value, nearest)
            if point is not None:
                found.append(point)
                nearest = point.parameters
    return tuple(sorted(found, key=lambda point: point.value))
