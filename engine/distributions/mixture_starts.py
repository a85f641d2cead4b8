"""Places to begin the search for a mixture from: a sorted sample, cut into components.

The surface of a mixture has many hills, and which of them a search ends on is decided by
where it begins (McLachlan & Peel, Finite Mixture Models, section 2.12).
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine.distributions.base import Array
from engine.points import Points
from engine.sample import Sample

__all__ = ["FEW", "MANY", "equal_shares", "partitions", "sorted_points", "thinned"]

FEW, MANY = 100, 2000
"""Points that hills are looked for on, for each component, and followed to their tops on."""

TAILS = (0.02, 0.1, 0.25)
"""Shares of a component in either tail."""

CORES = ((0.5, 0.9), (0.5, 0.5), (0.25, 0.1), (0.5, 0.1), (0.75, 0.1))
"""Centre and width of an inner part, in shares of the sample."""

RANDOM_CUTS = 6
"""Cuts at random for each edge between components."""

LLOYD_STEPS = 50

LOYALTY = 0.99
"""Share of a value that goes to its own component; the rest keeps variances and means off 0."""

Labels = NDArray[np.intp]


def sorted_points(sample: Sample) -> Points:
    """Sorted distinct values with their frequencies."""
    if sample.weights is None:
        x, w = np.sort(sample.values), None
    else:
        order = np.argsort(sample.values)
        x, w = sample.values[order], sample.weights[order]
    begins = np.concatenate([[0], 1 + np.flatnonzero(x[1:] > x[:-1])])
    ends = np.append(begins[1:], x.size)
    w = (ends - begins).astype(float) if w is None else np.add.reduceat(w, begins)
    return Points(x[begins], w, float(w.sum()))


def thinned(points: Points, most: int) -> Points:
    """Return the means of neighbours, where there are more points than asked for."""
    if points.size <= most:
        return points
    begins = np.linspace(0, points.size, most, endpoint=False).astype(int)
    w = np.add.reduceat(points.weights, begins)
    return Points(np.add.reduceat(points.weights * points.values, begins) / w, w, points.n)


def equal_shares(points: Points, number: int) -> Array:
    """Weights of the values in components that are all alike, shape (1, K, n)."""
    return np.tile(points.weights / number, (1, number, 1))


def partitions(points: Points, number: int, *, nested: bool) -> Array:
    """Weights of the values in components, shape (S, K, n), for each way to cut the sample.

    With ``nested`` also cuts into an inner part, for all components but one, and an outer
    one on both sides, for a broad component around the others.
    """
    different = {cut.tobytes(): cut for cut in _cuts(points, number, nested=nested)}
    own = np.stack(list(different.values()))[:, np.newaxis] == np.arange(number)[:, np.newaxis]
    totals = own @ points.weights / points.n
    filled = (totals > 0).all(axis=1)
    shares = LOYALTY * own[filled] + (1.0 - LOYALTY) * totals[filled, :, np.newaxis]
    return points.weights * shares


def _cuts(points: Points, number: int, *, nested: bool) -> Iterator[Labels]:
    """At quantiles, at the widest gaps, by k-means, with a small component, and at random."""
    x, w = points.values, points.weights
    rank = (np.cumsum(w) - w / 2.0) / points.n
    inner = np.arange(1, number) / number
    yield np.searchsorted(inner, rank)
    widest = np.sort(np.argsort(-np.diff(x), kind="stable")[: number - 1])
    yield np.searchsorted(widest, np.arange(x.size))
    yield _k_means(points, np.searchsorted(rank, inner, "right"))
    yield _k_means(points, np.searchsorted(x, x[0] + inner * (x[-1] - x[0]), "right"))
    for tail in TAILS:
        edges = tail + (1.0 - tail) * np.arange(number - 1) / (number - 1)
        yield np.searchsorted(edges, rank)
        yield np.searchsorted(edges, 1.0 - rank)
    for edges in np.sort(
        np.random.default_rng(number).uniform(size=(RANDOM_CUTS * (number - 1), number - 1))
    ):
        yield np.searchsorted(edges, rank)
    for centre, width in CORES if nested else ():
        place = (rank - centre) / width + 0.5
        within = (place >= 0) & (place < 1)
        yield np.where(within, (place * (number - 1)).astype(np.intp), number - 1)


def _k_means(points: Points, begins: Labels) -> Labels:
    """Lloyd's algorithm on a line, where clusters are cut half-way between their means."""
    x, w = points.values, points.weights
    weights, sums = (np.concatenate([[0.0], np.cumsum(terms)]) for terms in (w, w * x))
    for _ in range(LLOYD_STEPS):
        edges = np.concatenate([[0], begins, [x.size]])
        totals = np.diff(weights[edges])
        if not (totals > 0).all():
            break
        means = np.diff(sums[edges]) / totals
        moved = np.searchsorted(x, (means[:-1] + means[1:]) / 2.0, "right")
        if (moved == begins).all():
            break
        begins = moved
    return np.searchsorted(begins, np.arange(x.size), "right")
