"""Adam: momentum in the units of the recent gradients.

    m ← β₁ m + (1 − β₁) g
    v ← β₂ v + (1 − β₂) g²
    z ← z + η m̂ / (√v̂ + ε),  m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)

Kingma and Ba, Adam: A Method for Stochastic Optimization, ICLR (2015), Algorithm 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeAlias, final

from engine.fields import Number
from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer
from engine.settings import setting

__all__ = ["Adam"]

Moments: TypeAlias = tuple[int, tuple[tuple[float, float], ...]]
"""How many steps were taken, and m and v of each coordinate."""


@final
@dataclass(frozen=True)
class Adam(Optimizer[Moments]):
    """The direction is the mean gradient over the root of the mean square, free of their bias.

    It comes to rest at a constant rate while it remembers the first, steep gradients. Those
    forgotten, about a thousand steps later, it hops off the maximum and back, again and again.
    Only a rate that decays keeps it there.
    """

    name = "adam"
    update = "m ← β₁ m + (1 − β₁) g;  v ← β₂ v + (1 − β₂) g²;  z ← z + η m̂ / (√v̂ + ε)"
    reference = "Kingma & Ba (2015), ICLR, arXiv:1412.6980"
    rate = 0.05

    beta1: float = setting(
        Number(0, 1, open_high=True),
        0.9,
        label="β₁",
        meaning="the fraction of the mean gradient that is kept",
    )
    beta2: float = setting(
        Number(0, 1, open_high=True),
        0.999,
        label="β₂",
        meaning="the fraction of the mean square that is kept",
    )
    epsilon: float = setting(
        Number(0, 1, open_low=True),
        1e-8,
        label="ε",
        meaning="what is added to the root, so that no gradient is divided by zero",
    )

    def init(self, coordinates: Coordinates, z: Sequence[float]) -> Moments:
        """Begin with means of zero."""
        return 0, ((0.0, 0.0),) * len(z)

    def step(
        self,
        coordinates: Coordinates,
        z: Sequence[float],
        gradient: Sequence[float],
        state: Moments,
    ) -> tuple[Sequence[float], Moments, int]:
        """Divide the mean gradient by the root of the mean square."""
        beta1, beta2, epsilon = self.beta1, self.beta2, self.epsilon
        rest1, rest2 = 1.0 - beta1, 1.0 - beta2
        t = state[0] + 1
        bias1, bias2 = 1.0 - beta1**t, 1.0 - beta2**t
        moments = [
            (beta1 * m + rest1 * g, beta2 * v + rest2 * g * g)
            for (m, v), g in zip(state[1], gradient, strict=True)
        ]
        direction = [m / bias1 / (sqrt(v / bias2) + epsilon) for m, v in moments]
        return direction, (t, tuple(moments)), 0
