"""Climbs to a maximum that may be at a kink, where Newton's method does not come to.

With a shape a little above 1 a generalized normal's likeliest location is an observation, or next
to one, to the last digits of a double. So location and others are climbed by turns.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from engine.fits.climbing import FLAT, Summit, climb
from engine.fits.free_surface import FreeSurface
from engine.fits.kink_search import highest, turning
from engine.fits.kinks import holding, kinks_of, peaked, slope_along, vanishes

__all__ = ["climbed"]

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
            foot = climb(holding(surface, place, values), values, patience=patience)
            summits += [foot, climb(surface, foot.parameters, flat=flat, patience=patience)]
    return _after(summits, max(summits, key=lambda summit: summit.value))


def _beyond_kinks(
    surface: FreeSurface, parameters: Sequence[float]
) -> Iterator[tuple[int, list[float]]]:
    """The parameter with kinks, and places to both sides of all kinks."""
    if found := kinks_of(surface, parameters):
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
    """Climb by turns and then by Newton's method, until one of them comes to a top."""
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
        if kinks_of(surface, start) is None or vanishes(surface, start):
            return _after(summits, summits[-1])
    return _after(summits, max(summits, key=lambda summit: summit.value))


def _by_turns(
    surface: FreeSurface, start: Sequence[float], turns: int, patience: float
) -> Summit | None:
    """Climb along the parameter with kinks, then by the others; None where none has kinks."""
    values = surface.parameters(surface.place(start))
    summit: Summit | None = None
    near: int | None = None
    for _ in range(turns):
        found = kinks_of(surface, values)
        if found is None:
            break
        place, kinks = found
        latest = values[place]
        values[place], tries = highest(_height(surface, values, place), kinks, near)
        values[place] = turning(slope_along(surface, values, place), values[place], kinks)
        if summit and values[place] == latest:
            break
        spent = tries + (summit.spent if summit else 0)
        top = climb(holding(surface, place, values), values, patience=patience)
        summit = replace(top, before=spent)
        near, values = int(kinks.searchsorted(values[place])), list(summit.parameters)
    return summit


def _height(surface: FreeSurface, values: Sequence[float], place: int) -> Callable[[float], float]:
    """Log-likelihood by one parameter, the others as they are."""
    before, behind = values[:place], values[place + 1 :]
    return lambda value: surface.likelihood.value([*before, value, *behind])


def _after(summits: Sequence[Summit], last: Summit) -> Summit:
    """Return one of some summits, with what was spent on all of them."""
    return replace(last, before=sum(each.spent for each in summits) - last.evaluations)
