"""Gradient ascent with momentum: the heavy ball.

    v ← β v + g
    z ← z + η v

Polyak, Some methods of speeding up the convergence of iteration methods, USSR Computational
Mathematics and Mathematical Physics 4(5), 1–17 (1964).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from engine.fields import Number
from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer
from engine.settings import setting

__all__ = ["Momentum"]


@final
@dataclass(frozen=True)
class Momentum(Optimizer[tuple[float, ...]]):
    """The direction is a velocity, which every gradient pushes and which decays by β.

    At a constant rate it settles where η times the largest curvature is below 2 (1 + β).
    """

    name = "momentum"
    update = "v ← β v + g;  z ← z + η v"
    reference = "Polyak (1964), USSR Computational Mathematics and Mathematical Physics 4(5), 1–17"
    rate = 0.1

    beta: float = setting(
        Number(0, 1, open_high=True),
        0.9,
        label="β",
        meaning="the fraction of the velocity that is kept",
    )

    def init(self, coordinates: Coordinates, z: Sequence[float]) -> tuple[float, ...]:
        """Begin at rest."""
        return (0.0,) * len(z)

    def step(
        self,
        coordinates: Coordinates,
        z: Sequence[float],
        gradient: Sequence[float],
        state: tuple[float, ...],
    ) -> tuple[Sequence[float], tuple[float, ...], int]:
        """Go with the new velocity."""
        beta = self.beta
        velocity = tuple([beta * v + g for v, g in zip(state, gradient, strict=True)])
        return velocity, velocity, 0
