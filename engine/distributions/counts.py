"""What families of counts share: probabilities that do not cancel, quantiles, and safe draws.

The deviance and Stirling's error are Loader's (Fast and Accurate Computation of Binomial
Probabilities, 2000): a log probability written with them has no terms greater than itself.
"""

from collections.abc import Callable

import numpy as np
import scipy
from numpy.typing import NDArray

from engine.distributions.base import Array, Distribution
from engine.distributions.logarithms import horner
from engine.samples.support import COUNTS

__all__ = [
    "Counted",
    "deviance",
    "last_count",
    "least_count",
    "log1p_gap",
    "stirling_error",
    "within",
]

LOG_SQRT_2PI = 0.9189385332046727

NEAR = 0.35
"""Up to here around 0, log1p_gap takes its series, which is exact to a double."""

ATANH = [1.0 / (2 * j + 3) for j in range(12)][::-1]

LARGE = 10.0
"""Count from which Stirling's series, cut where it is, is exact to a double."""

STIRLING = np.array([1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156])


def log1p_gap(u: Array) -> Array:
    """(u − log(1 + u))/u², which is ½ at 0.

    Near 0 by log(1 + u) = 2 (r + r³/3 + r⁵/5 + …) with r = u/(2 + u).
    """
    near = np.abs(u) < NEAR
    small, large = np.where(near, u, 0.0), np.where(near, 1.0, u)
    r = small / (2.0 + small)
    series = (1.0 - 2.0 * r * np.polyval(ATANH, r * r) / (2.0 + small)) / (2.0 + small)
    return np.where(near, series, (1.0 - np.log1p(large) / large) / large)


def deviance(count: Array | float, excess: Array, log_ratio: Array) -> Array:
    """Half the Poisson deviance, k log(k/m) + m − k, of a positive count k and a mean m.

    It takes m − k and log(m/k), for only who has formed m can give them exactly.
    """
    u = excess / count
    near = np.abs(u) < NEAR
    small = np.where(near, u, 0.0)
    return np.where(near, count * small * small * log1p_gap(small), excess - count * log_ratio)


def stirling_error(count: Array | float) -> Array:
    """Log Γ(k + 1) less Stirling's formula (k + ½) log k − k + ½ log 2π, for k > 0."""
    k = np.asarray(count)
    large, small = np.maximum(k, LARGE), np.minimum(k, LARGE)
    series = horner(STIRLING, 1.0 / large / large) / large
    formula = (small + 0.5) * np.log(small) - small + LOG_SQRT_2PI
    return np.where(k >= LARGE, series, scipy.special.gammaln(small + 1.0) - formula)


def least_count(cdf: Callable[[Array], Array], p: Array, low: float) -> Array:
    """Find the least count from ``low`` on with a cdf of at least p: doubling, then bisection."""
    below, above = np.full(p.shape, low - 1.0), np.full(p.shape, low)
    while (short := (cdf(above) < p) & (above < COUNTS.high)).any():
        below = np.where(short, above, below)
        above = np.where(short, np.minimum(2.0 * above + 1.0, COUNTS.high), above)
    while (wide := above - below > 1.0).any():
        middle = np.floor((below + above) / 2.0)
        enough = cdf(middle) >= p
        above = np.where(wide & enough, middle, above)
        below = np.where(wide & ~enough, middle, below)
    return np.where(p < 1.0, above, np.inf)


class Counted(Distribution):
    """A family of counts whose quantile is searched for."""

    def quantile(self, p: Array) -> Array:
        """Least count with a cdf of p."""
        return least_count(self.cdf, p, self.support.low)


def last_count(x: Array, low: float) -> Array:
    """Last count up to x, no less than ``low`` and no more than the largest."""
    return np.floor(np.clip(x, low, COUNTS.high))


def within(draws: Array | NDArray[np.int64]) -> Array:
    """Draws as floats, those beyond the largest count moved to it."""
    return np.minimum(draws.astype(float), COUNTS.high)
