"""The regularised incomplete gamma functions of eʷ, also where no double holds that.

For small y, P(a, y) = yᵃ/Γ(1 + a) (1 − a y/(1 + a) + …), DLMF 8.7.1. With a shape near 0 most of
a gamma's values are below all doubles, and their powers, such as y¹ᐟᵖ, need not be.
"""

import numpy as np
import scipy

from engine.distributions.base import Array
from engine.samples.sample import RandomSource

__all__ = ["log_draws", "log_lower_inverse", "log_upper_inverse", "lower", "upper"]

LEAST = -40.0
"""Logarithm below which the second term of the series is lost."""
SMALL = 0.05
"""Shape below which a gamma draw may be below all doubles."""


def lower(shape: float, w: Array) -> Array:
    """P(a, eʷ), the probability of at most eʷ."""
    return np.where(w < LEAST, np.exp(_first(shape, w)), scipy.special.gammainc(shape, _power(w)))


def upper(shape: float, w: Array) -> Array:
    """Q(a, eʷ), the probability of more."""
    return np.where(
        w < LEAST, -np.expm1(_first(shape, w)), scipy.special.gammaincc(shape, _power(w))
    )


@np.errstate(divide="ignore")
def log_lower_inverse(shape: float, p: Array) -> Array:
    """w at which P(a, eʷ) is p."""
    return _completed(shape, np.log(scipy.special.gammaincinv(shape, p)), np.log(p))


@np.errstate(divide="ignore")
def log_upper_inverse(shape: float, q: Array) -> Array:
    """w at which Q(a, eʷ) is q."""
    return _completed(shape, np.log(scipy.special.gammainccinv(shape, q)), np.log1p(-q))


def log_draws(shape: float, n: int, random: RandomSource) -> Array:
    """Logarithms of gamma draws; of a small shape by G(a) = G(1 + a) U¹ᐟᵃ.

    Devroye, Non-Uniform Random Variate Generation (1986), section IX.3.
    """
    if shape >= SMALL:
        return np.log(random.gamma(shape, 1.0, n))
    return np.log(random.gamma(1.0 + shape, 1.0, n)) - random.exponential(1.0 / shape, n)


def _first(shape: float, w: Array) -> Array:
    """Logarithm of the first term of P, for w below ``LEAST``."""
    return shape * np.minimum(w, LEAST) - float(scipy.special.gammaln(1.0 + shape))


@np.errstate(over="ignore")
def _power(w: Array) -> Array:
    return np.exp(w)


def _completed(shape: float, w: Array, log_p: Array) -> Array:
    """w, from the first term where that is small."""
    far = (log_p + float(scipy.special.gammaln(1.0 + shape))) / shape
    return np.where(w < LEAST, far, w)
