"""The ECME algorithm of Student's t distribution, of which every value has a latent scale.

Liu & Rubin, The ECME algorithm, Biometrika 81, 1994.
"""

import math
from collections.abc import Sequence

import numpy as np
import scipy

from engine.distributions.pointwise import Pointwise
from engine.samples.points import Points

__all__ = ["ecme_step"]

FEWEST, MOST = 0.1, 1e4
"""Degrees of freedom between which it looks."""
NEAR = 1e-2
"""First stride of that search, in log ν."""
ROUNDING = 1e-14


@np.errstate(all="ignore")
def ecme_step(
    family: type[Pointwise], statistics: Points, values: Sequence[float]
) -> tuple[float, ...]:
    """Location and scale from the weights (ν + 1)/(ν + z²), then the likeliest ν for them.

    The likelihood is no lower afterwards.
    """
    location, scale, df = values
    x = statistics.values
    shares = statistics.weights * ((df + 1.0) / (df + ((x - location) / scale) ** 2))
    location = float(shares @ x / shares.sum())
    scale = math.sqrt(float(shares @ (x - location) ** 2) / statistics.n)
    if not 0.0 < scale < math.inf:
        return location, scale, df
    found = _likeliest_df(family, statistics, location, scale, df)
    before, after = family.log_likelihood(
        statistics, np.array([location]), np.array([scale]), np.array([df, found])
    )
    return location, scale, df if after < before - ROUNDING * abs(before) else found


def _likeliest_df(
    family: type[Pointwise], statistics: Points, location: float, scale: float, df: float
) -> float:
    """The top nearest uphill of ν, from ``FEWEST`` to ``MOST`` of them."""

    def slope(log_df: float) -> float:
        """Derivative of the mean log-likelihood by ν, at its logarithm."""
        return family.mean_score(statistics, location, scale, math.exp(log_df))[2]

    least, most = math.log(min(FEWEST, df)), math.log(max(MOST, df))
    near = math.log(df)
    sign = math.copysign(1.0, slope(near))
    edge, stride = (most if sign > 0 else least), NEAR
    far = near
    while far != edge and sign * slope(far) > 0:
        near, far = far, min(max(least, far + sign * stride), most)
        stride *= 4.0
    if near == far or sign * slope(far) > 0:
        return math.exp(far)
    return math.exp(float(scipy.optimize.brentq(slope, *sorted((near, far)), xtol=1e-13)))
