"""Logarithms near 1 and far from it, in forms that neither cancel nor overflow."""

import numpy as np

from engine.distributions.base import Array

__all__ = ["TAME", "horner", "log1p_bend", "log1p_excess", "log1p_square", "sum_of_logs"]

SMALL = 0.03
TERMS = np.array([(-1.0) ** k * (k + 1.0) / (k + 2.0) for k in range(12)])
"""Of (log(1 + w) − w/(1 + w))/w² in powers of w; the next is below a rounding error."""

NEAR = 0.1
BENT = np.array([(-1.0) ** k * (k + 1.0) * (k + 2.0) / (k + 3.0) for k in range(18)])
"""Of (2 log(1 + w) − 2w/(1 + w) − w²/(1 + w)²)/w³, likewise."""

LARGE = 1e10

TOGETHER = 16
TAME = 1e-18, 1e18
"""Bounds of values of which so many have a product that is a double with all its digits."""


def horner(coefficients: Array, x: Array) -> Array:
    """Polynomial with the constant first, in place, for an epoch has no time for more."""
    total = np.full(x.shape, coefficients[-1])
    for coefficient in coefficients[-2::-1].tolist():
        total *= x
        total += coefficient
    return total


def sum_of_logs(x: Array) -> float:
    """Sum of the logarithms of values within ``TAME``, by those of products.

    A product's rounding error is below that of the logarithms it stands for.
    """
    whole = x.size // TOGETHER * TOGETHER
    products = np.multiply.reduce(x[:whole].reshape(TOGETHER, -1), axis=0)
    return float(np.log(products).sum() + np.log(x[whole:]).sum())


def log1p_excess(w: Array) -> Array:
    """Log(1 + w) − w/(1 + w) for w > −1, which is about w²/2 near 0."""
    near = np.clip(w, -SMALL, SMALL)
    series = near**2 * horner(TERMS, near)
    far = np.where(np.abs(w) < SMALL, 1.0, w)
    return np.where(np.abs(w) < SMALL, series, np.log1p(far) - far / (1.0 + far))


def log1p_bend(w: Array) -> Array:
    """2 log(1 + w) − 2w/(1 + w) − w²/(1 + w)² for w > −1, which is about 2w³/3 near 0."""
    near = np.clip(w, -NEAR, NEAR)
    series = near**3 * horner(BENT, near)
    far = np.where(np.abs(w) < NEAR, 1.0, w)
    ratio = far / (1.0 + far)
    return np.where(np.abs(w) < NEAR, series, 2.0 * (np.log1p(far) - ratio) - ratio * ratio)


def log1p_square(t: Array) -> Array:
    """Log(1 + t²), where t² may be beyond a double."""
    size = np.abs(t)
    far = 2.0 * np.log(np.maximum(size, LARGE))
    return np.where(size < LARGE, np.log1p(np.minimum(size, LARGE) ** 2), far)
