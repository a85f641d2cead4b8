"""Confidence intervals: Wald, profile likelihood and bootstrap.

Pawitan, In All Likelihood, sections 2.6, 3.4 and 5.3; Davison & Hinkley, Bootstrap Methods
and their Application, section 5.3.
"""

import math
from collections.abc import Callable

import numpy as np
import scipy

from engine.domains import Domain
from engine.fitting import Fit, fit
from engine.newton import FreeSurface, climb
from engine.replicates import Replicates

__all__ = ["Better", "Interval", "around", "bootstrap", "profile", "raised", "wald"]

Interval = tuple[float | None, float | None]

WIDEST = 60
"""How many doublings of the distance a profile is followed for before its end counts as open."""

FINEST = 1e-10
"""Share of a standard error to which an end is found."""
MOST_CREPT = 200
MOST_RESTARTS = 5
LEVELLED = 1e-5
"""Fall of a profile along a half more of the way, by which it is level."""
HIGHER = 1e-6
"""Rise of the log-likelihood above the fit's at which a profile has found a better maximum."""


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


def profile(fitted: Fit, place: int, level: float) -> Interval | None:
    """Values that a likelihood-ratio test at the level does not reject.

    The other parameters are refitted at every value. An end is None where the profile never
    falls below the cutoff on the way to the domain's edge. None for both where the fit is no
    maximum, as a profile then would not be one. Better where the fit is not the highest.
    """
    if fitted.covariance is None or not fitted.converged:
        return None
    cutoff = float(scipy.special.chdtri(1, 1 - level)) / 2
    likelihood = fitted.likelihood.condensed
    domain = likelihood.family.parameters()[place].domain
    middle = domain.unconstrain(fitted.parameters[place])
    error = math.sqrt(fitted.covariance[place, place]) / domain.slope(fitted.parameters[place])
    held = {
        i: fitted.parameters[i]
        for i, p in enumerate(likelihood.family.parameters())
        if p.name in fitted.fixed
    }
    nearest, top = list(fitted.parameters), likelihood.value(fitted.parameters)

    known: dict[float, float] = {middle: cutoff}
    """A search asks again for its ends, and another start could find another hill."""

    def excess(z: float) -> float:
        """Profile log-likelihood at z beyond the cutoff."""
        if z in known:
            return known[z]
        try:
            value = domain.constrain(z)
            with np.errstate(all="ignore"):
                summit = climb(FreeSurface(likelihood, held | {place: value}), nearest)
        except ArithmeticError:
            return -math.inf
        if not math.isfinite(summit.value):
            return -math.inf  # from somewhere nearer it may be finite
        nearest[:] = summit.parameters
        if summit.value - top > HIGHER * max(1.0, abs(top) * HIGHER):
            raise Better(summit.parameters)
        known[z] = summit.value - top + cutoff
        return known[z]

    def end(direction: int) -> float | None:
        """Where the profile meets the cutoff one way; None where it does not."""
        nearest[:] = fitted.parameters
        found = _crossing(excess, middle, direction * error)
        return None if found is None else domain.constrain(found)

    return end(-1), end(+1)


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


def _crossing(excess: Callable[[float], float], middle: float, step: float) -> float | None:
    """Where a function that is positive in the middle first turns negative along a step."""
    inner, reach, before = middle, 2.0 * step, math.inf
    for _ in range(WIDEST):
        outer = middle + reach
        value = excess(outer)
        if value >= 0 and before - value < LEVELLED * (1.0 + abs(value)):
            return None  # on the way to the edge it has become level, above the cutoff
        before = value
        if value < 0:
            if not math.isfinite(value):
                return _crept(excess, inner, outer, step)
            return _root(excess, inner, outer, step)
        inner, reach = outer, 1.5 * reach
    return None


def _crept(
    excess: Callable[[float], float], inner: float, outer: float, step: float
) -> float | None:
    """The same where there is nothing beyond, or nothing that can be reached in one go.

    An edge beyond which nothing is likely counts as an end.
    """
    gap = (outer - inner) / 2.0
    for _ in range(MOST_CREPT):
        if abs(gap) <= FINEST * abs(step) or inner + gap == inner:
            return inner
        value = excess(inner + gap)
        if value >= 0:
            inner, gap = inner + gap, 1.5 * gap
        elif math.isfinite(value):
            return _root(excess, inner, inner + gap, step)
        else:
            gap /= 2.0
    return None


def _root(excess: Callable[[float], float], inner: float, outer: float, step: float) -> float:
    """Where a function vanishes between two places."""
    tolerance = FINEST * abs(step)
    return float(scipy.optimize.brentq(excess, inner, outer, xtol=tolerance))


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
