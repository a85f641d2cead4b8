"""Densities of a mixture's normal components at many values, in few passes over them."""

import math
from functools import reduce

import numpy as np

from engine.distributions.base import Array
from engine.distributions.logarithms import TAME, sum_of_logs
from engine.samples.points import all_ones

__all__ = ["bells", "heights", "log_total"]


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
