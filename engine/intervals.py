"""Confidence intervals: Wald, profile likelihood and bootstrap.

Pawitan, In All Likelihood, sections 2.6, 3.4 and 5.3; Davison & Hinkley, Bootstrap Methods
and their Application, section 5.3.
"""

import math
from collections.abc import Callable
from functools import cache

import numpy as np
import scipy

from engine.fitting import Fit, NoFit, fit
from engine.newton import FreeSurface, climb
from engine.sample import RandomSource, Sample

__all__ = ["Interval", "bootstrap", "profile", "wald"]

Interval = tuple[float | None, float | None]

WIDEST = 60
"""How many doublings of the distance a profile is followed for before its end counts as open."""


def wald(fitted: Fit, place: int, level: float) -> Interval | None:
    """Estimate ± normal quantile × standard error; None without a standard error.

    Where that would leave the parameter's domain, it is taken in the unconstrained
    coordinate instead, so that a scale's interval never crosses 0.
    """
    errors = fitted.standard_errors
    if errors is None:
        return None
    domain = fitted.likelihood.family.parameters()[place].domain
    value, error = fitted.parameters[place], errors[place]
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
    maximum, as a profile then would not be one.
    """
    if fitted.covariance is None or not fitted.converged:
        return None
    cutoff = float(scipy.special.chdtri(1, 1 - level)) / 2
    likelihood = fitted.likelihood
    domain = likelihood.family.parameters()[place].domain
    middle = domain.unconstrain(fitted.parameters[place])
    error = math.sqrt(fitted.covariance[place, place]) / domain.slope(fitted.parameters[place])
    held = {
        i: fitted.parameters[i]
        for i, p in enumerate(likelihood.family.parameters())
        if p.name in fitted.fixed
    }
    nearest = list(fitted.parameters)

    @cache  # a search asks again for its ends, and another start could find another hill
    def excess(z: float) -> float:
        if z == middle:
            return cutoff
        try:
            value = domain.constrain(z)
        except OverflowError:
            return -math.inf
        summit = climb(FreeSurface(likelihood, held | {place: value}), nearest)
        nearest[:] = summit.parameters
        return summit.value - fitted.log_likelihood + cutoff

    def end(direction: int) -> float | None:
        nearest[:] = fitted.parameters
        found = _crossing(excess, middle, direction * error)
        return None if found is None else domain.constrain(found)

    return end(-1), end(+1)


def _crossing(excess: Callable[[float], float], middle: float, step: float) -> float | None:
    """Where a function that is positive in the middle first turns negative along a step."""
    inner, reach = middle, 2.0 * step
    for _ in range(WIDEST):
        outer = middle + reach
        value = excess(outer)
        if value < 0:
            while not math.isfinite(value):
                outer = (inner + outer) / 2
                value = excess(outer)
                if value >= 0:
                    inner, outer = outer, outer + (outer - inner)
            return float(scipy.optimize.brentq(excess, inner, outer, xtol=1e-10 * abs(step)))
        inner, reach = outer, 1.5 * reach
    return None


def bootstrap(
    fitted: Fit, level: float, random: RandomSource, replicates: int = 999
) -> list[Interval | None]:
    """Percentile intervals of all parameters from samples drawn from the fitted member.

    Samples that give no maximum are left out; None where more than a tenth do.
    """
    family, n = fitted.likelihood.family, round(fitted.likelihood.n)
    fixed = {
        p.name: value
        for p, value in zip(family.parameters(), fitted.parameters, strict=True)
        if p.name in fitted.fixed
    }
    found = []
    for _ in range(replicates):
        try:
            again = fit(family, Sample(fitted.distribution.draw(n, random)), fixed)
        except NoFit:
            continue
        if again.converged:
            found.append(again.parameters)
    if len(found) < 0.9 * replicates:
        return [None] * len(fitted.parameters)
    ends = np.quantile(np.array(found), [(1 - level) / 2, (1 + level) / 2], axis=0)
    return [(float(low), float(high)) for low, high in ends.T]
