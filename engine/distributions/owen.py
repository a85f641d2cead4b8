"""Tails of the standard skew-normal distribution, by Owen's function T.

Owen, Tables for Computing Bivariate Normal Probabilities (Annals of Mathematical
Statistics, 1956).
"""

import math
from functools import cache

import numpy as np
import scipy

from engine.distributions.base import Array

__all__ = ["long_side", "short_side", "thin_tail"]

BULK = 0.5
"""Where h α is above this, the difference below is small and is integrated instead."""

NEGLIGIBLE = 80.0
FARTHEST = 1e3
AT_ONCE = 2048


@cache
def _legendre() -> tuple[Array, Array]:
    """Nodes and weights of Gauss and Legendre's rule on the unit interval, as columns."""
    nodes, weights = np.polynomial.legendre.leggauss(64)
    return 0.5 * (nodes + 1.0)[:, np.newaxis], 0.5 * weights[:, np.newaxis]


def thin_tail(h: Array, alpha: float) -> Array:
    """Φ(−h) − 2T(h, α) for h ≥ 0 and α ≥ 0, T being Owen's function.

    Where the two cancel, it is the rest of the integral in T's definition, from α on:
    (1/π) ∫ exp(−h²(1 + x²)/2)/(1 + x²) dx, cut where the integrand is negligible.
    """
    direct = scipy.special.ndtr(-h) - 2.0 * scipy.special.owens_t(h, alpha)
    far = alpha * h > BULK
    if not far.any():
        return direct
    squares = np.where(far, np.minimum(h, FARTHEST), 1.0) ** 2
    cut = NEGLIGIBLE / squares
    width = cut / (np.sqrt(alpha * alpha + cut) + alpha)
    total = _integrals(squares.ravel(), width.ravel(), alpha).reshape(h.shape)
    rest = np.exp(-0.5 * squares * (1.0 + alpha * alpha)) * width * total / math.pi
    return np.where(far, rest, direct)


def _integrals(squares: Array, width: Array, alpha: float) -> Array:
    """Integrals over the widths, a few thousand at a time, so that all nodes fit in memory."""
    nodes, weights = _legendre()
    total = np.empty(squares.size)
    for begin in range(0, squares.size, AT_ONCE):
        part = slice(begin, begin + AT_ONCE)
        v = nodes * width[part]
        inner = np.exp(-squares[part] * v * (alpha + 0.5 * v)) / (1.0 + (alpha + v) ** 2)
        total[part] = np.sum(weights * inner, axis=0)
    return total


def short_side(z: Array, alpha: float) -> Array:
    """Probability below z for α ≥ 0, whose lower tail is thin."""
    rise = np.where(z > 0, scipy.special.erf(z / math.sqrt(2.0)), 0.0)
    return thin_tail(np.abs(z), alpha) + rise


def long_side(z: Array, alpha: float) -> Array:
    """Probability above z for α ≥ 0."""
    return np.minimum(scipy.special.ndtr(-z) + 2.0 * scipy.special.owens_t(z, alpha), 1.0)
