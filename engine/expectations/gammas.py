"""Moments that are made of gamma functions, by differences that do not cancel.

Where E Xʳ = sʳ ∏ Γ(aᵢ + r hᵢ)/Γ(aᵢ), possibly with factors below the line, the mean is the
exponential of a first difference of log Γ and the variance is

    mean² (exp(second difference of log Γ) − 1).
"""

import math

import numpy as np
import scipy

from engine.distributions.counts import stirling_error

__all__ = ["bend", "log_rise", "moments", "slope_at_one"]

TERMS = 60
NEAR = 0.2
LEAST = float(np.finfo(float).eps)


def _stirling(x: float) -> float:
    """Log Γ(x) less Stirling's formula (x − ½) log x − x + ½ log 2π."""
    return float(stirling_error(x))


def log_rise(a: float, h: float) -> float:
    """Log Γ(a + h) − log Γ(a) for a > 0; infinite where a + h ≤ 0, where no moment exists."""
    if a + h <= 0:
        return math.inf
    power = (a - 0.5) * math.log1p(h / a) + h * math.log(a + h) - h
    return power + _stirling(a + h) - _stirling(a)


def bend(a: float, h: float) -> float:
    """Log Γ(a + 2h) − 2 log Γ(a + h) + log Γ(a) for a > 0; infinite where a + 2h ≤ 0.

    For small steps by its series Σ h²ʲ ζ(2j, c)/j around the middle c = a + h, whose terms
    are positive, and for larger ones by Stirling's formula with its error.
    """
    if a + 2.0 * h <= 0:
        return math.inf
    middle = a + h
    if abs(h) <= min(1.0, middle / 2.0):
        return _series(middle, h * h)
    r = h / middle
    squares = math.log1p(-r * r)
    errors = _stirling(a + 2.0 * h) - 2.0 * _stirling(middle) + _stirling(a)
    return middle * (squares + 2.0 * r * math.atanh(r)) - 0.5 * squares + errors


def _series(middle: float, square: float) -> float:
    """Σ squareʲ ζ(2j, middle)/j, from j = 1 until a term no longer counts."""
    total, power = 0.0, 1.0
    for j in range(1, TERMS):
        power *= square
        term = power * float(scipy.special.zeta(2.0 * j, middle)) / j
        total += term
        if term <= LEAST * total:
            break
    return total


def moments(scale: float, *factors: tuple[int, float, float]) -> tuple[float, float]:
    """Mean and variance of X with E Xʳ = scaleʳ ∏ (Γ(a + rh)/Γ(a))^sign, factors (sign, a, h)."""
    mean = scale * float(np.exp(sum(sign * log_rise(a, h) for sign, a, h in factors)))
    curve = sum(sign * bend(a, h) for sign, a, h in factors)
    return mean, mean * mean * float(np.expm1(curve))


def slope_at_one(x: float) -> float:
    """(Γ(1 + x) − 1)/x for x > −1, which is minus Euler's constant at 0."""
    if abs(x) >= NEAR:
        return (float(np.exp(math.lgamma(1.0 + x))) - 1.0) / x
    if x == 0:
        return -float(np.euler_gamma)
    terms = (scipy.special.zeta(k) * (-x) ** k / k for k in range(2, TERMS // 2))
    return float(np.expm1(math.fsum(terms) - np.euler_gamma * x)) / x
