"""Confidence intervals: Wald, profile likelihood and bootstrap.

Pawitan, In All Likelihood, sections 2.6, 3.4 and 5.3; Davison & Hinkley, Bootstrap Methods
and their Application, section 5.3.
"""

import math
from collections.abc import Sequence

import numpy as np
import scipy

from engine.domains import Domain
from engine.fits.crossing import crossing
from engine.fits.fitting import Fit, fit
from engine.fits.free_surface import FreeSurface
from engine.fits.kinks import climbed, error_beside_kinks
from engine.inference.replicates import Replicates
from engine.remembered import remembered

__all__ = ["Better", "Interval", "around", "bootstrap", "error_of", "profile", "raised", "wald"]

Interval = tuple[float | None, float | None]

PATIENCE = 400
"""Evaluations after which a climb along a ridge is not worth it, unless from somewhere nearer."""
ENOUGH = 2000
"""Evaluations after which an end is not looked for any longer; most take a hundred."""
MOST_RESTARTS = 5
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


def wald(fitted: Fit, place: int, level: float) -> Interval | None:
    """Estimate ± normal quantile × standard error; None without a standard error.

    Where that would leave the parameter's domain, it is taken in the unconstrained
    coordinate instead, so that a scale's interval never crosses 0.
    """
    errors = fitted.standard_errors
    if errors is None:
        return None
    domain = fitted.likelihood.family.parameters()[place].domain
    return around(fitted.parameters[place], errors[place], domain, level)


def around(value: float, error: float, domain: Domain, level: float) -> Interval:
    """Wald's interval of an estimate with its standard error."""
    width = float(scipy.special.ndtri((1 + level) / 2)) * error
    low, high = value - width, value + width
    if domain.lower < low and high < domain.upper:
        return low, high
    middle, reach = domain.unconstrain(value), width / domain.slope(value)
    ends = []
    for end in (middle - reach, middle + reach):
        try:
            ends.append(domain.constrain(end))
        except OverflowError:
            ends.append(math.inf)
    return ends[0], (ends[1] if math.isfinite(ends[1]) else None)


@remembered
def profile(fitted: Fit, place: int, level: float, *, strict: bool = True) -> Interval | None:
    """Values that a likelihood-ratio test at the level does not reject.

    The other parameters are refitted at every value. An end is None where the profile never
    falls below the cutoff on the way to the domain's edge, as far as doubles hold it. None for
    both where the fit is no maximum, as a profile then would not be one, or a corner by the
    parameter. Better where the fit is not the highest; unless ``strict`` an open end there.
    """
    if fitted.inner is not None:
        return _from_inside(fitted, place, level, strict=strict) if fitted.converged else None
    error = error_of(fitted, place)
    if not (error and fitted.converged):
        return None
    excess = _Excess(fitted, place, float(scipy.special.chdtri(1, 1 - level)) / 2)
    domain, best = excess.domain, fitted.parameters[place]
    middle = domain.unconstrain(best)
    error /= domain.slope(best)

    def end(direction: int) -> float | None:
        """Where the profile meets the cutoff one way; None where it does not."""
        excess.spent, begin = 0, middle
        try:
            for _ in range(MOST_RESTARTS):
                found = crossing(excess, begin, direction * error)
                if found is None or (inner := excess.broken(found, direction)) is None:
                    return None if found is None else domain.constrain(found)
                begin = inner
        except _OutOfReach:
            pass
        except Better:
            if strict:
                raise
        return None

    return end(-1), end(+1)


def _from_inside(fitted: Fit, place: int, level: float, *, strict: bool) -> Interval | None:
    """Profile in the frame in which the fit was found, where parameters have more digits."""
    family, frame = fitted.likelihood.family, fitted.frame
    try:
        found = profile(fitted.inner or fitted, place, level, strict=strict)
    except Better as better:
        raise Better(frame.outside(family, better.parameters)) from None
    if found is None:
        return None
    origin, by = frame.axes(family)[place]
    low, high = (None if end is None else end * by + origin for end in found)
    return low, high


def error_of(fitted: Fit, place: int) -> float:
    """Standard error of a parameter, or what stands in for one at a kink; 0 where nothing does."""
    if fitted.standard_errors is not None:
        return fitted.standard_errors[place]
    if not fitted.converged:
        return 0.0
    surface = FreeSurface(fitted.likelihood, _held_places(fitted))
    return error_beside_kinks(surface, fitted.parameters, place)


def _held_places(fitted: Fit) -> dict[int, float]:
    """Fixed parameters' places and values."""
    declared = fitted.likelihood.family.parameters()
    return {i: fitted.parameters[i] for i, p in enumerate(declared) if p.name in fitted.fixed}


class _Excess:
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
        self.held = _held_places(fitted)
        self.top = self.likelihood.value(fitted.parameters)
        middle = self.domain.unconstrain(fitted.parameters[place])
        self.known: dict[float, tuple[float, tuple[float, ...]]] = {
            middle: (cutoff, fitted.parameters)
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

    def broken(self, end: float, direction: int) -> float | None:
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


@np.errstate(all="ignore")
def raised(fitted: Fit, level: float) -> Fit:
    """Return the fit, or a better one that the profiles of its parameters lead to.

    A profile that comes upon a higher likelihood is where the search begins again.
    """
    family = fitted.likelihood.family
    for _ in range(MOST_RESTARTS):
        try:
            for place, declared in enumerate(family.parameters()):
                if declared.name not in fitted.fixed:
                    profile(fitted, place, level)
        except Better as better:
            found = fit(family, fitted.likelihood.sample, fitted.held, better.parameters)
            if not (found.converged and found.log_likelihood > fitted.log_likelihood):
                break
            fitted = found
        else:
            break
    return fitted


def bootstrap(drawn: Replicates, level: float) -> dict[str, Interval]:
    """Percentile intervals by name of all parameters, and what they imply, from replicates.

    Replicates that gave no maximum are left out; none where more than a tenth did.
    """
    if not drawn.enough(len(drawn.found)):
        return {}
    estimates = np.array([list(each.estimates.values()) for each in drawn.found])
    ends = np.quantile(estimates, [(1 - level) / 2, (1 + level) / 2], axis=0)
    pairs = zip(drawn.found[0].estimates, ends.T.tolist(), strict=True)
    return {name: (low, high) for name, (low, high) in pairs}
