"""Nadam: Adam with Nesterov's momentum.

    m ← β₁ m + (1 − β₁) g
    v ← β₂ v + (1 − β₂) g²
    μₜ = β₁ (1 − ½ 0.96^(t ψ)),  Πₜ = μ₁ μ₂ … μₜ
    m̂ = μₜ₊₁ m / (1 − Πₜ₊₁) + (1 − μₜ) g / (1 − Πₜ),  v̂ = v / (1 − β₂ᵗ)
    z ← z + η m̂ / (√v̂ + ε)

Dozat, Incorporating Nesterov Momentum into Adam, ICLR Workshop (2016), with the weights of
PyTorch: m decays by the constant β₁, only the step ahead by the growing μ.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeAlias, final

from engine.fields import Number
from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer
from engine.settings import setting

__all__ = ["Nadam"]

Moments: TypeAlias = tuple[int, float, float, tuple[tuple[float, float], ...]]
"""How many steps were taken, Πₜ, μₜ₊₁, and m and v of each coordinate."""


@final
@dataclass(frozen=True)
class Nadam(Optimizer[Moments]):
    """The direction is Adam's one step ahead: part gradient, part the momentum to come.

    Like Adam it rests at a constant rate only while it remembers steep gradients, and far
    steeper ones: the gradient's own part overshoots where √v̂ is below about a quarter of η
    times the curvature. From a good start it hops about the maximum all along. It needs a
    rate that decays.
    """

    name = "nadam"
    update = "m, v as in Adam;  z ← z + η (μₜ₊₁ m / (1 − Πₜ₊₁) + (1 − μₜ) g / (1 − Πₜ)) / (√v̂ + ε)"
    reference = "Dozat (2016), ICLR Workshop"
    rate = 0.01

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
    psi: float = setting(
        Number(0, 1e6),
        0.004,
        label="ψ",
        meaning="how fast the weight of the step ahead grows from β₁/2 to β₁",
    )
    epsilon: float = setting(
        Number(0, 1, open_low=True),
        1e-8,
        label="ε",
        meaning="what is added to the root, so that no gradient is divided by zero",
    )

    def init(self, coordinates: Coordinates, z: Sequence[float]) -> Moments:
        """Begin with means of zero."""
        return 0, 1.0, self._momentum(1), ((0.0, 0.0),) * len(z)

    def step(
        self,
        coordinates: Coordinates,
        z: Sequence[float],
        gradient: Sequence[float],
        state: Moments,
    ) -> tuple[Sequence[float], Moments, int]:
        """Weigh gradient and momentum, and divide by the root of the mean square."""
        beta1, beta2, epsilon = self.beta1, self.beta2, self.epsilon
        rest1, rest2 = 1.0 - beta1, 1.0 - beta2
        t, product, now, moments = state
        t, product, ahead = t + 1, product * now, self._momentum(t + 2)
        bias = 1.0 - beta2**t
        along, over = (1.0 - now) / (1.0 - product), ahead / (1.0 - product * ahead)
        moments = tuple(
            [
                (beta1 * m + rest1 * g, beta2 * v + rest2 * g * g)
                for (m, v), g in zip(moments, gradient, strict=True)
            ]
        )
        direction = [
            (over * m + along * g) / (sqrt(v / bias) + epsilon)
            for (m, v), g in zip(moments, gradient, strict=True)
        ]
        return direction, (t, product, ahead, moments), 0

    def _momentum(self, t: int) -> float:
        """μₜ."""
        weight: float = 0.96 ** (t * self.psi)
        return self.beta1 * (1.0 - 0.5 * weight)
