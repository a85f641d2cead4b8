"""Newton's method on a log-likelihood, in the unconstrained coordinates of its free parameters.

The step is bent towards the gradient where the surface is not concave, and shortened until
the likelihood does not fall (Nocedal & Wright, Numerical Optimization, sections 3.4 and 3.5).
"""

import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.distributions.base import Array
from engine.domains import Domain
from engine.fits.definite import factor, solution
from engine.likelihoods.likelihood import Likelihood
from engine.turnstile import COMPUTING

__all__ = ["FLAT", "FreeSurface", "Summit", "climb"]

MOST_STEPS = 200
MOST_HALVINGS = 60
LONGEST_STEP = 4.0
FLAT = 1e-9
CONCAVE = 1e-14
LEAST_BEND = 1e-6
ROUNDING = 1e-14
NEAR = 1e-3
TOP = 1e-7
TINY = sys.float_info.min
CRAWL, MOST_CRAWLED = 1e-9, 10
"""Rise by a step that is as good as none, and so many of them in a row that lead nowhere."""


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
        at = tuple(parameters)
        if self._latest is None or self._latest[0] != at:
            self._latest = at, (self.likelihood.score(at), self.likelihood.information(at))
        return self._latest[1]

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


@dataclass(frozen=True, slots=True)
class Summit:
    """Where a climb ended, and how many evaluations it took; ``before`` are those before it."""

    parameters: tuple[float, ...]
    value: float
    evaluations: int
    before: int = 0


def climb(
    surface: FreeSurface,
    start: Sequence[float],
    most: int = MOST_STEPS,
    flat: float = FLAT,
    patience: float = math.inf,
) -> Summit:
    """Climb from a start to the top of its hill, or as far as the likelihood rises.

    It takes at most so many steps, none from where the top is ``flat`` standard errors away,
    none after more evaluations than its ``patience``, and few that lead nowhere, as towards an
    edge at infinity.
    """
    z = surface.place(start)
    value, evaluations, before, crawled = surface.value(z), 1, math.inf, 0
    for _ in range(most if surface.free else 0):
        if COMPUTING.shut:
            COMPUTING.wait()
        step, distance = _step(surface, z)
        evaluations += 1
        # on a distant scale the last digits of the parameters keep the score from vanishing
        if distance <= flat or (distance < TOP and distance > before / 2.0):
            break
        quick, before = distance < before / 4.0 < math.inf, distance
        # so near to the top the likelihood itself is rounding, and only the score can tell
        slack = ROUNDING * abs(value) if distance < NEAR else 0.0
        length, reached, tries = _search(surface, z, value - slack, step)
        evaluations += tries
        crawled = 0 if quick or reached - value > CRAWL else crawled + 1
        z, value = z + length * step, reached
        if length == 0 or crawled == MOST_CRAWLED or evaluations > patience:
            break
    return Summit(tuple(surface.parameters(z)), value, evaluations)


def _step(surface: FreeSurface, z: Array) -> tuple[Array, float]:
    """Newton step, and its length in standard errors; infinite where not concave."""
    gradient, curvature = surface.derivatives(z)
    scale = [math.sqrt(max(abs(row[i]), TINY)) for i, row in enumerate(curvature)]
    scaled = [
        [entry / a / b for entry, b in zip(row, scale, strict=True)]
        for row, a in zip(curvature, scale, strict=True)
    ]
    along = [slope / a for slope, a in zip(gradient, scale, strict=True)]
    if not all(math.isfinite(entry) for row in (*scaled, gradient) for entry in row):
        return _uphill(gradient), math.inf
    lower = factor(scaled, CONCAVE)
    if lower is None:
        return _bent_step(np.array(scaled), np.array(along), np.array(scale)), math.inf
    move = solution(lower, along)
    squared = sum(a * b for a, b in zip(along, move, strict=True))
    step = [a / b for a, b in zip(move, scale, strict=True)]
    if not all(math.isfinite(each) for each in (squared, *step)):
        return _uphill(gradient), math.inf
    return np.array(step), math.sqrt(max(squared, 0.0))


@np.errstate(all="ignore")
def _bent_step(scaled: Array, along: Array, scale: Array) -> Array:
    """Newton step along the principal directions, each towards where the likelihood rises."""
    values, vectors = np.linalg.eigh(scaled)
    bent = np.maximum(np.abs(values), LEAST_BEND)
    step: Array = vectors @ (vectors.T @ along / bent) / scale
    return step if np.isfinite(step).all() else _uphill(along.tolist())


def _uphill(gradient: list[float]) -> Array:
    """A short step where doubles cannot hold a better one."""
    return np.sign(np.nan_to_num(gradient)) / 10


def _search(surface: FreeSurface, z: Array, value: float, step: Array) -> tuple[float, float, int]:
    """Halve a step until the likelihood does not fall; length 0 where none such is left."""
    moves = zip(step.tolist(), surface.domains, strict=True)
    longest = max((abs(move) for move, d in moves if math.isfinite(d.lower)), default=0.0)
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
