"""Mean and variance of the families of counts.

Johnson, Kemp & Kotz, Univariate Discrete Distributions, the chapters the families name; an
infinite moment is infinity here.
"""

import math
from collections.abc import Callable

import numpy as np
import scipy

from engine.distributions.base import Distribution
from engine.distributions.counts import log1p_gap

__all__ = ["FORMULAS", "beta_binomial", "binomial"]

Pair = tuple[float, float]


def _geometric(probability: float) -> Pair:
    mean = (1.0 - probability) / probability
    return mean, mean / probability


def _negative_binomial(size: float, mean: float) -> Pair:
    return mean, mean * (1.0 + mean / size)


def _zero_inflated_poisson(mean: float, zero_probability: float) -> Pair:
    some = (1.0 - zero_probability) * mean
    return some, some * (1.0 + zero_probability * mean)


def _logarithmic(probability: float) -> Pair:
    """ap/(1 − p) and ap (1 − ap)/(1 − p)² with a = −1/log(1 − p)."""
    excess = probability * float(log1p_gap(np.array(-probability)))  # 1/ap − 1
    rest = 1.0 - probability
    mean = 1.0 / (1.0 + excess) / rest
    return mean, mean / rest * excess / (1.0 + excess)


def _zeta(exponent: float) -> Pair:
    """1 + E(X − 1) and the variance of X − 1, from sums Σ (k − 1)ʳ k⁻ˢ that begin at 2."""
    first, second, third = (float(scipy.special.zetac(exponent - r)) for r in range(3))
    over_one = (second - first) / (1.0 + first) if exponent > 2 else math.inf
    if exponent <= 3:
        return 1.0 + over_one, math.inf
    square = (third - 2.0 * second + first) / (1.0 + first)
    return 1.0 + over_one, square - over_one * over_one


def binomial(member: Distribution) -> Pair:
    """Mp and mp (1 − p) of m trials."""
    trials, (probability,) = _trials(member), member.values()
    mean = trials * probability
    return mean, mean * (1.0 - probability)


def beta_binomial(member: Distribution) -> Pair:
    """Mπ and mπ (1 − π)(α + β + m)/(α + β + 1) of m trials with π = α/(α + β)."""
    trials, (alpha, beta) = _trials(member), member.values()
    total = alpha + beta
    mean = trials * (alpha / total)
    return mean, mean * (beta / total) * ((total + trials) / (total + 1.0))


def _trials(member: Distribution) -> float:
    return float(getattr(member, member.known))


FORMULAS: dict[str, Callable[..., Pair]] = {
    "poisson": lambda mean: (mean, mean),
    "geometric": _geometric,
    "negative-binomial": _negative_binomial,
    "zero-inflated-poisson": _zero_inflated_poisson,
    "logarithmic": _logarithmic,
    "zeta": _zeta,
}
