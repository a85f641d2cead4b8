"""AMSGrad: Adam whose units never shrink.

    m ← β₁ m + (1 − β₁) g
    v ← β₂ v + (1 − β₂) g²
    w ← max(w, v)
    z ← z + η m̂ / (√ŵ + ε),  m̂ = m / (1 − β₁ᵗ),  ŵ = w / (1 − β₂ᵗ)

Reddi, Kale and Kumar, On the Convergence of Adam and Beyond, ICLR (2018), Algorithm 2, with
Adam's corrections of the bias and its ε, as in PyTorch; the paper leaves them out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeAlias, final

from engine.fields import Number
from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer
from engine.settings import setting

__all__ = ["AMSGrad"]

Moments: TypeAlias = tuple[int, tuple[tuple[float, float, float], ...]]
"""How many steps were taken, and m, v and w of each coordinate."""


@final
@dataclass(frozen=True)
class AMSGrad(Optimizer[Moments]):
    """The direction is the mean gradient over the root of the greatest mean square so far.

    The units never shrink, so unlike Adam it settles at a constant rate and stays.
    """

    name = "amsgrad"
    update = "m, v as in Adam;  w ← max(w, v);  z ← z + η m̂ / (√ŵ + ε)"
    reference = "Reddi, Kale & Kumar (2018), ICLR, arXiv:1904.09237"
    rate = 0.1

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
        return 0, ((0.0, 0.0, 0.0),) * len(z)

    def step(
        self,
        coordinates: Coordinates,
        z: Sequence[float],
        gradient: Sequence[float],
        state: Moments,
    ) -> tuple[Sequence[float], Moments, int]:
        """Divide the mean gradient by the root of the greatest mean square."""
        beta1, beta2, epsilon = self.beta1, self.beta2, self.epsilon
        rest1, rest2 = 1.0 - beta1, 1.0 - beta2
        t = state[0] + 1
        bias1, bias2 = 1.0 - beta1**t, 1.0 - beta2**t
        moments = [
            (beta1 * m + rest1 * g, v := beta2 * before + rest2 * g * g, w if w > v else v)
            for (m, before, w), g in zip(state[1], gradient, strict=True)
        ]
        direction = [m / bias1 / (sqrt(w / bias2) + epsilon) for m, _, w in moments]
        return direction, (t, tuple(moments)), 0
