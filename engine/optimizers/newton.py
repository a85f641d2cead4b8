"""The Newton–Raphson method, by the observed information J.

    z ← z + α J(z)⁻¹ g,   J = −∇²ℓ(z)/n

Where the surface is not concave J is bent: its eigenvalues are replaced by their absolute
values, so that the step leads upwards. The length α is 1, or less until the value rises
enough (Nocedal & Wright, Numerical Optimization, sections 3.1 and 3.4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np

from engine.likelihoods.bending import bent_step
from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer
from engine.optimizers.line_search import HALF_OF_IT, Line, backtracking, climbing

__all__ = ["Newton"]


@final
@dataclass(frozen=True)
class Newton(Optimizer[None]):
    """The direction leads to the top of the paraboloid that touches the surface."""

    name = "newton"
    update = "z ← z + α J(z)⁻¹ g with the observed information J = −∇²ℓ/n"
    reference = "Nocedal & Wright (2006), Numerical Optimization, ch. 3"
    needs = ("value", "score", "curvature")
    rate = 1.0

    def step(
        self, coordinates: Coordinates, z: Sequence[float], gradient: Sequence[float], state: None
    ) -> tuple[Sequence[float], None, int]:
        """Go along Newton's direction, as far as the value rises."""
        with np.errstate(all="ignore"):
            curvature = coordinates.curvature(z)
        direction = bent_step(curvature, gradient)
        step, _, evaluations = climbing(
            backtracking, Line(coordinates, z, gradient, direction), enough=HALF_OF_IT
        )
        return step, state, 1 + evaluations
