"""Densities of a mixture's normal components at many values, in few passes over them."""

import math
from functools import reduce

import numpy as np

from engine.distributions.base import Array
from engine.distributions.logarithms import TAME, sum_of_logs
from engine.samples.points import all_ones

__all__ = ["all_alike", "bells", "heights", "log_total"]

ALIKE = 1e-9
"""Difference of components, by their standard deviations, that is no more than rounding."""


def all_alike(rows: Array) -> bool:
    """Whether components are the same but for rounding, from means and variances, shape (K, 2)."""
    variance = rows[:, 1].max()
    return bool((np.ptp(rows, axis=0) <= ALIKE * np.array([math.sqrt(variance), variance])).all())


def heights(shares: Array, rows: Array) -> Array:
    """Greatest density of each component, times its weight, shape (K,)."""
    return shares / np.sqrt(2.0 * math.pi * rows[:, 1])


def bells(x: Array, rows: Array, tops: Array) -> tuple[Array, Array, Array]:
    """x − μⱼ and the weighted densities of the components, shape (K, n), and the mixture's."""
    deviations = x - rows[:, :1]
    parts = deviations * (-0.5 / rows[:, 1:])
    parts *= deviations
    np.exp(parts, out=parts)
    parts *= tops[:, np.newaxis]
    # neither by a product of matrices, for which BLAS starts threads, nor by a slow sum(axis=0)
    return deviations, parts, reduce(np.add, parts)


def log_total(density: Array, weights: Array, least: float, tops: Array) -> float:
    """Sum of the logarithms of densities, which are no higher than the tops together."""
    if all_ones(weights) and least > TAME[0] and tops.sum() < TAME[1]:
        return sum_of_logs(density)
    return float(weights @ np.log(density))
