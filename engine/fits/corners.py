"""Maxima at a corner of the likelihood that no formula gives: censored, truncated or fixed samples.

A parameter that ends the support, such as a Pareto's minimum, rises until it meets the first
value that was seen. It is held there while the others climb, and also left free, in case
the masses of censored observations keep it away.
"""

import math
from collections.abc import Iterator
from itertools import combinations

from engine.distributions.base import Distribution
from engine.fits.climbing import Summit, climb
from engine.fits.fitted import Fit
from engine.fits.free_surface import FreeSurface
from engine.fits.kinks import vanishes
from engine.likelihoods.likelihood import Likelihood

__all__ = ["at_corners"]


def at_corners(likelihood: Likelihood, held: dict[int, float], start: Distribution) -> Fit | None:
    """Return the highest maximum with some parameters at corners; None where there are none."""
    family = likelihood.family
    names = family.names()
    met = {names.index(name): at for name, at in family.corners(likelihood.sample).items()}
    corners = {place: at for place, at in met.items() if place not in held}
    best: Summit | None = None
    for chosen in _choices(corners):
        surface = FreeSurface(likelihood, held | chosen)
        values = list(start.values())
        for place, value in surface.held.items():
            values[place] = value
        if not math.isfinite(likelihood.value(values)):
            continue
        summit = climb(surface, values)
        if vanishes(surface, summit.parameters) and (best is None or summit.value > best.value):
            best = summit
    fixed = frozenset(names[place] for place in held)
    return None if best is None else Fit.at_corner(likelihood, best, fixed)


def _choices(corners: dict[int, float]) -> Iterator[dict[int, float]]:
    """Every way to hold at least one of them."""
    for size in range(len(corners), 0, -1):
        for places in combinations(corners, size):
            yield {place: corners[place] for place in places}
