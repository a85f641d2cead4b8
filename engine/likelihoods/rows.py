"""Observations one by one: what each is, and the log-likelihood and the score that it adds.

A row is a value, or an observation known only to lie between bounds; rows are counted as the
sample holds them, values first. A row of weight w adds w times what one observation does.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.distributions.base import Array, Distribution
from engine.likelihoods.censoring import Masses
from engine.likelihoods.truncated import mass
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
        value, slope = _masses(family, sample, parameters, ends)
        seen, slopes = np.append(seen, value), np.vstack([slopes, slope])
        low, high = np.append(low, hidden.low), np.append(high, hidden.high)
        weight = np.append(weight, hidden.weights)
    if sample.truncation is not None:
        limits = sample.observable(whole=family.support.whole)
        value, slope = _masses(
            family, sample, parameters, (np.array([limits[0]]), np.array([limits[1]]))
        )
        seen, slopes = seen - value, slopes - slope
    return Rows(low, high, weight, seen, slopes)


def _masses(
    family: type[Distribution],
    sample: Sample,
    parameters: Sequence[float],
    ends: tuple[Array, Array],
) -> tuple[Array, Array]:
    """Log P(low < X ≤ high) at each pair of ends, shape (m,), and its gradient, shape (m, k)."""

    def log_mass(at: Array) -> Array:
        """Log masses between the ends at a point."""
        return np.log(mass(family.at(at.tolist()), *ends))

    here = np.array(parameters, dtype=float)
    steps = Masses(family, sample).steps(parameters)
    with np.errstate(all="ignore"):
        slopes = []
        for step in np.diag(steps):
            near = log_mass(here + step) - log_mass(here - step)
            far = log_mass(here + 2 * step) - log_mass(here - 2 * step)
            slopes.append((8 * near - far) / (12 * step.sum()))
        return log_mass(here), np.array(slopes).T


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
