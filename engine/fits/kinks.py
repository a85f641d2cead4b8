"""Kinks of a likelihood: where it has no slope, and whether it peaks there.

A Laplace has a kink at each, and a generalized normal with a shape of at most 1 a cusp, so that for
any scale and shape the likeliest location is an observation. What is found is a maximum at a kink
where the score turns from above 0 to below between the kink's neighbours among the doubles, and
that of the others vanishes.
"""

import math
from collections.abc import Callable, Sequence

from engine.distributions.base import Array
from engine.fits.curvature import inverted, length
from engine.fits.free_surface import FreeSurface
from engine.stopping import VANISHING

__all__ = ["error_beside_kinks", "holding", "kinks_of", "peaked", "slope_along", "vanishes"]

LEVEL = 1e-12
"""Share of the slopes to both sides by which one of them may have the wrong sign."""


def kinks_of(surface: FreeSurface, parameters: Sequence[float]) -> tuple[int, Array] | None:
    """Which free parameter has kinks, and where in ascending order; None where none has."""
    likelihood = surface.likelihood
    if likelihood.statistics is None:
        return None
    found = likelihood.family.kinks(likelihood.statistics, tuple(parameters))
    if found is None:
        return None
    names = likelihood.family.names()
    place = names.index(found[0])
    return (place, found[1]) if place in surface.free else None


def holding(surface: FreeSurface, place: int, values: Sequence[float]) -> FreeSurface:
    """Return the surface with one more parameter held."""
    return FreeSurface(surface.likelihood, surface.held | {place: values[place]})


def slope_along(
    surface: FreeSurface, values: Sequence[float], place: int
) -> Callable[[float], float]:
    """Mean score by one parameter, the others as they are."""
    before, behind = values[:place], values[place + 1 :]
    return lambda value: surface.likelihood.mean_score(*before, value, *behind)[place]


def vanishes(surface: FreeSurface, parameters: Sequence[float]) -> bool:
    """Whether the score of what is free vanishes."""
    if not surface.free:
        return True
    likelihood = surface.likelihood
    matrix = inverted(likelihood.information(parameters), surface.free)
    return length(likelihood.score(parameters), matrix) <= VANISHING


def peaked(surface: FreeSurface, parameters: Sequence[float]) -> bool:
    """Whether a place is a maximum at a kink."""
    found = kinks_of(surface, parameters)
    if found is None or parameters[found[0]] not in found[1]:
        return False
    place, _ = found
    slope, at = slope_along(surface, parameters, place), parameters[place]
    rising, falling = (slope(math.nextafter(at, way)) for way in (-math.inf, math.inf))
    level = LEVEL * (abs(rising) + abs(falling))  # to one side it may be a plateau
    return (
        rising >= -level
        and falling <= level
        and vanishes(holding(surface, place, parameters), parameters)
    )


def error_beside_kinks(surface: FreeSurface, parameters: Sequence[float], place: int) -> float:
    """Standard error by the curvature of what has no kinks; 0 where that has none.

    A parameter with kinks is held, unless its family knows of a curvature by it, as a Laplace.
    """
    found = kinks_of(surface, parameters)
    if found is None:
        return 0.0
    information = surface.likelihood.information(parameters)
    matrix = inverted(information, surface.free)
    if matrix is None:
        matrix = inverted(information, holding(surface, found[0], parameters).free)
    return 0.0 if matrix is None else math.sqrt(float(matrix[place, place]))
