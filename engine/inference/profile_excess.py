"""A profile log-likelihood beyond the cutoff of an interval, as the search for its ends sees it."""

import math
from collections.abc import Sequence

import numpy as np
import scipy

from engine.fits.crossing import crossing
from engine.fits.fitted import Fit
from engine.fits.free_surface import FreeSurface
from engine.fits.kink_climbing import climbed
from engine.fits.kinks import error_beside_kinks

__all__ = ["Better", "Excess", "cutoff", "error_of", "held_places"]

PATIENCE = 400
"""Evaluations after which a climb along a ridge is not worth it, unless from somewhere nearer."""
ENOUGH = 2000
"""Evaluations after which an end is not looked for any longer; most take a hundred."""
MOST_RESTARTS = 5
"""How often the search begins again where it came to a lower hill."""
BROKEN = 1e-3
"""Log-likelihood above the cutoff from which a profile does not end, unless at an edge."""
BESIDE = 2
"""Further places that are looked at for a start, as the nearest may be on another hill."""
HIGHER = 1e-6
"""Rise of the log-likelihood above the fit's at which a profile has found a better maximum."""


class _OutOfReach(Exception):  # noqa: N818 - it ends a search, and is no error
    """The search for an end took more than it is worth."""


class Better(Exception):  # noqa: N818 - it names what was found, not an error
    """A profile came upon parameters with a higher likelihood than the fit's."""

    def __init__(self, parameters: tuple[float, ...]) -> None:
        super().__init__(parameters)
        self.parameters = parameters


def cutoff(level: float) -> float:
    """Drop of the log-likelihood at the ends of an interval for one parameter."""
    return float(scipy.special.chdtri(1, 1.0 - level)) / 2.0


def error_of(fitted: Fit, place: int) -> float:
    """Standard error of a parameter, or what stands in for one at a kink; 0 where nothing does."""
    if fitted.standard_errors is not None:
        return fitted.standard_errors[place]
    if not fitted.converged:
        return 0.0
    surface = FreeSurface(fitted.likelihood, held_places(fitted))
    return error_beside_kinks(surface, fitted.parameters, place)


def held_places(fitted: Fit) -> dict[int, float]:
    """Fixed parameters' places and values."""
    names = fitted.likelihood.family.names()
    return {i: fitted.parameters[i] for i, name in enumerate(names) if name in fitted.fixed}


class Excess:
    """A parameter's profile log-likelihood beyond the cutoff, as a function of its coordinate.

    Each climb begins at the best of the nearest places that are known and where the line through
    the two nearest leads; at the highest of all that are known if nothing is likely there. What
    was asked for once is kept, as a search asks again for its ends, and another start could find
    another hill.
    """

    def __init__(self, fitted: Fit, place: int, cutoff: float) -> None:
        self.likelihood, self.place, self.cutoff = fitted.likelihood.condensed, place, cutoff
        declared = self.likelihood.family.parameters()
        self.domain = declared[place].domain
        self.held = held_places(fitted)
        self.top = self.likelihood.value(fitted.parameters)
        self.middle = self.domain.unconstrain(fitted.parameters[place])
        self.known: dict[float, tuple[float, tuple[float, ...]]] = {
            self.middle: (cutoff, fitted.parameters)
        }
        self.spent = 0

    def __call__(self, z: float) -> float:
        """Return −∞ where nothing is likely, and NaN where the top was not reached."""
        if z in self.known:
            return self.known[z][0]
        try:
            held = self.held | {self.place: self.domain.constrain(z)}
            with np.errstate(all="ignore"):
                surface = FreeSurface(self.likelihood, held)
                summit = climbed(surface, self._start(surface, z), patience=PATIENCE)
        except ArithmeticError:
            return -math.inf
        self.spent += summit.evaluations
        if self.spent > ENOUGH:
            raise _OutOfReach
        if not math.isfinite(summit.value):
            # a truncated range's mass may be below all doubles; from somewhere nearer it may not
            known = self.likelihood.value(summit.parameters) == -math.inf
            return -math.inf if known else math.nan
        if summit.value - self.top > HIGHER * max(1.0, abs(self.top) * HIGHER):
            if self.likelihood.flaw(summit.parameters):
                return math.nan  # a spike, and no top
            raise Better(summit.parameters)
        if summit.evaluations > PATIENCE:
            return math.nan
        self.known[z] = summit.value - self.top + self.cutoff, summit.parameters
        return self.known[z][0]

    def end(self, direction: int, error: float) -> float | None:
        """Value at which the profile meets the cutoff, below the maximum or above it by ±1.

        ``error`` is the standard error of the coordinate. None where the profile stays above the
        cutoff, or the search takes more than it is worth; Better where it finds a higher maximum.
        """
        self.spent, begin = 0, self.middle
        for _ in range(MOST_RESTARTS):
            try:
                found = crossing(self, begin, direction * error)
            except _OutOfReach:
                return None
            if found is None:
                return None
            inner = self._broken(found, direction)
            if inner is None:
                return self.domain.constrain(found)
            begin = inner
        return None

    def _broken(self, end: float, direction: int) -> float | None:
        """The last place before an end, if beyond it climbs came to a lower hill.

        What is known beyond is forgotten then, so that they begin on this side.
        """
        inside = [z for z in self.known if direction * (end - z) >= 0.0]
        inner = max(inside, key=lambda z: direction * z)
        if self.known[inner][0] < BROKEN or len(inside) == len(self.known):
            return None
        self.known = {z: self.known[z] for z in inside}
        return inner

    def _start(self, surface: FreeSurface, z: float) -> Sequence[float]:
        """Where to climb from on the surface that holds the parameter at z."""
        near = sorted(self.known, key=lambda place: abs(place - z))
        at, *others = (surface.place(self.known[place][1]) for place in near)
        ahead = [at + (z - near[0]) / (near[1] - near[0]) * (other - at) for other in others[:1]]
        best = max([at, *ahead, *others[:BESIDE]], key=surface.value)
        if surface.value(best) == -math.inf:
            best = max([at, *others], key=surface.value)
        return surface.parameters(best)
