"""Gradient ascent.

    z ← z + η ∇ℓ(z)/n

Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées (1847).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer

__all__ = ["GradientAscent"]


@final
@dataclass(frozen=True)
class GradientAscent(Optimizer[None]):
    """The direction is the gradient itself; it remembers nothing."""

    name = "gradient-ascent"
    update = "z ← z + η g"
    reference = "Cauchy (1847), Comptes Rendus 25, 536–538"

    def step(
        self,
        coordinates: Coordinates,
        z: Sequence[float],
        gradient: Sequence[float],
        state: None,
    ) -> tuple[Sequence[float], None, int]:
        """Go along the gradient."""
        return gradient, state, 0
