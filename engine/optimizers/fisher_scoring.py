"""Fisher's scoring, by the expected information I: Newton's method with a matrix for its mean.

    z ← z + α I(z)⁻¹ g,   I = E ∇log f ∇log fᵀ

I⁻¹ g is the natural gradient, the steepest way upwards where distances are those between
distributions (Amari, Natural gradient works efficiently in learning, 1998). I is never
indefinite. It takes no pass over the sample, so it does not count as an evaluation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np

from engine.likelihoods.bending import bent_step
from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer
from engine.optimizers.line_search import HALF_OF_IT, Line, backtracking, climbing

__all__ = ["FisherScoring"]


@final
@dataclass(frozen=True)
class FisherScoring(Optimizer[None]):
    """The direction is the natural gradient."""

    name = "fisher-scoring"
    update = "z ← z + α I(z)⁻¹ g with the expected information I = E ∇log f ∇log fᵀ"
    reference = "Fisher (1925), Proc. Camb. Phil. Soc. 22, 700–725"
    needs = ("value", "score", "expectation")
    rate = 1.0

    def step(
        self, coordinates: Coordinates, z: Sequence[float], gradient: Sequence[float], state: None
    ) -> tuple[Sequence[float], None, int]:
        """Go along the natural gradient, as far as the value rises."""
        with np.errstate(all="ignore"):
            information = coordinates.expected(z)
        direction = bent_step(information, gradient)
        step, _, evaluations = climbing(
            backtracking, Line(coordinates, z, gradient, direction), enough=HALF_OF_IT
        )
        return step, state, evaluations
