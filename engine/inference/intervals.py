"""Confidence intervals: Wald, profile likelihood and bootstrap.

Pawitan, In All Likelihood, sections 2.6, 3.4 and 5.3; Davison & Hinkley, Bootstrap Methods
and their Application, section 5.3.
"""

import math

import numpy as np
import scipy

from engine.domains import Domain
from engine.fits.fitting import Fit, fit
from engine.inference.profile_excess import Better, Excess, cutoff, error_of
from engine.inference.replicates import Replicates
from engine.remembered import remembered

__all__ = ["Better", "Interval", "around", "bootstrap", "profile", "raised", "wald"]

Interval = tuple[float | None, float | None]

MOST_RESTARTS = 5


def wald(fitted: Fit, place: int, level: float) -> Interval | None:
    """Estimate ± normal quantile × standard error; None without a standard error.

    The level is between 0 and 1. Where that would leave the parameter's domain, it is taken in
    the unconstrained coordinate instead, so that a scale's interval never crosses 0.
    """
    errors = fitted.standard_errors
    if errors is None:
        return None
    domain = fitted.likelihood.family.parameters()[place].domain
    return around(fitted.parameters[place], errors[place], domain, level)


def around(value: float, error: float, domain: Domain, level: float) -> Interval:
    """Wald's interval of an estimate with its standard error, at a level between 0 and 1."""
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
    """Return the ends of the values that a likelihood-ratio test at the level keeps.

    The other parameters are fitted again at every value. The level is between 0 and 1.

    An end is None where there is none: the profile stays above the cutoff as far as doubles
    reach, or the search took more than it is worth. There is no interval at all, but None,
    where the fit is no maximum, and where the parameter was held or meets a corner there, so
    that nothing tells how far to look.

    A search that comes upon a higher maximum than the fit raises Better; without ``strict``
    that end is None instead.
    """
    if fitted.inner is not None:
        return _from_inside(fitted, place, level, strict=strict) if fitted.converged else None
    error = error_of(fitted, place)
    if not (error and fitted.converged):
        return None
    excess = Excess(fitted, place, cutoff(level))
    error /= excess.domain.slope(fitted.parameters[place])

    def end(direction: int) -> float | None:
        """One end of the interval."""
        try:
            return excess.end(direction, error)
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
