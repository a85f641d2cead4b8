"""What was found on nodes, moved to the maximum on the sample itself and measured there."""

import math
from collections.abc import Sequence
from dataclasses import replace

from engine.distributions.base import Array
from engine.fitted import Fit
from engine.inference import covariance, inverted, length
from engine.likelihood import Likelihood
from engine.stopping import VANISHING

__all__ = ["certified"]

MOST_PASSES = 5
LEAST_GAIN = 8.0
AGREEING = 1e-4
"""Standard errors off the maximum up to which the nodes' curvature is that of the sample."""


def certified(likelihood: Likelihood, rough: Fit) -> Fit | None:
    """Take Newton steps with the sample's score until it vanishes.

    None where the nodes do not stand for the sample well enough, so that the steps do not
    shrink; the search is then to be made on the sample itself.
    """
    if rough.covariance is None or not rough.converged:
        return None
    return (_by_jets if likelihood.at_once else _by_scores)(likelihood, rough)


def _by_jets(likelihood: Likelihood, rough: Fit) -> Fit | None:
    """Take steps with the sample's own curvature, mostly one.

    After a step δ the score is ½ Δ δ, where Δ is by how much the curvature differs from one
    end of δ to the other. That much, the nodes can tell, and where it is nothing the sample
    need not be asked once more.
    """
    free, parameters, before = _free(rough), rough.parameters, math.inf
    for passes in range(1, MOST_PASSES):
        value, score, information = likelihood.jet(parameters)
        matrix = inverted(information, free)
        distance = length(score, matrix)
        if matrix is None or not distance < before / LEAST_GAIN:
            return None
        if distance <= VANISHING:
            return _told(likelihood, rough, parameters, value, matrix, distance, passes)
        step = matrix @ score
        moved = tuple((parameters + step).tolist())
        if not _inside(likelihood, moved):
            return None
        nodes = rough.likelihood
        bend = nodes.information(moved) - nodes.information(parameters)
        rest = length(0.5 * bend @ step, matrix)
        if rest <= VANISHING / 2.0:
            value, matrix = value + 0.5 * distance**2, inverted(information + bend, free)
            return _told(likelihood, rough, moved, value, matrix, rest, passes)
        parameters, before = moved, distance
    return None


def _by_scores(likelihood: Likelihood, rough: Fit) -> Fit | None:
    """Take steps with the nodes' curvature, mostly none."""
    parameters, before, first = rough.parameters, math.inf, None
    for passes in range(1, MOST_PASSES + 1):
        value, score = likelihood.value_and_score(parameters)
        distance = length(score, rough.covariance)
        first = distance if first is None else first
        if distance <= VANISHING:
            near = first <= AGREEING
            matrix = rough.covariance if near else covariance(likelihood, parameters, _free(rough))
            return _told(likelihood, rough, parameters, value, matrix, distance, passes)
        parameters = tuple((parameters + rough.covariance @ score).tolist())
        if not (_inside(likelihood, parameters) and distance < before / LEAST_GAIN):
            return None
        before = distance
    return None


def _free(rough: Fit) -> list[int]:
    names = [p.name for p in rough.likelihood.family.parameters()]
    return [i for i, name in enumerate(names) if name not in rough.fixed]


def _inside(likelihood: Likelihood, parameters: Sequence[float]) -> bool:
    declared = likelihood.family.parameters()
    return all(p.domain.contains(v) for p, v in zip(declared, parameters, strict=True))


def _told(
    likelihood: Likelihood,
    rough: Fit,
    parameters: Sequence[float],
    value: float,
    matrix: Array | None,
    score: float,
    passes: int,
) -> Fit:
    """Return the fit with what was measured on the sample."""
    hills = (replace(hill, value=likelihood.value(hill.parameters)) for hill in rough.hills)
    return replace(
        rough,
        likelihood=likelihood,
        parameters=tuple(parameters),
        log_likelihood=value,
        covariance=matrix,
        score=score,
        evaluations=rough.evaluations + passes,
        hills=tuple(hills),
    )
