"""Places to begin the search for a mixture from: a sorted sample, cut into components.

The surface of a mixture has many hills, and which of them a search ends on is decided by
where it begins (McLachlan & Peel, Finite Mixture Models, section 2.12).
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.distributions.base import Array
from engine.points import Points
from engine.sample import Sample

__all__ = ["Reached", "equal_shares", "partitions", "summits", "thinned"]

MOST_POINTS = 2000
"""Points that starts are looked for on; more are merged with their neighbours."""

TAILS = (0.02, 0.1, 0.25)
"""Shares of a component in either tail."""

CORES = ((0.5, 0.9), (0.5, 0.5), (0.25, 0.1), (0.5, 0.1), (0.75, 0.1))
"""Centre and width of an inner part, in shares of the sample."""

RANDOM_CUTS = 4
LLOYD_STEPS = 50

LOYALTY = 0.99
"""Share of a value that goes to its own component; the rest keeps variances and means off 0."""

SHORT, LONG = 15, 100
"""Steps of the EM algorithm from every start, and from those that promise most."""

PROMISING, MOST_STARTS = 8, 5
SAME = 0.1
"""Squared log likelihood ratios of two members, summed, below which they lie on one hill.

It is about the square of their distance in standard errors, and does not mind by what
parameters they are the same where components merge.
"""

Labels = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Reached:
    """Parameters, in their one order, with the log density of each point and their sum."""

    values: tuple[float, ...]
    log_density: Array
    log_likelihood: float


Climb = Callable[[tuple[float, ...], int], Reached | None]


def thinned(sample: Sample) -> Points:
    """Sorted distinct values with their frequencies; where they are many, means of neighbours."""
    x, places = np.unique(sample.values, return_inverse=True)
    w = np.bincount(places, sample.frequencies, x.size).astype(float)
    if x.size > MOST_POINTS:
        begins = np.linspace(0, x.size, MOST_POINTS, endpoint=False).astype(int)
        sums = np.add.reduceat(w, begins)
        x, w = np.add.reduceat(w * x, begins) / sums, sums
    return Points(x, w, float(w.sum()))


def equal_shares(points: Points, number: int) -> Array:
    """Weights of the values in components that are all alike."""
    return np.tile(points.weights / number, (number, 1))


def partitions(points: Points, number: int, *, nested: bool) -> Iterator[Array]:
    """Weights of the values in components, shape (K, n), for each way to cut the sample.

    With ``nested`` also cuts into an inner part, for all components but one, and an outer
    one on both sides, for a broad component around the others.
    """
    for labels in _cuts(points, number, nested=nested):
        totals = np.bincount(labels, points.weights, number) / points.n
        if (totals > 0).all():
            own = labels == np.arange(number)[:, np.newaxis]
            yield points.weights * (LOYALTY * own + (1.0 - LOYALTY) * totals[:, np.newaxis])


def _cuts(points: Points, number: int, *, nested: bool) -> Iterator[Labels]:
    """At quantiles, at the widest gaps, by k-means, with a small component, and at random."""
    x, w = points.values, points.weights
    rank = (np.cumsum(w) - w / 2.0) / points.n
    inner = np.arange(1, number) / number
    quantiles = np.searchsorted(inner, rank)
    widest = np.sort(np.argsort(-np.diff(x), kind="stable")[: number - 1])
    gaps = np.searchsorted(widest, np.arange(x.size))
    yield quantiles
    yield gaps
    yield _k_means(x, w, quantiles, number)
    yield _k_means(x, w, np.searchsorted(x[0] + inner * (x[-1] - x[0]), x), number)
    for tail in TAILS:
        edges = tail + (1.0 - tail) * np.arange(number - 1) / (number - 1)
        yield np.searchsorted(edges, rank)
        yield np.searchsorted(edges, 1.0 - rank)
    for edges in np.sort(np.random.default_rng(number).uniform(size=(RANDOM_CUTS, number - 1))):
        yield np.searchsorted(edges, rank)
    for centre, width in CORES if nested else ():
        place = (rank - centre) / width + 0.5
        within = (place >= 0) & (place < 1)
        yield np.where(within, (place * (number - 1)).astype(int), number - 1)


def _k_means(x: Array, w: Array, labels: Labels, number: int) -> Labels:
    """Lloyd's algorithm on a line, where clusters are cut half-way between their means."""
    for _ in range(LLOYD_STEPS):
        with np.errstate(all="ignore"):
            means = np.bincount(labels, w * x, number) / np.bincount(labels, w, number)
        moved = np.searchsorted((means[:-1] + means[1:]) / 2.0, x)
        if (moved == labels).all():
            break
        labels = moved
    return labels


def summits(points: Points, begun: list[tuple[float, ...]], climb: Climb) -> list[Reached]:
    """Climb a little from every start, then further from the best, and keep these.

    ``climb`` gives what it reached in a number of steps, or None where that leads nowhere.
    """
    reached = [found for start in begun if (found := climb(start, SHORT))]
    promising = _distinct(points, reached)[:PROMISING]
    further = [found for each in promising if (found := climb(each.values, LONG))]
    return _distinct(points, further)[:MOST_STARTS]


def _distinct(points: Points, reached: list[Reached]) -> list[Reached]:
    """Order by likelihood, and keep one of those that no sample of this size tells apart."""
    kept: list[Reached] = []
    for each in sorted(reached, key=lambda each: -each.log_likelihood):
        apart = [points.weights @ (each.log_density - other.log_density) ** 2 for other in kept]
        if min(apart, default=math.inf) > SAME:
            kept.append(each)
    return kept
