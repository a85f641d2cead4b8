"""Adadelta: steps in the units of the steps before.

    v ← ρ v + (1 − ρ) g²
    d = g √(u + ε) / √(v + ε)
    u ← ρ u + (1 − ρ) d²
    z ← z + η d

Zeiler, ADADELTA: An Adaptive Learning Rate Method, arXiv:1212.5701 (2012), where η is 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeAlias, final

from engine.fields import Number
from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer
from engine.settings import setting

__all__ = ["Adadelta"]

Squares: TypeAlias = tuple[tuple[float, float], ...]
"""v and u of each coordinate."""


@final
@dataclass(frozen=True)
class Adadelta(Optimizer[Squares]):
    """The direction is the gradient, in units of recent gradients and of recent directions.

    Its first steps are tiny, about √ε, and grow. Where gradients are below √ε it is gradient
    ascent, so at a constant rate it settles where η times the largest curvature is below
    about 2; else it keeps hopping over the maximum by about √ε.
    """

    name = "adadelta"
    update = "v ← ρ v + (1 − ρ) g²;  d = g √(u + ε) / √(v + ε);  u ← ρ u + (1 − ρ) d²;  z ← z + η d"
    reference = "Zeiler (2012), arXiv:1212.5701"
    rate = 1.0

    rho: float = setting(
        Number(0, 1, open_high=True),
        0.95,
        label="ρ",
        meaning="the fraction of each mean square that is kept",
    )
    epsilon: float = setting(
        Number(0, 1, open_low=True),
        1e-6,
        label="ε",
        meaning="what is added to each mean square; its root is the length of the first steps",
    )

    def init(self, coordinates: Coordinates, z: Sequence[float]) -> Squares:
        """Begin with mean squares of zero."""
        return ((0.0, 0.0),) * len(z)

    def step(
        self,
        coordinates: Coordinates,
        z: Sequence[float],
        gradient: Sequence[float],
        state: Squares,
    ) -> tuple[Sequence[float], Squares, int]:
        """Bring the gradient to the length of the directions before."""
        rho, epsilon = self.rho, self.epsilon
        rest = 1.0 - rho
        moved = [
            (
                v := rho * before + rest * g * g,
                d := g * sqrt((u + epsilon) / (v + epsilon)),
                rho * u + rest * d * d,
            )
            for (before, u), g in zip(state, gradient, strict=True)
        ]
        return [d for _, d, _ in moved], tuple([(v, u) for v, _, u in moved]), 0
