"""The likelihood of generalized Pareto excesses, with the scale given its best value.

With θ = ξ/σ the density is (θ/ξ) (1 + θx)^(−1 − 1/ξ); at a given θ the best shape is the mean
of log(1 + θx), and one dimension is left (Grimshaw, Technometrics 35, 1993).
"""

import math

import numpy as np

from engine.distributions.base import Array
from engine.samples.points import Points

__all__ = ["exponential_height", "heights"]


def heights(points: Points, thetas: Array) -> tuple[Array, Array]:
    """Best shape at each θ, and the mean log density that it attains."""
    shapes = np.array([points.average(np.log1p(theta * points.values)) for theta in thetas])
    return shapes, np.log(thetas / shapes) - shapes - 1.0


def exponential_height(points: Points) -> float:
    """Limit of the heights as θ goes to 0: the best exponential's mean log density."""
    return -math.log(points.average(points.values)) - 1.0
