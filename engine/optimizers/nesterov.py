"""Nesterov's accelerated gradient ascent.

    v ← β v + g
    z ← z + η (g + β v)

Nesterov, A method for solving the convex programming problem with convergence rate O(1/k²),
Soviet Mathematics Doklady 27(2), 372–376 (1983). This is the form of Sutskever, Martens, Dahl
and Hinton, On the importance of initialization and momentum in deep learning (ICML 2013), with
a constant β, as in PyTorch: z is the point looked ahead to, at which the gradient is taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from engine.fields import Number
from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer
from engine.settings import setting

__all__ = ["Nesterov"]


@final
@dataclass(frozen=True)
class Nesterov(Optimizer[tuple[float, ...]]):
    """The direction is the gradient and the velocity that it leads to.

    At a constant rate it settles where η times the largest curvature is below
    2 (1 + β) / (1 + 2 β).
    """

    name = "nesterov"
    update = "v ← β v + g;  z ← z + η (g + β v)"
    reference = "Nesterov (1983), Soviet Mathematics Doklady 27(2), 372–376"
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
        """Go along the gradient, and on with the velocity."""
        beta = self.beta
        velocity = tuple([beta * v + g for v, g in zip(state, gradient, strict=True)])
        return [g + beta * v for g, v in zip(gradient, velocity, strict=True)], velocity, 0
