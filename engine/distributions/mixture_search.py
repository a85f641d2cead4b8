"""The search for the hills of a mixture's likelihood."""

import math

import numpy as np

from engine.distributions.base import Array
from engine.distributions.mixture_climbs import (
    Climbs,
    Kind,
    Members,
    chosen,
    climbed,
    distinct,
    divided,
    together,
)
from engine.distributions.mixture_starts import LEAST_REGROUPED, regrouped
from engine.samples.points import Points

__all__ = ["newton_step", "summits"]

SHORT, LONG = 4, 25
"""Leaps from every start, and from those that promise most."""

PROMISING, MORE_PROMISING = 8, 12
"""Starts for each component that are followed further, with two components and with more."""

BEHIND = 10.0, 0.01
"""Log-likelihood below the first top, in all or an observation, at which a start promises none."""

HIGHEST, REGROUPINGS = 3, 5
"""Hills whose components are regrouped in each round, and the rounds at the most."""

LEAST_BEND = 1e-6


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
        found = divided(kind, points, chosen(reached, np.array(fresh)).here)[0]
        detours = np.concatenate([regrouped(points, each, nested=nested) for each in found])
        reached = distinct(points, together(reached, _followed(kind, points, detours)))
    return reached.here


def _followed(kind: Kind, points: Points, parts: Array) -> Climbs:
    """Climb a little from every start, then further from the best; the highest first."""
    with np.errstate(all="ignore"):
        totals = parts.sum(axis=2)
        begun = Members(totals / points.n, kind.maximised(points.values, parts, totals))
    reached = climbed(kind, points, begun, SHORT)
    number = parts.shape[1]
    if number >= LEAST_REGROUPED:
        return climbed(kind, points, chosen(reached, slice(number * MORE_PROMISING)).here, LONG)
    first = climbed(kind, points, chosen(reached, slice(1)).here, LONG)
    others = chosen(reached, slice(1, number * PROMISING))
    if not first.height.size:
        return climbed(kind, points, others.here, LONG)
    near = others.height >= first.height[0] - max(BEHIND[0], BEHIND[1] * points.n)
    climbs = climbed(kind, points, chosen(others, near).here, LONG, first)
    return distinct(points, together(first, climbs))


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
