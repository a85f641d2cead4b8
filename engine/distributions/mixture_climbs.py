"""Climbs of a mixture's likelihood, from many starts at once.

Steps of the EM algorithm are taken from all starts in the same arrays, and after every two
a leap ahead, as far as the two foretell: Varadhan & Roland, Simple and Globally Convergent
Methods for Accelerating the Convergence of Any EM Algorithm, Scandinavian Journal of
Statistics 35, 2008, scheme S3.
"""

from functools import reduce
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.distributions.base import Array
from engine.samples.points import Points

__all__ = ["Climbs", "Kind", "Members", "chosen", "climbed", "distinct", "divided", "together"]

SLOW = 1e-4
"""Rise of the log-likelihood by a step of the EM algorithm at which it gives way to others."""

ENOUGH = 1000.0
"""Observations beyond which hills are told apart, and followed, no more closely.

There are steps that are better than those of the EM algorithm when the way is clear.
"""

SAME = 0.1
"""Squared log likelihood ratios of two members, summed, below which they lie on one hill.

It is about the square of their distance in standard errors, and does not mind by what
parameters they are the same where components merge.
"""

MEETING = 2
"""Leaps after which climbs that have met, or see where others led, are given up."""

GLANCES = np.array([0.25, 0.5, 0.75])
"""Places on the straight way to a top, in shares of it, at which the likelihood is to rise."""


class Kind(Protocol):
    """What mixtures are of: S members have components' parameters of shape (S, K, q)."""

    def log_densities(self, x: Array, weights: Array, rows: Array) -> Array:
        """Log wⱼf(x; θⱼ) but for a term of the values alone, as a new array (S, K, n)."""

    def maximised(self, x: Array, shares: Array, totals: Array) -> Array:
        """Components' parameters of highest likelihood, from weights of the values (S, K, n).

        ``totals`` are the sums of these weights, shape (S, K).
        """

    def collapsed(self, shares: Array, totals: Array) -> NDArray[np.bool_]:
        """Whether a component has lost its values, from the same; shape (S,)."""

    def positive(self) -> NDArray[np.bool_]:
        """Which of a component's parameters are above 0; shape (q,)."""


class Members(NamedTuple):
    """Mixtures: weights of their components, shape (S, K), and their parameters, (S, K, q)."""

    weights: Array
    rows: Array


class Climbs(NamedTuple):
    """Places that climbs have reached, and where a step of the EM algorithm leads from there.

    Log densities and log-likelihoods lack a term of the values alone; the height is NaN
    where a component has collapsed.
    """

    weights: Array
    rows: Array
    log_density: Array
    height: Array
    next_weights: Array
    next_rows: Array

    @property
    def here(self) -> Members:
        """Where the climbs are."""
        return Members(self.weights, self.rows)

    @property
    def ahead(self) -> Members:
        """Where a step leads."""
        return Members(self.next_weights, self.next_rows)


def climbed(
    kind: Kind, points: Points, begun: Members, leaps: int, top: Climbs | None = None
) -> Climbs:
    """Climb until steps are slow, the highest first, without those where a component collapses.

    Given up are climbs that see the first of the climbs to a ``top``: the likelihood rises on
    the straight way to it.
    """
    with np.errstate(all="ignore"):
        mean = points.average(points.values)
        unit = np.sqrt(points.average(points.values**2) - mean * mean)
        scale = np.where(kind.positive(), 1.0, unit)
        climbs = _evaluated(kind, points, begun)
        ended: list[Climbs] = []
        if top is not None:
            climbs = _worthwhile(kind, points, climbs, top)
        for leap in range(1, leaps + 1):
            if not climbs.height.size:
                break
            ahead = _evaluated(kind, points, climbs.ahead)
            slow = ~(ahead.height - climbs.height >= SLOW * _excess(points))
            if slow.any():
                ended.append(chosen(ahead, slow))
                climbs, ahead = chosen(climbs, ~slow), chosen(ahead, ~slow)
            if not climbs.height.size:
                break
            leapt = _evaluated(kind, points, _extrapolated(kind, climbs, ahead, scale))
            lower = ~(leapt.height >= ahead.height)
            if lower.any():
                steps = Members(ahead.next_weights[lower], ahead.next_rows[lower])
                for reached, stepped in zip(leapt, _evaluated(kind, points, steps), strict=True):
                    reached[lower] = stepped
            climbs = leapt if leap % MEETING else _worthwhile(kind, points, leapt, top)
        return distinct(points, together(*ended, climbs))


def divided(kind: Kind, points: Points, members: Members) -> tuple[Array, Array]:
    """Weights of the values in components, shape (S, K, n), and log densities, (S, n)."""
    terms = kind.log_densities(points.values, *members)
    # over the few components one by one, for NumPy's sums over a short axis are slow
    components = terms.swapaxes(0, 1)
    top = reduce(np.maximum, components)
    terms -= top[:, np.newaxis]
    np.exp(terms, out=terms)
    total = reduce(np.add, components)
    log_density = np.log(total) + top
    terms *= (points.weights / total)[:, np.newaxis]
    return terms, log_density


def _evaluated(kind: Kind, points: Points, members: Members) -> Climbs:
    terms, log_density = divided(kind, points, members)
    totals = np.add.reduce(terms, axis=2)
    height = log_density @ points.weights
    height[kind.collapsed(terms, totals)] = np.nan
    rows = kind.maximised(points.values, terms, totals)
    return Climbs(*members, log_density, height, totals / points.n, rows)


def _extrapolated(kind: Kind, climbs: Climbs, ahead: Climbs, scale: Array) -> Members:
    """Leap from the first of three places, as far as the three foretell."""
    three = zip(climbs.here, climbs.ahead, ahead.ahead, strict=True)
    places = _placed(kind, Members(*map(np.array, three)))
    places[..., 1:] /= scale
    shape = places.shape[1:]
    places = places.reshape(3, shape[0], -1)
    first, second = places[1] - places[0], places[2] - places[1]
    bend = second - first
    length = np.sqrt(np.vecdot(first, first) / np.vecdot(bend, bend))
    length = np.maximum(length, 1.0)[:, np.newaxis]
    leapt = (places[0] + length * (2.0 * first + length * bend)).reshape(shape)
    leapt[..., 1:] *= scale
    return _members(kind, leapt)


def _placed(kind: Kind, members: Members) -> Array:
    """Weights and parameters, or their logarithms where they are above 0, shape (…, K, 1 + q)."""
    rows = np.where(kind.positive(), np.log(members.rows), members.rows)
    return np.concatenate([members.weights[..., np.newaxis], rows], axis=-1)


def _members(kind: Kind, places: Array) -> Members:
    rows = places[..., 1:]
    return Members(places[..., 0], np.where(kind.positive(), np.exp(rows), rows))


def _worthwhile(kind: Kind, points: Points, climbs: Climbs, top: Climbs | None) -> Climbs:
    """Give up climbs that have met others, or see where one has led."""
    climbs = distinct(points, climbs)
    if top is None or not climbs.height.size:
        return climbs
    return chosen(climbs, ~_seeing(kind, points, climbs, top))


def _seeing(kind: Kind, points: Points, climbs: Climbs, top: Climbs) -> NDArray[np.bool_]:
    """Whether the likelihood rises on the straight way to the first of the tops, shape (S,)."""
    begins, (end, *_) = (_in_order(_placed(kind, each.here)) for each in (climbs, top))
    ways = begins + GLANCES[:, np.newaxis, np.newaxis, np.newaxis] * (end - begins)
    members = _members(kind, ways.reshape(-1, *end.shape))
    heights = divided(kind, points, members)[1] @ points.weights
    between = heights.reshape(GLANCES.size, -1)
    last = np.broadcast_to(top.height[0], climbs.height.shape)
    rises = np.diff([climbs.height, *between, last], axis=0) >= 0
    return np.logical_and.reduce(rises)


def _in_order(places: Array) -> Array:
    """Order components by their first parameters."""
    return np.take_along_axis(places, np.argsort(places[..., 1:2], axis=1), axis=1)


def chosen(climbs: Climbs, which: slice | NDArray[np.bool_] | NDArray[np.intp]) -> Climbs:
    """Some of the climbs."""
    return Climbs(*(each[which] for each in climbs))


def together(*climbs: Climbs) -> Climbs:
    """All of them, one after another."""
    return Climbs(*(np.concatenate(fields) for fields in zip(*climbs, strict=True)))


def distinct(points: Points, climbs: Climbs) -> Climbs:
    """Order by height, and keep one of those that no sample of this size tells apart."""
    standing = np.flatnonzero(np.isfinite(climbs.height))
    order = standing[np.argsort(-climbs.height[standing], kind="stable")]
    if order.size < 2:
        return chosen(climbs, order)
    ratios = climbs.log_density[order] - climbs.log_density[order[:1]]
    ratios *= np.sqrt(points.weights)
    products = ratios @ ratios.T
    squares = np.diag(products)
    apart = squares + squares[:, np.newaxis] - 2.0 * products > SAME * _excess(points)
    kept: list[int] = []
    for place, row in enumerate(apart.tolist()):
        if all(row[other] for other in kept):
            kept.append(place)
    return chosen(climbs, order[kept])


def _excess(points: Points) -> float:
    """How many times more observations there are than are enough."""
    return max(1.0, points.n / ENOUGH)
