"""AdaGrad: a rate for each coordinate, out of all gradients so far.

    G ← G + g²
    z ← z + η g / (√G + ε)

Duchi, Hazan and Singer, Adaptive Subgradient Methods for Online Learning and Stochastic
Optimization, Journal of Machine Learning Research 12, 2121–2159 (2011), with a diagonal G.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import final

from engine.fields import Number
from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer
from engine.settings import setting

__all__ = ["AdaGrad"]


@final
@dataclass(frozen=True)
class AdaGrad(Optimizer[tuple[float, ...]]):
    """The direction is the gradient, in units of all gradients so far.

    The units never shrink, so it settles at a constant rate. After steep first gradients, or
    at a low rate, it is slow.
    """

    name = "adagrad"
    update = "G ← G + g²;  z ← z + η g / (√G + ε)"
    reference = "Duchi, Hazan & Singer (2011), Journal of Machine Learning Research 12, 2121–2159"
    rate = 1.0

    epsilon: float = setting(
        Number(0, 1, open_low=True),
        1e-10,
        label="ε",
        meaning="what is added to the root, so that no gradient is divided by zero",
    )

    def init(self, coordinates: Coordinates, z: Sequence[float]) -> tuple[float, ...]:
        """Begin with no squares."""
        return (0.0,) * len(z)

    def step(
        self,
        coordinates: Coordinates,
        z: Sequence[float],
        gradient: Sequence[float],
        state: tuple[float, ...],
    ) -> tuple[Sequence[float], tuple[float, ...], int]:
        """Divide the gradient by the root of the squares so far, its own among them."""
        epsilon = self.epsilon
        squares = tuple([s + g * g for s, g in zip(state, gradient, strict=True)])
        return (
            [g / (sqrt(s) + epsilon) for g, s in zip(gradient, squares, strict=True)],
            squares,
            0,
        )
