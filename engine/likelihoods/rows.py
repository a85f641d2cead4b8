"""Observations one by one: what each is, and the log-likelihood and the score that it adds.

A row is a value, or an observation known only to lie between bounds; rows are counted as the
sample holds them, values first. A row of weight w adds w times what one observation does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.distributions.base import Array, Distribution
from engine.distributions.five_point import rise_over_twelve_steps
from engine.likelihoods.censoring import Masses
from engine.likelihoods.truncated import log_mass
from engine.samples.sample import Censored, Sample

__all__ = ["Rows", "rows", "without"]


@dataclass(frozen=True, eq=False)
class Rows:
    """What every row adds at one point, for a weight of 1, and how much it weighs.

    ``low`` and ``high`` are equal where a value was seen. ``log_likelihood`` and ``weight`` have
    the shape (n,), ``score`` has (n, k).
    """

    low: Array
    high: Array
    weight: Array
    log_likelihood: Array
    score: Array


def rows(family: type[Distribution], sample: Sample, parameters: Sequence[float]) -> Rows:
    """Evaluate log f(x), log P(low < X ≤ high) and their gradients, less log P(observable).

    Klein & Moeschberger, Survival Analysis, section 3.5. Masses are differentiated by the
    five-point rule with the steps of the whole sample's masses.
    """
    member, hidden = family.at(parameters), sample.censored
    with np.errstate(all="ignore"):
        seen, slopes = member.log_density(sample.values), member.score(sample.values).T
    low = high = sample.values
    weight = np.asarray(sample.frequencies)
    if hidden is not None:
        bounds = sample.observable(whole=family.support.whole)
        ends = np.clip(hidden.low, *bounds), np.clip(hidden.high, *bounds)

        def between(member: Distribution) -> Array:
            """Log masses between the bounds."""
            return log_mass(member, *ends)

        value, slope = _masses(family, sample, parameters, between)
        seen, slopes = np.append(seen, value), np.vstack([slopes, slope])
        low, high = np.append(low, hidden.low), np.append(high, hidden.high)
        weight = np.append(weight, hidden.weights)
    if sample.truncation is not None:
        limits = [np.array([end]) for end in sample.observable(whole=family.support.whole)]

        def observable(member: Distribution) -> Array:
            """Log mass of what can be observed."""
            return log_mass(member, *limits)

        value, slope = _masses(family, sample, parameters, observable)
        seen, slopes = seen - value, slopes - slope
    return Rows(low, high, weight, seen, slopes)


def _masses(
    family: type[Distribution],
    sample: Sample,
    parameters: Sequence[float],
    log_masses: Callable[[Distribution], Array],
) -> tuple[Array, Array]:
    """Log masses that a member has, shape (m,), and their gradients, shape (m, k)."""

    def told(at: Array) -> Array:
        """Log masses at a point."""
        return log_masses(family.at(at.tolist()))

    here = np.array(parameters, dtype=float)
    steps = Masses(family, sample).steps(parameters)
    with np.errstate(all="ignore"):
        rises = [rise_over_twelve_steps(told, here, step) for step in np.diag(steps)]
        return told(here), np.array(rises).T / (12 * steps)


def without(sample: Sample, places: Sequence[int]) -> Sample:
    """Return the sample without the rows at these places, each with all of its weight.

    ValueError where nothing is left; IndexError where there is no such row.
    """
    kept: NDArray[np.bool_] = np.ones(sample.n, dtype=bool)
    kept[list(places)] = False
    if not kept.any():
        raise ValueError("every observation is left out; keep one at least")
    values, hidden = kept[: sample.values.size], sample.censored
    if hidden is not None:
        rest = kept[sample.values.size :]
        hidden = Censored(hidden.low[rest], hidden.high[rest], hidden.weights[rest])
        hidden = hidden if rest.any() else None
    weights = None if sample.weights is None else sample.weights[values]
    return replace(sample, values=sample.values[values], weights=weights, censored=hidden)
