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
from engine.likelihoods.fisher import fisher_information
from engine.likelihoods.likelihood import Likelihood

__all__ = ["COORDINATES", "Coordinates", "Unconstrained", "Written", "standardized"]


class Coordinates(ABC):
    """A way to write the parameters as a vector z, with the mean log-likelihood over it.

    ``score(*z)`` is its gradient, as plain floats. ``bounds`` lists, for each coordinate that
    is bounded, its index and the least and greatest value that ascent clamps it to. ``free``
    lists the parameters that the coordinates stand for, which are all unless some are held.
    """

    likelihood: Likelihood
    score: Callable[..., tuple[float, ...]]
    bounds: tuple[tuple[int, float, float], ...]

    @property
    def free(self) -> tuple[int, ...]:
        """Places of the parameters that may move."""
        return tuple(range(len(self.likelihood.family.parameters())))

    @final
    def value(self, z: Sequence[float]) -> float:
        """Mean log-likelihood; −∞ where there is none, or outside the bounds."""
        if any(not low <= z[i] <= high for i, low, high in self.bounds):
            return -math.inf
        try:
            value = self.likelihood.value(self.constrain(z))
        except ArithmeticError:
            return -math.inf
        return value / self.likelihood.n if math.isfinite(value) else -math.inf

    @final
    def curvature(self, z: Sequence[float]) -> Array:
        """Minus the Hessian of the mean log-likelihood, shape (k, k), by the chain rule."""
        parameters, free = self.constrain(z), list(self.free)
        slopes, bends = self.slopes(parameters)
        score = np.array(self.likelihood.mean_score(*parameters))[free]
        information = self.likelihood.information(parameters)[np.ix_(free, free)]
        information = information / self.likelihood.n
        bent: Array = information * np.outer(slopes, slopes) - np.diag(score * bends)
        return bent

    @final
    def expected(self, z: Sequence[float]) -> Array:
        """Fisher information of one observation, shape (k, k)."""
        parameters, free = self.constrain(z), list(self.free)
        slopes, _ = self.slopes(parameters)
        found: Array = fisher_information(self.likelihood.family.at(parameters))
        return found[np.ix_(free, free)] * np.outer(slopes, slopes)

    @final
    def improved(self, z: Sequence[float]) -> tuple[float, ...]:
        """Where a step of the EM algorithm leads; TypeError where the family has none."""
        found = self.likelihood.family.improved(self.likelihood.statistics, self.constrain(z))
        return self.place(found)

    @abstractmethod
    def over(self, likelihood: Likelihood) -> "Coordinates":
        """Return the same coordinates over another sample's likelihood."""

    @abstractmethod
    def constrain(self, z: Sequence[float]) -> tuple[float, ...]:
        """Parameters at coordinates; OverflowError where no double holds them."""

    @abstractmethod
    def slopes(self, parameters: Sequence[float]) -> tuple[Array, Array]:
        """First and second derivatives of the parameters by their coordinates, shape (k,)."""

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
        self.likelihood = likelihood
        self.score = likelihood.mean_score
        self.bounds = tuple(
            (i, d.lower, d.upper)
            for i, d in enumerate(domains)
            if math.isfinite(d.lower) or math.isfinite(d.upper)
        )

    def over(self, likelihood: Likelihood) -> "Written":
        """Return the parameters again."""
        return Written(likelihood, ())

    def constrain(self, z: Sequence[float]) -> tuple[float, ...]:
        """Return the place."""
        return tuple(z)

    def slopes(self, parameters: Sequence[float]) -> tuple[Array, Array]:
        """Return ones and zeros."""
        return np.ones(len(parameters)), np.zeros(len(parameters))

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
        self.likelihood = likelihood
        self._mean_score = likelihood.mean_score
        self._domains = tuple(p.domain for p in likelihood.family.parameters())
        self._units = tuple(units or (1.0 for _ in start))
        self.bounds = ()

    def over(self, likelihood: Likelihood) -> "Unconstrained":
        """Return coordinates with the same units."""
        return Unconstrained(likelihood, self._units, self._units)

    def constrain(self, z: Sequence[float]) -> tuple[float, ...]:
        """Map each coordinate into its domain."""
        maps = zip(self._domains, z, self._units, strict=True)
        return tuple([d.constrain(a * unit) for d, a, unit in maps])

    def slopes(self, parameters: Sequence[float]) -> tuple[Array, Array]:
        """Derivatives of each domain's map, in units."""
        units = np.array(self._units)
        pairs = list(zip(self._domains, parameters, strict=True))
        slopes = np.array([d.slope(value) for d, value in pairs])
        bends = np.array([d.bend(value) for d, value in pairs])
        return slopes * units, bends * units * units

    def score(self, *z: float) -> tuple[float, ...]:
        """Gradient by z; OverflowError where no double holds the parameters."""
        parameters = self.constrain(z)
        score = self._mean_score(*parameters)
        maps = zip(score, self._domains, parameters, self._units, strict=True)
        return tuple([g * d.slope(value) * unit for g, d, value, unit in maps])

    def place(self, parameters: Sequence[float]) -> tuple[float, ...]:
        """Map each parameter to the real line and count it in units."""
        return tuple(
            d.unconstrain(value) / unit
            for d, value, unit in zip(self._domains, parameters, self._units, strict=True)
        )

    def parameters(self, places: Array) -> Array:
        """Map each row back."""
        return np.array([self.constrain(row) for row in places.tolist()]).reshape(places.shape)


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
