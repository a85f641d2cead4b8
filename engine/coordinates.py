"""The coordinates in which ascent moves.

A gradient's direction depends on how the parameters are written, so the choice is part of
an experiment: as written and clamped into the domain (the article's way), unconstrained
through each domain's map, or unconstrained and measured in standard errors at the start.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import final

import numpy as np

from engine.distributions.base import Array
from engine.likelihood import Likelihood

__all__ = ["COORDINATES", "Coordinates", "Unconstrained", "Written", "standardized"]


class Coordinates(ABC):
    """A way to write the parameters as a vector z, with the mean log-likelihood's gradient in it.

    ``score(*z)`` is that gradient. ``bounds`` lists, for each coordinate that is bounded, its
    index and the least and greatest value that ascent clamps it to.
    """

    score: Callable[..., tuple[float, ...]]
    bounds: tuple[tuple[int, float, float], ...]

    @abstractmethod
    def place(self, parameters: Sequence[float]) -> tuple[float, ...]:
        """Coordinates of the parameters."""

    @abstractmethod
    def parameters(self, places: Array) -> Array:
        """Parameters at each row of coordinates, shape (m, k)."""


@final
class Written(Coordinates):
    """The parameters themselves; a step that leaves the domain ends on its edge."""

    def __init__(self, likelihood: Likelihood, start: Sequence[float]) -> None:
        domains = [p.domain for p in likelihood.family.parameters()]
        self.score = likelihood.mean_score
        self.bounds = tuple(
            (i, d.lower, d.upper)
            for i, d in enumerate(domains)
            if math.isfinite(d.lower) or math.isfinite(d.upper)
        )

    def place(self, parameters: Sequence[float]) -> tuple[float, ...]:
        """Return the parameters."""
        return tuple(parameters)

    def parameters(self, places: Array) -> Array:
        """Return the places."""
        return places


@final
class Unconstrained(Coordinates):
    """Each parameter through its domain's map (log, logit), divided by a unit of length.

    The chain rule gives the gradient: d/dz = slope × unit × d/dθ.
    """

    def __init__(
        self,
        likelihood: Likelihood,
        start: Sequence[float],
        units: Sequence[float] | None = None,
    ) -> None:
        self._mean_score = likelihood.mean_score
        self._domains = tuple(p.domain for p in likelihood.family.parameters())
        self._units = tuple(units or (1.0 for _ in start))
        self.bounds = ()

    def _constrain(self, z: Sequence[float]) -> tuple[float, ...]:
        return tuple(
            d.constrain(a * unit) for d, a, unit in zip(self._domains, z, self._units, strict=True)
        )

    def score(self, *z: float) -> tuple[float, ...]:
        """Gradient by z; OverflowError where no double holds the parameters."""
        parameters = self._constrain(z)
        return tuple(
            g * d.slope(value) * unit
            for g, d, value, unit in zip(
                self._mean_score(*parameters), self._domains, parameters, self._units, strict=True
            )
        )

    def place(self, parameters: Sequence[float]) -> tuple[float, ...]:
        """Map each parameter to the real line and count it in units."""
        return tuple(
            d.unconstrain(value) / unit
            for d, value, unit in zip(self._domains, parameters, self._units, strict=True)
        )

    def parameters(self, places: Array) -> Array:
        """Map each row back."""
        return np.array([self._constrain(row) for row in places.tolist()]).reshape(places.shape)


def standardized(likelihood: Likelihood, start: Sequence[float]) -> Unconstrained:
    """Unconstrained coordinates whose unit is one observation's standard error at the start.

    With them one learning rate suits data of any scale: near the maximum the curvature
    in each direction is about 1.
    """
    information = np.diag(likelihood.information(start)) / likelihood.n
    slopes = [
        p.domain.slope(value)
        for p, value in zip(likelihood.family.parameters(), start, strict=True)
    ]
    return Unconstrained(
        likelihood,
        start,
        [
            1.0 / (math.sqrt(i) * slope) if i > 0 and math.isfinite(i) else 1.0
            for i, slope in zip(information.tolist(), slopes, strict=True)
        ],
    )


COORDINATES: dict[str, Callable[[Likelihood, Sequence[float]], Coordinates]] = {
    "written": Written,
    "unconstrained": Unconstrained,
    "standardized": standardized,
}
"""Every system of coordinates by name."""
