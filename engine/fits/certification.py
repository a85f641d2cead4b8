"""What was found on nodes, moved to the maximum on the sample itself and measured there."""

import math
from dataclasses import dataclass, replace

from engine.distributions.base import Array
from engine.fits.curvature import covariance, inverted, length
from engine.fits.fitted import Fit
from engine.fits.surrogate import Surrogate
from engine.likelihoods.likelihood import Likelihood
from engine.stopping import VANISHING

__all__ = ["certified"]

MOST_PASSES = 5
LEAST_GAIN = 8.0
"""Factor by which a pass must shorten the way; with less the few that are made would not do."""
AGREEING = 1e-4
"""Standard errors off the maximum up to which the nodes' curvature is that of the sample."""
MOST_STEPS = 4
MISSED = 0.01
"""Share by which the nodes' third derivatives may be other than the sample's."""


@dataclass(frozen=True, slots=True)
class _Measured:
    """A maximum on the sample, after how many passes over it."""

    parameters: tuple[float, ...]
    value: float
    covariance: Array | None
    score: float
    passes: int


def certified(likelihood: Likelihood, rough: Fit) -> Fit | None:
    """Take Newton steps with the sample's score until it vanishes.

    None where the nodes do not stand for the sample well enough, so that the steps do not
    shrink; the search is then to be made on the sample itself.
    """
    if rough.covariance is None or not rough.converged:
        return None
    names = likelihood.family.names()
    free = [i for i, name in enumerate(names) if name not in rough.fixed]
    if likelihood.at_once:
        found = _by_jets(likelihood, rough, free)
    else:
        found = _by_scores(likelihood, rough, rough.covariance, free)
    if found is None:
        return None
    hills = (replace(hill, value=likelihood.value(hill.parameters)) for hill in rough.hills)
    return replace(
        rough,
        likelihood=likelihood,
        parameters=found.parameters,
        log_likelihood=found.value,
        covariance=found.covariance,
        score=found.score,
        evaluations=rough.evaluations + found.passes,
        hills=tuple(hills),
    )


def _by_jets(likelihood: Likelihood, rough: Fit, free: list[int]) -> _Measured | None:
    """Step to the top of the nodes' likelihood bent to the sample's, mostly once."""
    parameters, before = rough.parameters, math.inf
    for passes in range(1, MOST_PASSES + 1):
        jet = likelihood.jet(parameters)
        matrix = inverted(jet.information, free)
        distance = length(jet.score, matrix)
        if matrix is None or not distance < before / LEAST_GAIN:
            return None
        if distance <= VANISHING:
            return _Measured(parameters, jet.value, matrix, distance, passes)
        top = _top(Surrogate(rough.likelihood, parameters, jet), matrix, passes, free)
        if top is None or top.score <= VANISHING:
            return top
        parameters, before = top.parameters, distance
    return None


def _top(surrogate: Surrogate, matrix: Array, passes: int, free: list[int]) -> _Measured | None:
    """Climb a surrogate by Newton's steps from where it was made.

    The score is that of its top, and what it may have missed: a share of what the first step
    left, which the nodes' third derivatives tell.
    """
    place, jet, missed = surrogate.place, surrogate.jet_there, 0.0
    for _ in range(MOST_STEPS):
        place = place + matrix @ jet.score
        if not surrogate.nodes.family.admits(place.tolist()):
            return None
        jet = surrogate.jet(place)
        covered = inverted(jet.information, free)
        if covered is None:
            return None
        matrix, rest = covered, length(jet.score, covered)
        missed = missed or MISSED * rest
        if rest <= VANISHING / 2.0:
            break
    return _Measured(tuple(place.tolist()), jet.value, matrix, rest + missed, passes)


def _by_scores(
    likelihood: Likelihood, rough: Fit, matrix: Array, free: list[int]
) -> _Measured | None:
    """Take steps with the nodes' curvature, mostly none."""
    parameters, distances = rough.parameters, [math.inf]
    for passes in range(1, MOST_PASSES + 1):
        value, score = likelihood.value_and_score(parameters)
        distances.append(length(score, matrix))
        if distances[-1] <= VANISHING:
            near = distances[1] <= AGREEING
            found = matrix if near else covariance(likelihood, parameters, free)
            return _Measured(parameters, value, found, distances[-1], passes)
        parameters = tuple((parameters + matrix @ score).tolist())
        shrinking = distances[-1] < distances[-2] / LEAST_GAIN
        if not (shrinking and likelihood.family.admits(parameters)):
            return None
    return None
