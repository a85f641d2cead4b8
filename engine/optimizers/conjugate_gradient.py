"""The nonlinear conjugate gradient method of Polak and Ribière, restarted.

    d ← g + β d,   β = max(0, gᵀ(g − g₋)/g₋ᵀg₋),   z ← z + α d

with g₋ the gradient before, and α by the strong Wolfe conditions. β = 0 begins anew with the
gradient, as does a direction that does not lead upwards (Nocedal & Wright, Numerical
Optimization, section 5.2).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer
from engine.optimizers.line_search import Line, cautious, climbing, dot, strong_wolfe

__all__ = ["ConjugateGradient", "Course"]

FLAT = 0.01
"""Share of the slope that a search leaves: conjugacy needs the top of each line."""


@final
@dataclass(frozen=True, slots=True)
class Course:
    """The gradient at the last place, the direction taken from there, and the rise expected."""

    gradient: tuple[float, ...]
    direction: tuple[float, ...]
    rise: float


@final
@dataclass(frozen=True)
class ConjugateGradient(Optimizer[Course | None]):
    """Each direction is the gradient, turned so as not to spoil the rise along the last one."""

    name = "conjugate-gradient"
    update = "z ← z + α d, d ← g + max(0, gᵀ(g − g₋)/g₋ᵀg₋) d"
    reference = "Polak & Ribière (1969), Rev. Fr. Inform. Rech. Opér. 3 (16), 35–43"
    needs = ("value", "score")
    rate = 1.0

    def step(
        self,
        coordinates: Coordinates,
        z: Sequence[float],
        gradient: Sequence[float],
        state: Course | None,
    ) -> tuple[Sequence[float], Course | None, int]:
        """Go along the conjugate direction to where it is nearly level."""
        direction, first = gradient, cautious(gradient)
        if state is not None:
            turned = _turned(gradient, state)
            slope = dot(gradient, turned)
            if slope > 0.0:
                direction, first = turned, state.rise / slope
        step, length, evaluations = climbing(
            strong_wolfe, Line(coordinates, z, gradient, direction), first=first, flat=FLAT
        )
        if not length:
            return step, None, evaluations
        taken = tuple(s / length for s in step)
        rise = dot(gradient, step)
        return step, Course(tuple(gradient), taken, rise), evaluations


def _turned(gradient: Sequence[float], last: Course) -> list[float]:
    """Conjugate direction g + β d."""
    change = [a - b for a, b in zip(gradient, last.gradient, strict=True)]
    beta = max(0.0, dot(gradient, change) / dot(last.gradient, last.gradient))
    return [g + beta * d for g, d in zip(gradient, last.direction, strict=True)]
