"""Lion: steps of one length, whose signs come from the momentum.

    c = β₁ m + (1 − β₁) g
    m ← β₂ m + (1 − β₂) g
    z ← z + η sign(c)

Chen et al., Symbolic Discovery of Optimization Algorithms, NeurIPS (2023), Algorithm 2. Its
decay of the weights is left out, for parameters have no reason to be near zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from engine.fields import Number
from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer
from engine.settings import setting

__all__ = ["Lion"]


@final
@dataclass(frozen=True)
class Lion(Optimizer[tuple[float, ...]]):
    """Each coordinate of the direction is −1, 0 or 1.

    It does not settle at a constant rate, for no step is shorter than η: it circles the
    maximum at some η. It needs a rate that decays.
    """

    name = "lion"
    update = "c = β₁ m + (1 − β₁) g;  m ← β₂ m + (1 − β₂) g;  z ← z + η sign(c)"
    reference = "Chen et al. (2023), NeurIPS 36, arXiv:2302.06675"
    rate = 0.01

    beta1: float = setting(
        Number(0, 1, open_high=True),
        0.9,
        label="β₁",
        meaning="the weight of the momentum against the gradient, in the sign",
    )
    beta2: float = setting(
        Number(0, 1, open_high=True),
        0.99,
        label="β₂",
        meaning="the fraction of the momentum that is kept",
    )

    def init(self, coordinates: Coordinates, z: Sequence[float]) -> tuple[float, ...]:
        """Begin with no momentum."""
        return (0.0,) * len(z)

    def step(
        self,
        coordinates: Coordinates,
        z: Sequence[float],
        gradient: Sequence[float],
        state: tuple[float, ...],
    ) -> tuple[Sequence[float], tuple[float, ...], int]:
        """Take the signs of the momentum and the gradient together."""
        beta1, beta2 = self.beta1, self.beta2
        rest1, rest2 = 1.0 - beta1, 1.0 - beta2
        mixed = [beta1 * m + rest1 * g for m, g in zip(state, gradient, strict=True)]
        momentum = tuple([beta2 * m + rest2 * g for m, g in zip(state, gradient, strict=True)])
        return [float((c > 0.0) - (c < 0.0)) for c in mixed], momentum, 0
