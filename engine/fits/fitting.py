"""``fit``: the converged maximum of a likelihood.

What is said to be a maximum has a vanishing score, in standard errors, and a positive
definite information, or is a corner of the likelihood that the family has a formula for.
A large sample is searched on a few nodes that stand for it; what is found there is then
moved to the maximum on the sample itself, and measured there.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from engine.distributions.base import Distribution
from engine.fits.arguments import check_arguments, check_values
from engine.fits.certification import certified
from engine.fits.climbing import FLAT, Summit, climb
from engine.fits.corners import at_corners
from engine.fits.curvature import inverted, length, score_in_standard_errors
from engine.fits.feasible_starts import feasible_starts, observable
from engine.fits.fitted import Fit, NoFit
from engine.fits.frame import Frame
from engine.fits.free_surface import FreeSurface
from engine.fits.kink_climbing import climbed
from engine.fits.kinks import peaked
from engine.fits.limiting_families import SLACK, higher_limit
from engine.fits.restoring import restored
from engine.fits.surroundings import Surroundings, look_around
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Sample
from engine.samples.support import outside
from engine.stopping import VANISHING

__all__ = ["BEYOND", "Fit", "NoFit", "fit", "maximum"]

MOST_RESTARTS = 3
"""How often a climb goes on from what is higher near its summit."""
ROUGHLY = VANISHING / 2.0
"""Standard errors off the nodes' maximum at which their climb is over."""
BEYOND = "double precision does not hold its likelihood at values of such a size; rescale them"
"""Why there is no fit where a number would be larger than all doubles, or lost among them."""


def fit(
    family: type[Distribution],
    sample: Sample,
    fixed: Mapping[str, float] | None = None,
    start: Sequence[float] | None = None,
) -> Fit:
    """Maximise the likelihood of a sample, some parameters held at given values.

    With a ``start`` the search begins there alone, which suits a sample like another that
    was fitted. NoFit where the likelihood has no maximum, nothing was observed, or an observation,
    a held value or a start lies outside its domain; KeyError where ``fixed`` names no parameter of
    the family.
    """
    check_arguments(family, sample, fixed or {}, start)
    if fault := outside(family.support, sample, family.name):
        raise NoFit(fault)
    held = {family.names().index(name): value for name, value in (fixed or {}).items()}
    try:
        with np.errstate(all="ignore"):
            return _told(_in_its_frame(family, sample, held, start))
    except (ArithmeticError, ValueError) as fault:  # math calls a logarithm of 0 a ValueError
        check_values(sample)
        if isinstance(fault, NoFit):
            raise
        raise NoFit(f"{family.name}: {BEYOND}") from None


def _told(found: Fit) -> Fit:
    """Return a fit, or raise NoFit where a number in it is not finite."""
    name = found.likelihood.family.name
    if found.log_likelihood == -math.inf:
        raise NoFit(f"no parameters of {name} were found at which the sample is likely")
    if not all(map(math.isfinite, (found.log_likelihood, *found.parameters))):
        raise NoFit(f"{name}: {BEYOND}")
    return found


def _in_its_frame(
    family: type[Distribution],
    sample: Sample,
    held: dict[int, float],
    start: Sequence[float] | None,
) -> Fit:
    """Fit a sample of extreme values from an origin among them, or in a unit near their size."""
    frame = Frame.of(family, sample)
    if frame is None:
        return _found(Likelihood(family, sample), held, start)
    near = None if start is None else frame.inside(family, start)
    axes = frame.axes(family)
    fixed = {i: (value - axes[i][0]) / axes[i][1] for i, value in held.items()}
    found = _found(Likelihood(family, frame.sample(sample)), fixed, near)
    moved = restored(found, sample, frame, held)
    if moved is None:
        obstacle = sample.plain and family.obstacle(family.condense(sample))
        raise NoFit(obstacle or f"{family.name}: {BEYOND}")
    return moved


def _found(likelihood: Likelihood, held: dict[int, float], start: Sequence[float] | None) -> Fit:
    """Search on nodes where there are some, and certify what is found."""
    if not likelihood.condensing:
        return _search(likelihood, held, start)
    rough = _search(likelihood.tallied, held, start, ROUGHLY)
    return certified(likelihood, rough) or _search(likelihood, held, rough.parameters)


def _search(
    likelihood: Likelihood,
    held: dict[int, float],
    start: Sequence[float] | None,
    flat: float = FLAT,
) -> Fit:
    """Take the maximum that the family has a formula for, or climb from every start."""
    family = likelihood.family
    if likelihood.sample.plain and not held:
        best = family.closed_form(likelihood.statistics)
        if best is None and (obstacle := family.obstacle(likelihood.statistics)):
            raise NoFit(obstacle)
        if best is not None:
            exact = _by_formula(likelihood, best.values())
            if exact.converged:
                return exact
            start = best.values()
    if family.corner:
        at = at_corners(likelihood, held, family.guess(observable(likelihood)))
        if at is not None:
            return at
    surface = FreeSurface(likelihood, held)
    if start is not None:
        starts = [tuple(start)]
    else:
        seen = observable(likelihood)
        starts = feasible_starts(surface, [each.values() for each in family.starts(seen)], seen)
    return _highest(surface, [climbed(surface, each, flat) for each in starts])


def _by_formula(likelihood: Likelihood, parameters: tuple[float, ...]) -> Fit:
    """Measure what a formula gives; at a corner there is no curvature to measure."""
    value = likelihood.value(parameters)
    if likelihood.family.corner:
        return Fit.at_corner(likelihood, Summit(parameters, value, 1))
    matrix = inverted(likelihood.information(parameters))
    score = length(likelihood.score(parameters), matrix)
    return Fit(likelihood, parameters, value, matrix, score, 2, score <= VANISHING, frozenset())


def _highest(surface: FreeSurface, summits: list[Summit]) -> Fit:
    """Measure the highest summit, after climbing on where there is something higher nearby."""
    starts = len(summits)
    found, higher = _measured(surface, summits)
    for _ in range(MOST_RESTARTS):
        if higher is None:
            break
        summits.append(climb(surface, higher))
        found, higher = _measured(surface, summits)
    spent = sum(summit.spent for summit in summits)
    return replace(_explained(found), evaluations=spent, starts=starts)


def _measured(surface: FreeSurface, summits: list[Summit]) -> tuple[Fit, tuple[float, ...] | None]:
    """Measure the highest summit, and look around for what is higher."""
    likelihood, fixed = surface.likelihood, frozenset(_names(surface.likelihood, surface.held))
    top, *lower = _distinct(surface, _sound(likelihood, summits))
    if peaked(surface, top.parameters):
        return replace(Fit.at_corner(likelihood, top, fixed), hills=tuple(lower)), None
    parameters = top.parameters if surface.held else likelihood.family.ordered(top.parameters)
    slopes, information = surface.slopes(parameters)
    matrix = inverted(information, surface.free)
    score = length(slopes, matrix)
    around, flaw = Surroundings(), likelihood.flaw(parameters)
    if surface.free and not flaw:
        around = look_around(surface, parameters, information, matrix)
    converged = score <= VANISHING and not (around.level or around.higher or flaw)
    found = Fit(
        likelihood,
        parameters,
        top.value,
        matrix,
        score,
        top.evaluations,
        converged,
        fixed,
        level=_names(likelihood, around.level),
        hills=tuple(lower),
        flaw=flaw,
    )
    return found, around.higher


def _explained(found: Fit) -> Fit:
    """Say of a place that is no top below which limit it is, or what the family knows of it."""
    likelihood = found.likelihood
    hiding = likelihood.sample.truncation is not None
    if found.converged or found.flaw or found.fixed or (found.level and not hiding):
        return found
    if limit := higher_limit(likelihood, found.log_likelihood - SLACK, fit):
        return replace(found, level=found.level or limit[:1], tends=limit.family)
    if found.level or likelihood.statistics is None:
        return found
    return replace(found, flaw=likelihood.family.stray(likelihood.statistics, found.parameters))


def _names(likelihood: Likelihood, places: Iterable[int]) -> tuple[str, ...]:
    """Names of the parameters at some places."""
    names = likelihood.family.names()
    return tuple(names[place] for place in places)


def _sound(likelihood: Likelihood, summits: list[Summit]) -> list[Summit]:
    """Summits that are estimates, if there are any, and not mere spikes of the likelihood."""
    if len(summits) == 1:
        return summits
    return [each for each in summits if not likelihood.flaw(each.parameters)] or summits


def _distinct(surface: FreeSurface, summits: list[Summit]) -> list[Summit]:
    """Order summits from the highest, each hill once, and only those that are hills."""
    if len(summits) == 1:
        return summits
    ordered = surface.likelihood.family.ordered if not surface.held else tuple
    found: list[Summit] = []
    for summit in sorted(summits, key=lambda each: -each.value):
        parameters = np.array(ordered(summit.parameters))
        known = any(np.allclose(parameters, ordered(hill.parameters), rtol=1e-4) for hill in found)
        score = score_in_standard_errors(surface.likelihood, summit.parameters, surface.free)
        if not found or (not known and score <= VANISHING):
            found.append(summit)
    return found


def maximum(
    family: type[Distribution], sample: Sample, fixed: Mapping[str, float] | None = None
) -> tuple[float, ...] | None:
    """Return the parameters of the maximum, where one could be shown."""
    try:
        fitted = fit(family, sample, fixed)
    except NoFit:
        return None
    return fitted.parameters if fitted.at_maximum else None
