"""The constant of Student's t density by its degrees of freedom, and how it changes with them."""

import math

import scipy

__all__ = ["LARGE", "log_constant", "slope_of_constant"]

LARGE = 40.0
"""Degrees of freedom from which the asymptotic series, cut where they are, are exact."""


def log_constant(df: float) -> float:
    """Log of Γ((ν + 1)/2) / (Γ(ν/2) √(νπ)), of which −½ log 2π is left as ν grows."""
    if df < LARGE:
        ratio = math.lgamma((df + 1.0) / 2.0) - math.lgamma(df / 2.0)
        return ratio - 0.5 * math.log(df * math.pi)
    a = 2.0 / df
    q = a * a
    series = 1 / 8 - q * (1 / 192 - q * (1 / 640 - q * (17 / 14336 - q * 31 / 18432)))
    return -a * series - 0.5 * math.log(2.0 * math.pi)


def slope_of_constant(df: float) -> float:
    """Derivative of the above by ν."""
    if df < LARGE:
        digamma = scipy.special.digamma
        return 0.5 * float(digamma((df + 1.0) / 2.0) - digamma(df / 2.0) - 1.0 / df)
    a = 2.0 / df
    q = a * a
    series = 1 / 8 - q * (1 / 64 - q * (1 / 128 - q * (17 / 2048 - q * 31 / 2048)))
    return 0.5 * q * series
