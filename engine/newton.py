"""Newton's method on a log-likelihood, in the unconstrained coordinates of its free parameters.

The step is bent towards the gradient where the surface is not concave, and shortened until
the likelihood does not fall (Nocedal & Wright, Numerical Optimization, sections 3.4 and 3.5).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.definite import factor, solution
from engine.distributions.base import Array
from engine.domains import Domain
from engine.likelihood import Likelihood

__all__ = ["FreeSurface", "Summit", "climb"]

MOST_STEPS = 200
MOST_HALVINGS = 60
LONGEST_STEP = 4.0
FLAT = 1e-9
CONCAVE = 1e-14
LEAST_BEND = 1e-6
ROUNDING = 1e-14
NEAR = 1e-3
TOP = 1e-7


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
        self._latest: tuple[tuple[float, ...], Array, Array] | None = None

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
        try:
            value = self.likelihood.value(self.parameters(z))
        except OverflowError:
            return -math.inf
        return value if math.isfinite(value) else -math.inf

    def slopes(self, parameters: Sequence[float]) -> tuple[Array, Array]:
        """Score and information by all parameters; those of the last place are kept."""
        at = tuple(parameters)
        if self._latest is None or self._latest[0] != at:
            if self.likelihood.at_once:
                _, score, information = self.likelihood.jet(at)
            else:
                score, information = self.likelihood.score(at), self.likelihood.information(at)
            self._latest = at, score, information
        return self._latest[1:]

    def derivatives(self, z: Array) -> tuple[Array, Array]:
        """Gradient and minus the Hessian by the coordinates, through the chain rule."""
        parameters = self.parameters(z)
        with np.errstate(all="ignore"):
            score, information = self.slopes(parameters)
            if self.held:
                score, information = score[self.free], information[np.ix_(self.free, self.free)]
            pairs = list(zip(self.domains, (parameters[i] for i in self.free), strict=True))
            slopes = np.array([domain.slope(value) for domain, value in pairs])
            bends = np.array([domain.bend(value) for domain, value in pairs])
            curvature = information * slopes * slopes[:, np.newaxis]
            curvature.flat[:: len(pairs) + 1] -= score * bends
            return score * slopes, curvature


@dataclass(frozen=True, slots=True)
class Summit:
    """Where a climb ended, and how many evaluations it took."""

    parameters: tuple[float, ...]
    value: float
    evaluations: int


def climb(surface: FreeSurface, start: Sequence[float]) -> Summit:
    """Climb from a start to the top of its hill, or as far as the likelihood rises."""
    z = surface.place(start)
    value, evaluations, before = surface.value(z), 1, math.inf
    for _ in range(MOST_STEPS if surface.free else 0):
        step, distance = _step(surface, z)
        evaluations += 1
        # on a distant scale the last digits of the parameters keep the score from vanishing
        if distance <= FLAT or (distance < TOP and distance > before / 2.0):
            break
        before = distance
        # so near to the top the likelihood itself is rounding, and only the score can tell
        slack = ROUNDING * abs(value) if distance < NEAR else 0.0
        length, reached, tries = _search(surface, z, value - slack, step)
        evaluations += tries
        if length == 0:
            break
        z, value = z + length * step, reached
    return Summit(tuple(surface.parameters(z)), value, evaluations)


def _step(surface: FreeSurface, z: Array) -> tuple[Array, float]:
    """Newton step, and its length in standard errors; infinite where not concave."""
    gradient, curvature = surface.derivatives(z)
    with np.errstate(all="ignore"):
        scale = np.sqrt(np.maximum(np.abs(curvature.diagonal()), np.finfo(float).tiny))
        scaled = curvature / scale / scale[:, np.newaxis]
        along = gradient / scale
        if not (np.isfinite(scaled).all() and np.isfinite(gradient).all()):
            return _uphill(gradient), math.inf
        lower = factor(scaled.tolist(), CONCAVE)
        if lower is None:
            return _bent_step(scaled, along, scale)
        move = np.array(solution(lower, along.tolist()))
        step, squared = move / scale, float(along @ move)
    if not (np.isfinite(step).all() and math.isfinite(squared)):
        return _uphill(gradient), math.inf
    return step, math.sqrt(max(squared, 0.0))


def _bent_step(scaled: Array, along: Array, scale: Array) -> tuple[Array, float]:
    """Newton step along the principal directions, each towards where the likelihood rises."""
    values, vectors = np.linalg.eigh(scaled)
    bent = np.maximum(np.abs(values), LEAST_BEND)
    step: Array = vectors @ (vectors.T @ along / bent) / scale
    return step if np.isfinite(step).all() else _uphill(along), math.inf


def _uphill(gradient: Array) -> Array:
    """A short step where doubles cannot hold a better one."""
    return np.sign(np.nan_to_num(gradient)) / 10


def _search(surface: FreeSurface, z: Array, value: float, step: Array) -> tuple[float, float, int]:
    """Halve a step until the likelihood does not fall; length 0 where none such is left."""
    mapped = np.array([math.isfinite(domain.lower) for domain in surface.domains])
    longest = float(np.max(np.abs(step[mapped]), initial=0.0))
    length = min(1.0, LONGEST_STEP / longest) if longest else 1.0
    for tries in range(1, MOST_HALVINGS):
        moved = z + length * step
        if (moved == z).all():
            return 0.0, value, tries
        reached = surface.value(moved)
        if reached >= value:
            return length, reached, tries
        length /= 2
    return 0.0, value, MOST_HALVINGS
