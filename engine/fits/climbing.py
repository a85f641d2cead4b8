"""Newton's method on a log-likelihood, in the unconstrained coordinates of its free parameters.

The step is bent towards the gradient where the surface is not concave, and shortened until
the likelihood does not fall (Nocedal & Wright, Numerical Optimization, sections 3.4 and 3.5).
"""

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.distributions.base import Array
from engine.fits.definite import factor, solution
from engine.fits.free_surface import FreeSurface
from engine.likelihoods.bending import CONCAVE, bent_solution
from engine.turnstile import COMPUTING

__all__ = ["FLAT", "Summit", "climb"]

MOST_STEPS = 200
"""Far more than a climb takes, unless it goes along a ridge or towards an edge at infinity."""
MOST_HALVINGS = 60
"""More than a double has binary digits, after which a step moves nothing."""
LONGEST_STEP = 4.0
"""By which a coordinate of a bounded domain moves at once: a scale by a factor of e⁴."""
FLAT = 1e-9
"""Standard errors from the top at which a climb is over."""
TOP = 1e-7
"""Those from which a step that does not halve them is one among the last digits."""
NEAR = 1e-3
"""Those from which on the likelihood, half their square below its top, may be lost in rounding."""
ROUNDING = 1e-14
"""Share of a log-likelihood that its sum may be off, some fifty units of a double's last digit."""
TINY = sys.float_info.min
"""Least number that may be divided by."""
CRAWL, MOST_CRAWLED = 1e-9, 10
"""Rise by a step that is as good as none, and so many of them in a row that lead nowhere."""


@dataclass(frozen=True, slots=True)
class Summit:
    """Where a climb ended, and how many evaluations it took; ``before`` are those before it."""

    parameters: tuple[float, ...]
    value: float
    evaluations: int
    before: int = 0

    @property
    def spent(self) -> int:
        """All evaluations that led there."""
        return self.before + self.evaluations


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
    """Newton step where the surface is not concave, towards where the likelihood rises."""
    step = bent_solution(scaled, along, math.inf) / scale
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
