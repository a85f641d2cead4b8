"""RMSProp: a rate for each coordinate, out of the recent gradients.

    v ← α v + (1 − α) g²
    z ← z + η g / (√v + ε)

Tieleman and Hinton, Lecture 6.5: Divide the gradient by a running average of its recent
magnitude, Neural Networks for Machine Learning (Coursera, 2012). ε stands outside the root,
as in PyTorch.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import final

from engine.fields import Number
from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer
from engine.settings import setting

__all__ = ["RMSProp"]


@final
@dataclass(frozen=True)
class RMSProp(Optimizer[tuple[float, ...]]):
    """The direction is the gradient, in units of the recent gradients.

    It does not settle at a constant rate: the units shrink with the gradient, the steps do
    not, and it ends up hopping over the maximum by about η. It needs a rate that decays.
    """

    name = "rmsprop"
    update = "v ← α v + (1 − α) g²;  z ← z + η g / (√v + ε)"
    reference = "Tieleman & Hinton (2012), Neural Networks for Machine Learning, Lecture 6.5"
    rate = 0.01

    alpha: float = setting(
        Number(0, 1, open_high=True),
        0.9,
        label="α",
        meaning="the fraction of the mean square that is kept",
    )
    epsilon: float = setting(
        Number(0, 1, open_low=True),
        1e-8,
        label="ε",
        meaning="what is added to the root, so that no gradient is divided by zero",
    )

    def init(self, coordinates: Coordinates, z: Sequence[float]) -> tuple[float, ...]:
        """Begin with a mean square of zero."""
        return (0.0,) * len(z)

    def step(
        self,
        coordinates: Coordinates,
        z: Sequence[float],
        gradient: Sequence[float],
        state: tuple[float, ...],
    ) -> tuple[Sequence[float], tuple[float, ...], int]:
        """Divide the gradient by the root of the mean square."""
        alpha, epsilon = self.alpha, self.epsilon
        rest = 1.0 - alpha
        squares = tuple([alpha * s + rest * g * g for s, g in zip(state, gradient, strict=True)])
        return (
            [g / (sqrt(s) + epsilon) for g, s in zip(gradient, squares, strict=True)],
            squares,
            0,
        )
