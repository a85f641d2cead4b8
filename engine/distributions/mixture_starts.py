"""Places to begin the search for a mixture from: a sorted sample, cut into components.

The surface of a mixture has many hills, and which of them a search ends on is decided by
where it begins (McLachlan & Peel, Finite Mixture Models, section 2.12).
"""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from engine.distributions.base import Array
from engine.samples.points import Points
from engine.samples.sample import Sample

__all__ = ["FEW", "LEAST_REGROUPED", "MANY", "equal_shares", "partitions", "regrouped"]
__all__ += ["sorted_points", "thinned"]

FEW, MANY = 100, 2000
"""Points that hills are looked for on, for each component, and followed to their tops on."""

TAILS = (0.02, 0.1, 0.25)
"""Shares of a component in either tail."""

CORES = ((0.5, 0.9), (0.5, 0.5), (0.25, 0.1), (0.5, 0.1), (0.75, 0.1))
"""Centre and width of an inner part, in shares of the sample."""

FEW_CUTS, MANY_CUTS = 6, 30
"""Cuts at random for each edge between components, one or several."""

LEAST_REGROUPED = 3
"""Components, of which two become one and a third becomes two."""
PARTS = (0.0, 0.5), (0.0, 0.2), (0.0, 0.8), (0.25, 0.75)
"""Where, in shares of it, the part of a component is that leaves it; the last is an inner one."""

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
    return _loyal(points, own * points.weights)


def regrouped(points: Points, parts: Array, *, nested: bool) -> Array:
    """Weights of the values where two components become one and another two, shape (S, K, n).

    From those in the components as they are, shape (K, n). Those become one that are neighbours.
    """
    order = np.argsort(parts @ points.values / parts.sum(axis=1))
    parts = parts[order]
    ranks = (np.cumsum(parts, axis=1) - parts / 2.0) / parts.sum(axis=1, keepdims=True)
    found = []
    for one, third in product(range(len(parts) - 1), range(len(parts))):
        for low, high in PARTS if nested else PARTS[:-1]:
            if third not in (one, one + 1):
                leaving = np.where((ranks[third] >= low) & (ranks[third] < high), parts[third], 0.0)
                changed = parts.copy()
                changed[one] += parts[one + 1]
                changed[one + 1] = leaving
                changed[third] -= leaving
                found.append(changed)
    return _loyal(points, np.stack(found))


def _loyal(points: Points, parts: Array) -> Array:
    """Leave out where a component has nothing, and give each a little of every value."""
    totals = parts.sum(axis=2, keepdims=True) / points.n
    filled = (totals > 0).all(axis=(1, 2))
    return LOYALTY * parts[filled] + (1.0 - LOYALTY) * totals[filled] * points.weights


def _cuts(points: Points, number: int, *, nested: bool) -> Iterator[Labels]:
    """At quantiles, at the widest gaps, by k-means, with a small component, and at random."""
    x, w = points.values, points.weights
    rank = (np.cumsum(w) - w / 2.0) / points.n
    inner = np.arange(1, number) / number
    tails = np.array(TAILS)[:, np.newaxis]
    tails = tails + (1.0 - tails) * np.arange(number - 1) / (number - 1)
    many = (FEW_CUTS if number < LEAST_REGROUPED else MANY_CUTS) * (number - 1)
    random = np.random.default_rng(number).uniform(size=(many, number - 1))
    yield from _at_edges(rank, np.concatenate([[inner], tails, np.sort(random)]))
    yield from _at_edges(1.0 - rank, tails)
    widest = np.sort(np.argsort(-np.diff(x), kind="stable")[: number - 1])
    yield np.searchsorted(widest, np.arange(x.size))
    yield _k_means(points, np.searchsorted(rank, inner, "right"))
    yield _k_means(points, np.searchsorted(x, x[0] + inner * (x[-1] - x[0]), "right"))
    if nested:
        centres, widths = np.array(CORES).T[:, :, np.newaxis]
        places = (rank - centres) / widths + 0.5
        within = (places >= 0) & (places < 1)
        yield from np.where(within, (places * (number - 1)).astype(np.intp), number - 1)


def _at_edges(ranks: Array, edges: Array) -> Labels:
    """Cuts of ranks, a row for each row of edges."""
    return np.add.reduce(edges.T[:, :, np.newaxis] < ranks, axis=0, dtype=np.intp)


def _k_means(points: Points, begins: Labels) -> Labels:
    """Lloyd's algorithm on a line, where clusters are cut half-way between their means."""
    x, w = points.values.tolist(), points.weights
    weights, sums = ([0.0, *np.cumsum(terms).tolist()] for terms in (w, w * points.values))
    ends = begins.tolist()
    for _ in range(LLOYD_STEPS):
        clusters = list(pairwise([0, *ends, len(x)]))
        totals = [weights[end] - weights[begin] for begin, end in clusters]
        if not min(totals) > 0:
            break
        means = [(sums[j] - sums[i]) / t for (i, j), t in zip(clusters, totals, strict=True)]
        moved = [bisect_right(x, (low + high) / 2.0) for low, high in pairwise(means)]
        if moved == ends:
            break
        ends = moved
    return np.searchsorted(ends, np.arange(len(x)), "right")
