"""Samples like this one: as many observations, with the same truncation and censoring.

    truncation       draws from the member's law within the range
    right censoring  conditional on the censoring times that are known; those of values that
                     were seen are from their own Kaplan–Meier estimate
    left censoring   the same, mirrored
    other censoring  draws are put into the sample's cells, if its intervals are those of one
                     grid; else each is inspected at the ends that one of the rows has

Davison & Hinkley, Bootstrap Methods and their Application, algorithm 3.1. All of it assumes
that the censoring does not depend on the values, beyond what is seen of them. The frequencies
w₁, w₂, … stand for round(w₁ + w₂ + …) observations.
"""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.distributions.base import Distribution
from engine.likelihoods.truncated import Truncated
from engine.samples.empirical import product_limit
from engine.samples.sample import Array, Censored, RandomSource, Sample

__all__ = ["like"]


def like(distribution: Distribution, sample: Sample, random: RandomSource) -> Sample:
    """Draw a sample of a distribution by the design of a given one."""
    return replace(_drawn(distribution, sample, random), truncation=sample.truncation)


def _drawn(distribution: Distribution, sample: Sample, random: RandomSource) -> Sample:
    law, hidden = Truncated.of(distribution, sample), sample.censored
    x = law.draw(round(sample.total), random)
    if hidden is None:
        return _sample(law, x, x)
    if np.isposinf(hidden.high).all():
        c = _censoring_times(sample.values, hidden.low, sample, random)
        return _sample(law, np.minimum(x, c), np.where(x > c, math.inf, x))
    if np.isneginf(hidden.low).all():
        # X ≤ c is −X > −c for a density, and −X > −(c + 1) for counts
        step = 1.0 if distribution.support.whole else 0.0
        c = -_censoring_times(-sample.values, -hidden.high - step, sample, random) - step
        return _sample(law, np.where(x <= c, -math.inf, x), np.maximum(x, c))
    low, high = np.maximum(hidden.low, law.low), np.minimum(hidden.high, law.high)
    edges = np.unique(np.concatenate([[law.low, law.high], low, high]))
    if (np.searchsorted(edges, high) == np.searchsorted(edges, low) + 1).all():
        return _in_cells(law, sample, x, edges, random)
    return _inspected(law, sample, x)


def _censoring_times(values: Array, bounds: Array, sample: Sample, random: RandomSource) -> Array:
    """When each observation would have been censored: known, or drawn from beyond its value.

    A value after the last censoring is never censored.
    """
    hidden = sample.censored
    assert hidden is not None  # noqa: S101 - only censored samples have censoring times
    times, masses = product_limit(
        bounds, hidden.weights, values, sample.frequencies, leaves_after=False
    )
    ends = np.append(0.0, np.cumsum(masses))
    repeats = _repeats(sample)
    seen = np.repeat(values, repeats[: values.size])
    before = ends[np.searchsorted(times, seen, "left")]
    chances = before + (1.0 - before) * random.uniform(size=seen.size)
    drawn = np.append(times, math.inf)[np.searchsorted(ends[1:], chances, "right")]
    return np.concatenate([drawn, np.repeat(bounds, repeats[values.size :])])


def _in_cells(
    law: Truncated, sample: Sample, x: Array, edges: Array, random: RandomSource
) -> Sample:
    """Tell of each draw its cell, or the value, as often as values were told of that cell."""
    hidden = sample.censored
    assert hidden is not None  # noqa: S101 - only censored samples have cells

    def cell(above: Array) -> Array:
        """The cell in which something just above each place lies."""
        return np.clip(np.searchsorted(edges, above, "left") - 1, 0, edges.size - 2)

    cells = edges.size - 1
    told = np.bincount(cell(sample.values), sample.frequencies, cells)
    untold = np.bincount(cell(np.minimum(hidden.high, law.high)), hidden.weights, cells)
    shares = told / np.maximum(told + untold, np.finfo(float).tiny)
    places = cell(x)
    exact = random.uniform(size=x.size) < shares[places]
    return _sample(law, np.where(exact, x, edges[places]), np.where(exact, x, edges[places + 1]))


def _inspected(law: Truncated, sample: Sample, x: Array) -> Sample:
    """Tell of each draw between which ends of its row it lies; rows with a value tell theirs."""
    hidden = sample.censored
    assert hidden is not None  # noqa: S101 - only censored samples are inspected
    repeats, seen = _repeats(sample), sample.values.size
    low = np.repeat(hidden.low, repeats[seen:])
    high = np.repeat(hidden.high, repeats[seen:])
    values, others = np.split(x, [int(repeats[:seen].sum())])
    under, over = others <= low, others > high
    return _sample(
        law,
        np.append(values, np.select([under, over], [law.low, high], low)),
        np.append(values, np.select([under, over], [low, law.high], high)),
    )


def _repeats(sample: Sample) -> NDArray[np.intp]:
    """How many observations each row stands for, whole numbers that sum to the rounded total."""
    weights = sample.frequencies
    if sample.censored is not None:
        weights = np.append(weights, sample.censored.weights)
    return np.diff(np.rint(np.cumsum(weights)), prepend=0.0).astype(np.intp)


def _sample(law: Truncated, low: Array, high: Array) -> Sample:
    """Gather ends into a sample, equal ones as values; what is tied is counted."""
    seen = low == high
    values, weights = low[seen], None
    if law.member.support.whole:
        values, counts = np.unique(values, return_counts=True)
        weights = counts.astype(float)
    hidden = None
    if not seen.all():
        hidden = Censored(low[~seen], high[~seen], np.ones((~seen).sum())).merged()
    return Sample(values, weights, hidden)
