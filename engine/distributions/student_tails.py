"""Probabilities and quantiles of a standard t, also where few degrees of freedom make heavy tails.

Below the centre the cdf is ½ I(ν/(ν + z²); ν/2, ½), the regularised incomplete beta function,
which for a small y is y^a/(a B(a, ½)) with a = ν/2. DLMF 8.17.7.
"""

import math

import numpy as np
import scipy

from engine.distributions.base import Array

__all__ = ["lower", "quantile"]

HEAVY = 40.0
"""Degrees of freedom below which a tail reaches where SciPy's functions fail."""
DEEP = 1e-30
"""Probability below which SciPy's quantile fails."""
FAR = -600.0
"""Logarithm of y below which its first term is all there is, and its square no double."""


def lower(df: float, z: Array) -> Array:
    """Probability of at most z."""
    near = scipy.special.stdtr(df, z)
    if df >= HEAVY:
        return near
    with np.errstate(divide="ignore"):
        log_y = math.log(df) - 2.0 * np.log(np.abs(z))
    tail = np.exp(0.5 * df * np.minimum(log_y, FAR) - _log_scale(df))
    return np.where(log_y < FAR, np.where(z < 0, tail, 1.0 - tail), near)


@np.errstate(divide="ignore", over="ignore")
def quantile(df: float, p: Array) -> Array:
    """Value below which the probability is p; infinite beyond the largest double."""
    z = np.where(p > 0, scipy.special.stdtrit(df, p), -np.inf)
    if df >= HEAVY:
        return z
    y = scipy.special.betaincinv(0.5 * df, 0.5, 2.0 * np.minimum(p, DEEP))
    z = np.where(p < DEEP, -math.sqrt(df) * np.sqrt(1.0 / y - 1.0), z)
    log_y = (np.log(np.minimum(p, 1.0 - p)) + _log_scale(df)) * 2.0 / df
    far = math.sqrt(df) * np.exp(-0.5 * np.minimum(log_y, FAR))
    return np.where(log_y < FAR, np.copysign(far, p - 0.5), z)


def _log_scale(df: float) -> float:
    """Log of 2a B(a, ½), by which y^a is more than the probability."""
    return math.log(df) + float(scipy.special.betaln(0.5 * df, 0.5))
