"""A log-likelihood over its free parameters, in coordinates without edges."""

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from engine.distributions.base import Array
from engine.domains import Domain
from engine.likelihoods.likelihood import Likelihood

__all__ = ["FreeSurface"]


class FreeSurface:
    """A log-likelihood as a function of its free parameters' unconstrained coordinates.

    ``held`` maps the place of each fixed parameter to its value.
    """

    def __init__(self, likelihood: Likelihood, held: Mapping[int, float]) -> None:
        self.likelihood = likelihood
        self.held = dict(held)
        domains = [p.domain for p in likelihood.family.parameters()]
        self.free = [i for i in range(len(domains)) if i not in self.held]
        self.domains: list[Domain] = [domains[i] for i in self.free]
        self._latest: tuple[tuple[float, ...], tuple[Array, Array]] | None = None

    def place(self, parameters: Sequence[float]) -> Array:
        """Coordinates of the free ones among the parameters."""
        return np.array(
            [d.unconstrain(parameters[i]) for i, d in zip(self.free, self.domains, strict=True)]
        )

    def parameters(self, z: Array) -> list[float]:
        """All parameters at a place; OverflowError where no double holds one."""
        values = [self.held.get(i, 0.0) for i in range(len(self.free) + len(self.held))]
        for i, domain, coordinate in zip(self.free, self.domains, z.tolist(), strict=True):
            values[i] = domain.constrain(coordinate)
        return values

    def value(self, z: Array) -> float:
        """Log-likelihood; −∞ where it cannot be evaluated."""
        if self.likelihood.at_once:  # for the next step begins there
            return self._finite(lambda parameters: self.likelihood.jet(parameters).value, z)
        return self.height(z)

    def height(self, z: Array) -> float:
        """The same at a place where no step will begin."""
        return self._finite(self.likelihood.value, z)

    def _finite(self, of: Callable[[Sequence[float]], float], z: Array) -> float:
        if not np.isfinite(z).all():
            return -math.inf
        try:
            value = of(self.parameters(z))
        except OverflowError:
            return -math.inf
        return value if math.isfinite(value) else -math.inf

    def slopes(self, parameters: Sequence[float]) -> tuple[Array, Array]:
        """Score and information by all parameters; those of the latest place are kept."""
        if self.likelihood.at_once:
            return self.likelihood.jet(parameters)[1:]
        at, latest = tuple(parameters), self._latest  # which another thread may replace
        if latest is None or latest[0] != at:
            found = self.likelihood.score(at), self.likelihood.information(at)
            latest = self._latest = at, found
        return latest[1]

    def derivatives(self, z: Array) -> tuple[list[float], list[list[float]]]:
        """Gradient and minus the Hessian by the coordinates, through the chain rule."""
        parameters = self.parameters(z)
        score, information = (each.tolist() for each in self.slopes(parameters))
        pairs = list(zip(self.free, self.domains, strict=True))
        slopes = [domain.slope(parameters[i]) for i, domain in pairs]
        gradient = [score[i] * slope for i, slope in zip(self.free, slopes, strict=True)]
        curvature = [
            [information[i][j] * a * b for j, b in zip(self.free, slopes, strict=True)]
            for i, a in zip(self.free, slopes, strict=True)
        ]
        for row, (i, domain) in enumerate(pairs):
            curvature[row][row] -= score[i] * domain.bend(parameters[i])
        return gradient, curvature
