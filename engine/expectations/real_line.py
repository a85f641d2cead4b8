"""Mean and variance of the families on the real line and on bounded intervals.

Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1 and 2, the chapters the
families name; an infinite or undefined moment is infinity or NaN here.
"""

import math
from collections.abc import Callable

import numpy as np

from engine.expectations.gammas import bend, log_rise, moments, slope_at_one

__all__ = ["FORMULAS"]

Pair = tuple[float, float]

FLAT = 1e-100
"""Shape below which the generalized extreme value distribution is Gumbel's, in doubles."""


def _cauchy(_location: float, _scale: float) -> Pair:
    return math.nan, math.nan


def _gumbel(location: float, scale: float) -> Pair:
    return location + float(np.euler_gamma) * scale, scale * scale * math.pi**2 / 6.0


def _gev(location: float, scale: float, shape: float) -> Pair:
    """μ + σ (g₁ − 1)/ξ and σ² (g₂ − g₁²)/ξ² with gᵣ = Γ(1 − rξ), for ξ below 1 and ½."""
    if abs(shape) < FLAT:
        return _gumbel(location, scale)
    if shape >= 1:
        return math.inf, math.inf
    mean = location - scale * slope_at_one(-shape)
    width = scale * float(np.exp(log_rise(1.0, -shape))) / shape
    return mean, width * width * float(np.expm1(bend(1.0, -shape)))


def _student_t(location: float, scale: float, df: float) -> Pair:
    mean = location if df > 1 else math.nan
    return mean, scale * scale * (df / (df - 2.0)) if df > 2 else math.inf


def _laplace(location: float, scale: float) -> Pair:
    return location, 2.0 * scale * scale


def _logistic(location: float, scale: float) -> Pair:
    return location, scale * scale * math.pi**2 / 3.0


def _skew_normal(location: float, scale: float, shape: float) -> Pair:
    """ξ + ω d and ω² (1 − d²) with d = √(2/π) α/√(1 + α²)."""
    lean = math.sqrt(2.0 / math.pi) * shape / math.hypot(1.0, shape)
    return location + scale * lean, scale * scale * (1.0 - lean * lean)


def _generalized_normal(location: float, scale: float, shape: float) -> Pair:
    """μ and α² Γ(3/β)/Γ(1/β)."""
    h = 1.0 / shape
    return location, scale * scale * float(np.exp(log_rise(h, 2.0 * h)))


def _uniform(low: float, high: float) -> Pair:
    return low + (high - low) / 2.0, (high - low) * (high - low) / 12.0


def _beta(alpha: float, beta: float) -> Pair:
    total = alpha + beta
    mean = alpha / total
    return mean, mean * (beta / total) / (total + 1.0)


def _kumaraswamy(a: float, b: float) -> Pair:
    """E Xʳ = Γ(1 + r/a) Γ(1 + b)/Γ(1 + b + r/a)."""
    return moments(1.0, (1, 1.0, 1.0 / a), (-1, 1.0 + b, 1.0 / a))


FORMULAS: dict[str, Callable[..., Pair]] = {
    "normal": lambda mean, variance: (mean, variance),
    "logistic": _logistic,
    "cauchy": _cauchy,
    "gumbel": _gumbel,
    "student-t": _student_t,
    "gev": _gev,
    "laplace": _laplace,
    "skew-normal": _skew_normal,
    "generalized-normal": _generalized_normal,
    "uniform": _uniform,
    "beta": _beta,
    "kumaraswamy": _kumaraswamy,
}
