"""Coordinates of the free parameters alone, while others are held at a value.

What is climbed then is a section of the likelihood (Pawitan, In All Likelihood, section 3.4).
"""

from collections.abc import Mapping, Sequence
from typing import final

import numpy as np

from engine.distributions.base import Array
from engine.likelihoods.coordinates import Coordinates
from engine.likelihoods.likelihood import Likelihood

__all__ = ["Holding"]


@final
class Holding(Coordinates):
    """Other coordinates without those of the held parameters.

    ``held`` maps places of parameters to their values, which ``parameters`` has too.
    """

    def __init__(
        self, inner: Coordinates, parameters: Sequence[float], held: Mapping[int, float]
    ) -> None:
        self.inner = inner
        self.likelihood = inner.likelihood
        self.held = dict(held)
        self._parameters = tuple(parameters)
        self._whole = inner.place(parameters)
        self._free = tuple(i for i in range(len(parameters)) if i not in held)
        self.bounds = tuple(
            (self._free.index(i), low, high) for i, low, high in inner.bounds if i not in held
        )

    @property
    def free(self) -> tuple[int, ...]:
        """Places of the parameters that are not held."""
        return self._free

    def over(self, likelihood: Likelihood) -> "Holding":
        """Return the same over another sample's likelihood."""
        return Holding(self.inner.over(likelihood), self._parameters, self.held)

    def score(self, *z: float) -> tuple[float, ...]:
        """Gradient by the coordinates of the free parameters."""
        slope = self.inner.score(*self._filled(z))
        return tuple(slope[i] for i in self._free)

    def constrain(self, z: Sequence[float]) -> tuple[float, ...]:
        """Return all parameters, the held ones at their values to the last bit."""
        found = self.inner.constrain(self._filled(z))
        return tuple(self.held.get(i, value) for i, value in enumerate(found))

    def slopes(self, parameters: Sequence[float]) -> tuple[Array, Array]:
        """Derivatives of the free parameters by their coordinates."""
        slopes, bends = self.inner.slopes(parameters)
        return slopes[list(self._free)], bends[list(self._free)]

    def place(self, parameters: Sequence[float]) -> tuple[float, ...]:
        """Coordinates of the free ones among the parameters."""
        whole = self.inner.place(parameters)
        return tuple(whole[i] for i in self._free)

    def parameters(self, places: Array) -> Array:
        """Parameters at each row, the held ones too."""
        rows = np.tile(np.array(self._whole, dtype=float), (len(places), 1))
        rows[:, self._free] = places
        points = self.inner.parameters(rows).copy()
        for i, value in self.held.items():
            points[:, i] = value
        return points

    def _filled(self, z: Sequence[float]) -> Sequence[float]:
        """Coordinates of all parameters."""
        whole = list(self._whole)
        for i, coordinate in zip(self._free, z, strict=True):
            whole[i] = coordinate
        return whole
