"""Mean and variance of a distribution, where they exist.

Every family has a closed form or, where there is none, an integral; none is estimated
from draws.
"""

import math
from collections.abc import Callable

import numpy as np

from engine.distributions.base import Distribution
from engine.distributions.von_mises import VonMises, shortfall
from engine.expectations import counts, positive, real_line
from engine.expectations.mixtures import normal_mixture, poisson_mixture

__all__ = ["mean_and_variance", "summary"]

Pair = tuple[float, float]

OF_PARAMETERS: dict[str, Callable[..., Pair]] = {
    **real_line.FORMULAS,
    **positive.FORMULAS,
    **counts.FORMULAS,
}

OF_MEMBERS: dict[str, Callable[[Distribution], Pair]] = {
    "binomial": counts.binomial,
    "beta-binomial": counts.beta_binomial,
    "normal-mixture": normal_mixture,
    "poisson-mixture": poisson_mixture,
}


def mean_and_variance(distribution: Distribution) -> tuple[float | None, float | None]:
    """Mean and variance, in the data's unit and its square.

    None stands for one that is infinite or undefined or beyond the largest double, for both
    on the circle, where they depend on where it is cut open, and for a family without a
    formula here.
    """
    name = distribution.name
    with np.errstate(all="ignore"):
        try:
            if name in OF_MEMBERS:
                mean, variance = OF_MEMBERS[name](distribution)
            elif name in OF_PARAMETERS:
                mean, variance = OF_PARAMETERS[name](*distribution.values())
            else:
                return None, None
        except ArithmeticError:
            return None, None
    return _finite(mean), _finite(variance)


def _finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def summary(distribution: Distribution) -> dict[str, float | None]:
    """Mean, variance and standard deviation by name; on the circle what takes their place.

    That is the mean direction, in radians, and the circular variance 1 − I₁(κ)/I₀(κ)
    (Mardia & Jupp, Directional Statistics, section 3.5.4).
    """
    if isinstance(distribution, VonMises):
        return {
            "mean direction": distribution.direction,
            "circular variance": shortfall(distribution.concentration),
        }
    mean, variance = mean_and_variance(distribution)
    deviation = None if variance is None else math.sqrt(variance)
    return {"mean": mean, "variance": variance, "standard deviation": deviation}
