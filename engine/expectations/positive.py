"""Mean and variance of the families on the positive numbers.

Johnson, Kotz & Balakrishnan, Continuous Univariate Distributions 1 and 2; Kleiber & Kotz,
Statistical Size Distributions. An infinite moment is infinity here.
"""

import math
from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from engine.expectations.gammas import moments

__all__ = ["FORMULAS"]

Pair = tuple[float, float]
Array = NDArray[np.float64]


def _exponential(rate: float) -> Pair:
    return 1.0 / rate, 1.0 / rate / rate


def _gamma(shape: float, rate: float) -> Pair:
    return shape / rate, shape / rate / rate


def _inverse_gamma(shape: float, scale: float) -> Pair:
    mean = scale / (shape - 1.0) if shape > 1 else math.inf
    return mean, mean * mean / (shape - 2.0) if shape > 2 else math.inf


def _weibull(shape: float, scale: float) -> Pair:
    return moments(scale, (1, 1.0, 1.0 / shape))


def _frechet(shape: float, scale: float) -> Pair:
    return moments(scale, (1, 1.0, -1.0 / shape))


def _lognormal(log_mean: float, log_sd: float) -> Pair:
    mean = float(np.exp(log_mean + 0.5 * log_sd * log_sd))
    return mean, mean * mean * float(np.expm1(log_sd * log_sd))


def _loglogistic(shape: float, scale: float) -> Pair:
    return moments(scale, (1, 1.0, 1.0 / shape), (1, 1.0, -1.0 / shape))


def _inverse_gaussian(mean: float, shape: float) -> Pair:
    return mean, mean * mean * (mean / shape)


def _birnbaum_saunders(shape: float, scale: float) -> Pair:
    square = shape * shape
    return scale * (1.0 + square / 2.0), scale * scale * square * (1.0 + 1.25 * square)


def _rayleigh(scale: float) -> Pair:
    return scale * math.sqrt(math.pi / 2.0), scale * scale * (2.0 - math.pi / 2.0)


def _half_normal(scale: float) -> Pair:
    return scale * math.sqrt(2.0 / math.pi), scale * scale * (1.0 - 2.0 / math.pi)


def _maxwell(scale: float) -> Pair:
    return 2.0 * scale * math.sqrt(2.0 / math.pi), scale * scale * (3.0 - 8.0 / math.pi)


def _nakagami(shape: float, spread: float) -> Pair:
    return moments(math.sqrt(spread / shape), (1, shape, 0.5))


def _generalized_gamma(shape: float, power: float, scale: float) -> Pair:
    return moments(scale, (1, shape, 1.0 / power))


def _burr(shape1: float, shape2: float, scale: float) -> Pair:
    """E Xʳ = sʳ Γ(1 + r/c) Γ(k − r/c)/Γ(k)."""
    return moments(scale, (1, 1.0, 1.0 / shape2), (1, shape1, -1.0 / shape2))


def _lomax(shape: float, scale: float) -> Pair:
    mean = scale / (shape - 1.0) if shape > 1 else math.inf
    return mean, mean * mean * (shape / (shape - 2.0)) if shape > 2 else math.inf


def _generalized_pareto(scale: float, shape: float) -> Pair:
    mean = scale / (1.0 - shape) if shape < 1 else math.inf
    return mean, mean * mean / (1.0 - 2.0 * shape) if shape < 0.5 else math.inf


def _pareto(minimum: float, shape: float) -> Pair:
    mean = minimum * (shape / (shape - 1.0)) if shape > 1 else math.inf
    excess = minimum / (shape - 1.0) if shape > 1 else math.inf
    return mean, excess * excess * (shape / (shape - 2.0)) if shape > 2 else math.inf


@cache
def _exponential_rule() -> tuple[Array, Array]:
    """Points and weights for ∫ f(e) exp(−e) de over e > 0, also where f has a pole at 0.

    The trapezoidal rule over t with e = exp(t − exp(−t)), whose ends fall doubly
    exponentially (Takahasi & Mori, Publications of RIMS 9, 1974).
    """
    step = 1.0 / 64.0
    t = np.arange(-5.0, 5.0, step)
    points = np.exp(t - np.exp(-t))
    return points, step * points * (1.0 + np.exp(-t)) * np.exp(-points)


def _gompertz(shape: float, rate: float) -> Pair:
    """Those of log(1 + E/η)/b, where E is exponential with mean 1; no formula is elementary."""
    points, weights = _exponential_rule()
    logs = np.log1p(points / shape)
    mean = float(weights @ logs)
    return mean / rate, float(weights @ (logs - mean) ** 2) / rate / rate


FORMULAS: dict[str, Callable[..., Pair]] = {
    "exponential": _exponential,
    "gamma": _gamma,
    "inverse-gamma": _inverse_gamma,
    "weibull": _weibull,
    "frechet": _frechet,
    "lognormal": _lognormal,
    "loglogistic": _loglogistic,
    "inverse-gaussian": _inverse_gaussian,
    "birnbaum-saunders": _birnbaum_saunders,
    "rayleigh": _rayleigh,
    "half-normal": _half_normal,
    "maxwell": _maxwell,
    "nakagami": _nakagami,
    "chi-squared": lambda df: (df, 2.0 * df),
    "gompertz": _gompertz,
    "generalized-gamma": _generalized_gamma,
    "burr": _burr,
    "lomax": _lomax,
    "generalized-pareto": _generalized_pareto,
    "pareto": _pareto,
}
