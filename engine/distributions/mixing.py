"""Whether one member of a family explains a sample better than any mixture of members does.

It does if and only if no other member has a likelihood ratio to it that is above 1 on
average over the sample (Lindsay, The Geometry of Mixture Likelihoods, The Annals of
Statistics 11, 1983).
"""

import math
from collections.abc import Callable

import numpy as np

from engine.distributions.base import Array, Distribution
from engine.samples.points import Points

__all__ = ["PLACES", "unmixed"]

PLACES = 400
"""Members that stand for all others between the extremes of a sample."""

ROUNDING = 1e-12


def unmixed(
    statistics: Points, best: Distribution, others: Callable[[Array], list[Distribution]]
) -> bool:
    """Whether a member, the best of its family, is better than the mixtures of its family.

    ``others`` gives the members of highest likelihood for single values. These are asked for
    values between the least and the greatest, evenly in their square roots, by which a
    Poisson's spread is the same everywhere, and for a selection of the values themselves.
    """
    values, weights = statistics.values, statistics.weights
    least, greatest = float(values.min()), float(values.max())
    places = np.linspace(math.sqrt(least), math.sqrt(greatest), PLACES) ** 2
    places = np.concatenate([places, values[:: 1 + values.size // PLACES]])
    with np.errstate(all="ignore"):
        at_best = best.log_density(values)
        ratios = [
            float(weights @ np.exp(other.log_density(values) - at_best))
            for other in others(np.clip(places, least, greatest))
        ]
    return max(ratios) <= statistics.n * (1.0 + ROUNDING)
