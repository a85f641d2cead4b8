"""Maxima at a kink, where the likelihood peaks at an observation and has no slope.

A Laplace has a kink at each, and a generalized normal with a shape of at most 1 a cusp, so that for
any scale and shape the likeliest location is an observation; with a shape a little above 1 it is
one, or next to one, to the last digits of a double, where Newton's method does not come to. So
location and others are climbed by turns. What is found is a maximum at a kink where the score turns
from above 0 to below between the kink's neighbours among the doubles, and that of the others
vanishes.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import scipy

from engine.distributions.base import Array
from engine.fits.climbing import FLAT, Summit, climb
from engine.fits.curvature import inverted, length
from engine.fits.free_surface import FreeSurface
from engine.stopping import VANISHING

__all__ = ["climbed", "error_beside_kinks", "peaked", "vanishes"]

LOOKED_AT = 64
FEW = 3
FINER = 16
LEVEL = 1e-12
MOST_BISECTIONS = 3000
"""As many as lead from the largest double to the least."""
BEYOND = 0.3, 1.0
"""How far beyond all kinks, in shares of the way there from their middle."""
TURNS = 4, 30
"""How often both are climbed, at first and where Newton's method did not come to a top."""


def climbed(
    surface: FreeSurface,
    start: Sequence[float],
    flat: float = FLAT,
    patience: float = math.inf,
) -> Summit:
    """Climb as ``climb`` does, but to a peak where the likelihood has one.

    Where a part of the sample cannot be seen, also from beyond what can, where there are no kinks.
    """
    summits = [_among_kinks(surface, start, flat, patience)]
    if not surface.likelihood.sample.plain:
        for place, values in _beyond_kinks(surface, summits[0].parameters):
            foot = climb(_held(surface, place, values), values, patience=patience)
            summits += [foot, climb(surface, foot.parameters, flat=flat, patience=patience)]
    return _after(summits, max(summits, key=lambda summit: summit.value))


def _beyond_kinks(
    surface: FreeSurface, parameters: Sequence[float]
) -> Iterator[tuple[int, list[float]]]:
    """The parameter with kinks, and places to both sides of all kinks."""
    if found := _kinks(surface, parameters):
        place, kinks = found
        middle = float(np.median(kinks))
        for share in BEYOND:
            for end in (float(kinks[0]), float(kinks[-1])):
                values = list(parameters)
                values[place] = end + share * (end - middle)
                yield place, values


def _among_kinks(
    surface: FreeSurface, start: Sequence[float], flat: float, patience: float
) -> Summit:
    summits: list[Summit] = []
    for turns in TURNS:
        by_turns = _by_turns(surface, start, turns, patience)
        if by_turns:
            summits.append(by_turns)
            if not surface.likelihood.flaw(by_turns.parameters):
                if peaked(surface, by_turns.parameters):
                    return _after(summits, by_turns)
                start = by_turns.parameters
        summits.append(climb(surface, start, flat=flat, patience=patience))
        start = summits[-1].parameters
        if _kinks(surface, start) is None or vanishes(surface, start):
            return _after(summits, summits[-1])
    return _after(summits, max(summits, key=lambda summit: summit.value))


def _after(summits: Sequence[Summit], last: Summit) -> Summit:
    """Return one of some summits, with what was spent on all of them."""
    spent = sum(each.before + each.evaluations for each in summits)
    return replace(last, before=spent - last.evaluations)


def vanishes(surface: FreeSurface, parameters: Sequence[float]) -> bool:
    """Whether the score of what is free vanishes."""
    if not surface.free:
        return True
    likelihood = surface.likelihood
    matrix = inverted(likelihood.information(parameters), surface.free)
    return length(likelihood.score(parameters), matrix) <= VANISHING


def peaked(surface: FreeSurface, parameters: Sequence[float]) -> bool:
    """Whether a place is a maximum at a kink."""
    found = _kinks(surface, parameters)
    if found is None or parameters[found[0]] not in found[1]:
        return False
    place, _ = found
    slope, at = _slope(surface, parameters, place), parameters[place]
    rising, falling = (slope(math.nextafter(at, way)) for way in (-math.inf, math.inf))
    level = LEVEL * (abs(rising) + abs(falling))  # to one side it may be a plateau
    return (
        rising >= -level
        and falling <= level
        and vanishes(_held(surface, place, parameters), parameters)
    )


def error_beside_kinks(surface: FreeSurface, parameters: Sequence[float], place: int) -> float:
    """Standard error by the curvature of what has no kinks; 0 where that has none.

    A parameter with kinks is held, unless its family knows of a curvature by it, as a Laplace.
    """
    found = _kinks(surface, parameters)
    if found is None:
        return 0.0
    information = surface.likelihood.information(parameters)
    matrix = inverted(information, surface.free)
    if matrix is None:
        matrix = inverted(information, _held(surface, found[0], parameters).free)
    return 0.0 if matrix is None else math.sqrt(float(matrix[place, place]))


def _by_turns(
    surface: FreeSurface, start: Sequence[float], turns: int, patience: float
) -> Summit | None:
    """Climb along the parameter with kinks, then by the others; None where none has kinks."""
    values = surface.parameters(surface.place(start))
    summit, near, spent = None, None, 0
    for _ in range(turns):
        found = _kinks(surface, values)
        if found is None:
            break
        place, kinks = found
        before = values[place]
        values[place], tries = _highest(_height(surface, values, place), kinks, near)
        values[place] = _turning(_slope(surface, values, place), values[place], kinks)
        if summit and values[place] == before:
            break
        summit = climb(_held(surface, place, values), values, patience=patience)
        near, values = int(kinks.searchsorted(values[place])), list(summit.parameters)
        spent += tries + summit.evaluations
    return summit and replace(summit, before=spent - summit.evaluations)


def _kinks(surface: FreeSurface, parameters: Sequence[float]) -> tuple[int, Array] | None:
    """Which free parameter has kinks, and where in ascending order; None where none has."""
    likelihood = surface.likelihood
    if likelihood.statistics is None:
        return None
    found = likelihood.family.kinks(likelihood.statistics, tuple(parameters))
    if found is None:
        return None
    names = [p.name for p in likelihood.family.parameters()]
    place = names.index(found[0])
    return (place, found[1]) if place in surface.free else None


def _held(surface: FreeSurface, place: int, values: Sequence[float]) -> FreeSurface:
    """Return the surface with one more parameter held."""
    return FreeSurface(surface.likelihood, surface.held | {place: values[place]})


def _height(surface: FreeSurface, values: Sequence[float], place: int) -> Callable[[float], float]:
    """Log-likelihood by one parameter, the others as they are."""
    before, behind = values[:place], values[place + 1 :]
    return lambda value: surface.likelihood.value([*before, value, *behind])


def _slope(surface: FreeSurface, values: Sequence[float], place: int) -> Callable[[float], float]:
    """Mean score by one parameter, likewise."""
    before, behind = values[:place], values[place + 1 :]
    return lambda value: surface.likelihood.mean_score(*before, value, *behind)[place]


def _highest(
    height: Callable[[float], float], places: Array, near: int | None
) -> tuple[float, int]:
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


def _turning(slope: Callable[[float], float], kink: float, kinks: Array) -> float:
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
