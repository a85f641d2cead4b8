"""The search for the hills of a mixture's likelihood, from many starts at once.

Steps of the EM algorithm are taken from all starts in the same arrays, and after every two
a leap ahead, as far as the two foretell: Varadhan & Roland, Simple and Globally Convergent
Methods for Accelerating the Convergence of Any EM Algorithm, Scandinavian Journal of
Statistics 35, 2008, scheme S3.
"""

import math
from functools import reduce
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.distributions.base import Array
from engine.distributions.mixture_starts import LEAST_REGROUPED, regrouped
from engine.samples.points import Points

__all__ = ["Climbs", "Kind", "Members", "climbed", "newton_step", "summits"]

SLOW = 1e-4
"""Rise of the log-likelihood by a step of the EM algorithm at which it gives way to others."""

ENOUGH = 1000.0
"""Observations beyond which hills are told apart, and followed, no more closely.

There are steps that are better than those of the EM algorithm when the way is clear.
"""

SHORT, LONG = 4, 25
"""Leaps from every start, and from those that promise most."""

PROMISING, MORE_PROMISING = 4, 12
"""Starts for each component that are followed further, with two components and with more."""

SAME = 0.1
"""Squared log likelihood ratios of two members, summed, below which they lie on one hill.

It is about the square of their distance in standard errors, and does not mind by what
parameters they are the same where components merge.
"""

HIGHEST, REGROUPINGS = 3, 5
"""Hills whose components are regrouped in each round, and the rounds at the most."""

MEETING = 2
"""Leaps after which starts that have met are made one."""

LEAST_BEND = 1e-6


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


def summits(kind: Kind, points: Points, parts: Array, *, nested: bool) -> Members:
    """Climb from many ways to part the sample, shape (S, K, n), and by detours from the highest.

    The highest first. A hill that is hidden behind others is often reached by regrouping the
    components of one that was found: Ueda, Nakano, Ghahramani & Hinton, SMEM Algorithm for
    Mixture Models, Neural Computation 12, 2000. ``nested`` is as for ``regrouped``.
    """
    reached = _followed(kind, points, parts)
    done: set[float] = set()
    for _ in range(REGROUPINGS):
        heights = reached.height[:HIGHEST].tolist()
        fresh = [place for place, height in enumerate(heights) if height not in done]
        if not fresh or parts.shape[1] < LEAST_REGROUPED:
            break
        done.update(heights)
        found = _divided(kind, points, _chosen(reached, np.array(fresh)).here)[0]
        detours = np.concatenate([regrouped(points, each, nested=nested) for each in found])
        reached = _distinct(points, _together(reached, _followed(kind, points, detours)))
    return reached.here


def _followed(kind: Kind, points: Points, parts: Array) -> Climbs:
    """Climb a little from every start, then further from the best; the highest first."""
    with np.errstate(all="ignore"):
        totals = parts.sum(axis=2)
        begun = Members(totals / points.n, kind.maximised(points.values, parts, totals))
    reached = climbed(kind, points, begun, SHORT)
    number = parts.shape[1]
    most = number * (PROMISING if number < LEAST_REGROUPED else MORE_PROMISING)
    promising = _chosen(reached, slice(most))
    return climbed(kind, points, promising.here, LONG)


def climbed(kind: Kind, points: Points, begun: Members, leaps: int) -> Climbs:
    """Climb until steps are slow, the highest first, without those where a component collapses."""
    with np.errstate(all="ignore"):
        mean = points.average(points.values)
        unit = np.sqrt(points.average(points.values**2) - mean * mean)
        scale = np.where(kind.positive(), 1.0, unit)
        climbs = _evaluated(kind, points, begun)
        ended: list[Climbs] = []
        for leap in range(1, leaps + 1):
            ahead = _evaluated(kind, points, climbs.ahead)
            slow = ~(ahead.height - climbs.height >= SLOW * _excess(points))
            if slow.any():
                ended.append(_chosen(ahead, slow))
                climbs, ahead = _chosen(climbs, ~slow), _chosen(ahead, ~slow)
            if not climbs.height.size:
                break
            leapt = _evaluated(kind, points, _extrapolated(kind, climbs, ahead, scale))
            lower = ~(leapt.height >= ahead.height)
            if lower.any():
                steps = Members(ahead.next_weights[lower], ahead.next_rows[lower])
                for reached, stepped in zip(leapt, _evaluated(kind, points, steps), strict=True):
                    reached[lower] = stepped
            climbs = leapt if leap % MEETING else _distinct(points, leapt)
        return _distinct(points, _together(*ended, climbs))


def _divided(kind: Kind, points: Points, members: Members) -> tuple[Array, Array]:
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
    terms, log_density = _divided(kind, points, members)
    totals = np.add.reduce(terms, axis=2)
    height = log_density @ points.weights
    height[kind.collapsed(terms, totals)] = np.nan
    rows = kind.maximised(points.values, terms, totals)
    return Climbs(*members, log_density, height, totals / points.n, rows)


def _extrapolated(kind: Kind, climbs: Climbs, ahead: Climbs, scale: Array) -> Members:
    """Leap from the first of three places, in logarithms of parameters that are above 0."""
    members, positive = (climbs.here, climbs.ahead, ahead.ahead), kind.positive()
    weights = np.array([each.weights for each in members])
    rows = np.array([each.rows for each in members])
    rows = np.where(positive, np.log(rows), rows) / scale
    places = np.concatenate([weights, rows.reshape(*weights.shape[:2], -1)], axis=2)
    first, second = places[1] - places[0], places[2] - places[1]
    bend = second - first
    length = np.sqrt(np.vecdot(first, first) / np.vecdot(bend, bend))
    length = np.maximum(length, 1.0)[:, np.newaxis]
    leapt = places[0] + length * (2.0 * first + length * bend)
    split = climbs.weights.shape[1]
    rows = leapt[:, split:].reshape(climbs.rows.shape) * scale
    return Members(leapt[:, :split], np.where(positive, np.exp(rows), rows))


def _chosen(climbs: Climbs, which: slice | NDArray[np.bool_] | NDArray[np.intp]) -> Climbs:
    return Climbs(*(each[which] for each in climbs))


def _together(*climbs: Climbs) -> Climbs:
    return Climbs(*(np.concatenate(fields) for fields in zip(*climbs, strict=True)))


def _distinct(points: Points, climbs: Climbs) -> Climbs:
    """Order by height, and keep one of those that no sample of this size tells apart."""
    standing = np.flatnonzero(np.isfinite(climbs.height))
    order = standing[np.argsort(-climbs.height[standing], kind="stable")]
    if order.size < 2:
        return _chosen(climbs, order)
    ratios = climbs.log_density[order] - climbs.log_density[order[:1]]
    ratios *= np.sqrt(points.weights)
    products = ratios @ ratios.T
    squares = np.diag(products)
    apart = squares + squares[:, np.newaxis] - 2.0 * products > SAME * _excess(points)
    kept: list[int] = []
    for place, row in enumerate(apart.tolist()):
        if all(row[other] for other in kept):
            kept.append(place)
    return _chosen(climbs, order[kept])


def _excess(points: Points) -> float:
    """How many times more observations there are than are enough."""
    return max(1.0, points.n / ENOUGH)


def newton_step(score: Array, information: Array) -> tuple[Array, float]:
    """Step to the maximum, and its squared length in standard errors.

    Where the surface is not concave the step is bent uphill, and its length infinite.
    """
    scale = np.sqrt(np.abs(np.diag(information)))
    scaled = information / np.outer(scale, scale)
    if not np.isfinite(scaled).all():
        return np.zeros(score.size), math.inf
    curvatures, directions = np.linalg.eigh(scaled)
    along = directions.T @ (score / scale)
    bent = along / np.maximum(np.abs(curvatures), LEAST_BEND)
    distance = float(along @ bent) if curvatures[0] > 0 else math.inf
    return directions @ bent / scale, distance
