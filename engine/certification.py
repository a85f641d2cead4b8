"""What was found on nodes, moved to the maximum on the sample itself and measured there."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine.fitted import Fit
from engine.inference import covariance
from engine.likelihood import Likelihood
from engine.stopping import VANISHING

__all__ = ["certified"]

MOST_PASSES = 5
LEAST_GAIN = 8.0
AGREEING = 1e-4
"""Standard errors off the maximum up to which the nodes' curvature is that of the sample."""


def certified(likelihood: Likelihood, rough: Fit) -> Fit | None:
    """Take Newton steps with the nodes' curvature and the sample's score, mostly none.

    None where the nodes do not stand for the sample well enough, so that the steps do not
    shrink; the search is then to be made on the sample itself.
    """
    if rough.covariance is None or not rough.converged:
        return None
    domains = [p.domain for p in likelihood.family.parameters()]
    parameters, distances = np.array(rough.parameters), [math.inf]
    for _ in range(MOST_PASSES):
        value, score = likelihood.value_and_score(parameters.tolist())
        step = rough.covariance @ score
        distances.append(math.sqrt(max(float(score @ step), 0.0)))
        if distances[-1] <= VANISHING:
            return _measured(likelihood, rough, parameters.tolist(), value, distances[1:])
        parameters = parameters + step
        inside = all(d.contains(v) for d, v in zip(domains, parameters.tolist(), strict=True))
        if not (inside and distances[-1] < distances[-2] / LEAST_GAIN):
            return None
    return None


def _measured(
    likelihood: Likelihood,
    rough: Fit,
    parameters: Sequence[float],
    value: float,
    distances: list[float],
) -> Fit:
    """Return the fit with what was measured on the sample."""
    found = rough.covariance
    if distances[0] > AGREEING:
        names = [p.name for p in likelihood.family.parameters()]
        free = [i for i, name in enumerate(names) if name not in rough.fixed]
        found = covariance(likelihood, parameters, free)
    hills = (replace(hill, value=likelihood.value(hill.parameters)) for hill in rough.hills)
    return replace(
        rough,
        likelihood=likelihood,
        parameters=tuple(parameters),
        log_likelihood=value,
        covariance=found,
        score=distances[-1],
        evaluations=rough.evaluations + len(distances),
        hills=tuple(hills),
    )
