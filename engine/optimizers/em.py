"""The EM algorithm, where a family has one.

    z ← argmax over z′ of E[log f(x, u; z′) | x; z]

with u what is not seen: a value's component in a mixture, its weight in Student's t. The
likelihood never falls, and no length of a step is to be chosen.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer

__all__ = ["EM"]


@final
@dataclass(frozen=True)
class EM(Optimizer[None]):
    """The direction leads to where a step of the EM algorithm does; the gradient is not used."""

    name = "em"
    update = "z ← argmax E[log f(x, u; z′) | x; z] over z′, with u what is not seen"
    reference = "Dempster, Laird & Rubin (1977), J. R. Statist. Soc. B 39, 1–38"
    needs = ("expectation",)
    rate = 1.0

    def init(self, coordinates: Coordinates, z: Sequence[float]) -> None:
        """Nothing to remember; ValueError where there is no such algorithm."""
        family, sample = coordinates.likelihood.family, coordinates.likelihood.sample
        if not sample.plain:
            raise ValueError("the EM algorithm needs a sample without censoring and truncation")
        if len(coordinates.free) < len(family.parameters()):
            raise ValueError("the EM algorithm holds no parameter; free it or choose another one")
        try:
            coordinates.improved(z)
        except TypeError:
            message = f"{family.name} has no EM algorithm; choose another optimizer"
            raise ValueError(message) from None
        except (ArithmeticError, ValueError):
            return

    def step(
        self, coordinates: Coordinates, z: Sequence[float], gradient: Sequence[float], state: None
    ) -> tuple[Sequence[float], None, int]:
        """Go to where the algorithm leads; stay where that is no place in the coordinates."""
        try:
            found = coordinates.improved(z)
        except (ArithmeticError, ValueError):
            found = tuple(z)
        step = [a - b for a, b in zip(found, z, strict=True)]
        return step if all(map(math.isfinite, step)) else [0.0] * len(step), state, 0
