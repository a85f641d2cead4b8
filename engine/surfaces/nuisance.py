"""Profiling: the likelihood where what is not looked at is re-maximised.

The profile likelihood of some parameters is the highest value that the others allow:

    L(ψ) = max over λ of L(ψ, λ)

Pawitan, In All Likelihood, section 3.4. Venzon & Moolgavkar, A Method for Computing
Profile-Likelihood-Based Confidence Intervals, Applied Statistics 37, 1988.
"""

import math
from collections.abc import Iterable, Mapping, Sequence

from engine.fits.climbing import climb
from engine.fits.free_surface import FreeSurface
from engine.likelihoods.likelihood import Likelihood

__all__ = ["profiled"]

MOST_STEPS = 12
NEAR = 0.02
"""Distance in standard errors at which a climb may end; it leaves 2e-4 of the likelihood."""


def profiled(
    likelihood: Likelihood, held: Mapping[int, float], starts: Iterable[Sequence[float]]
) -> tuple[float, tuple[float, ...]]:
    """Log-likelihood with some parameters held and the others maximised, and all of them.

    ``held`` maps places to values. It takes a few Newton steps from the best of the starts,
    of which only the parameters that are not held matter; −∞ where all of them have none.
    """
    surface = FreeSurface(likelihood, held)
    begun = [tuple(held.get(i, value) for i, value in enumerate(start)) for start in starts]
    best, start = max(((_value(likelihood, each), each) for each in begun), key=lambda b: b[0])
    if best == -math.inf or not surface.free:
        return best, start
    try:
        summit = climb(surface, start, MOST_STEPS, NEAR)
    except ArithmeticError:
        return best, start
    return (summit.value, summit.parameters) if summit.value >= best else (best, start)


def _value(likelihood: Likelihood, parameters: Sequence[float]) -> float:
    value = likelihood.value(parameters)
    return value if math.isfinite(value) else -math.inf
