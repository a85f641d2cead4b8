"""Rprop: steps from the signs of the gradient alone, longer while the sign holds.

    Δ ← min(η⁺ Δ, Δmax) where g has the sign it had, max(η⁻ Δ, Δmin) where it changed
    g ← 0 where it changed
    z ← z + η sign(g) Δ

Riedmiller and Braun, A direct adaptive method for faster backpropagation learning: the RPROP
algorithm, IEEE International Conference on Neural Networks, 586–591 (1993). This is iRprop⁻ of
Igel and Hüsken, Empirical evaluation of the improved Rprop learning algorithms, Neurocomputing
50, 105–123 (2003): after a change of sign a coordinate waits a step, and no step is taken back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, final

from engine.fields import Number
from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer
from engine.settings import setting

__all__ = ["Rprop"]

Steps: TypeAlias = tuple[tuple[float, float], ...]
"""Δ of each coordinate, and the g before it, zero where its sign had changed."""


@final
@dataclass(frozen=True)
class Rprop(Optimizer[Steps]):
    """Each coordinate has its own length of step; the rate multiplies them all.

    It settles at a constant rate, for the lengths halve at the maximum. The least length is
    far below the 1e-6 that is usual, as no estimate is closer to the maximum than that.
    """

    name = "rprop"
    update = "Δ ← η⁺ Δ or η⁻ Δ as the sign of g held or changed;  z ← z + η sign(g) Δ"
    reference = "Riedmiller & Braun (1993), ICNN; Igel & Hüsken (2003), Neurocomputing 50, 105–123"
    rate = 1.0

    first: float = setting(
        Number(0, 1e6, open_low=True), 0.1, label="Δ₀", meaning="the length of the first steps"
    )
    least: float = setting(
        Number(0, 1e6, open_low=True), 1e-12, label="Δmin", meaning="the least length of a step"
    )
    most: float = setting(
        Number(0, 1e6, open_low=True), 50.0, label="Δmax", meaning="the greatest length of a step"
    )
    shrink: float = setting(
        Number(0, 1, open_low=True, open_high=True),
        0.5,
        label="η⁻",
        meaning="the factor of the length where the sign changed",
    )
    grow: float = setting(
        Number(1, 1e6), 1.2, label="η⁺", meaning="the factor of the length while the sign holds"
    )

    def init(self, coordinates: Coordinates, z: Sequence[float]) -> Steps:
        """Begin with the first lengths, and no sign before."""
        return ((self.first, 0.0),) * len(z)

    def step(
        self,
        coordinates: Coordinates,
        z: Sequence[float],
        gradient: Sequence[float],
        state: Steps,
    ) -> tuple[Sequence[float], Steps, int]:
        """Change the lengths by the signs, then go as far as they say."""
        shorter, longer, least, most = self.shrink, self.grow, self.least, self.most
        steps = [
            (max(shorter * length, least), 0.0)
            if b > 0.0 > g or b < 0.0 < g
            else (min(longer * length, most) if b and g else length, g)
            for (length, b), g in zip(state, gradient, strict=True)
        ]
        direction = [length if g > 0.0 else -length if g < 0.0 else 0.0 for length, g in steps]
        return direction, tuple(steps), 0
