"""The method of Barzilai and Borwein: the gradient, with a length learned from the last step.

    z ← z + α g,   α = sᵀs/sᵀy,   s = z − z₋,   y = g₋ − g

α is one over the curvature along the last step; where the surface is not concave there, it
is |s|/|y|, and at first 1, or less where the gradient is longer than 1. The likelihood may
fall at times; it is only asked to rise above the least of its last m values (Raydan, SIAM J.
Optim. 7, 1997; Grippo, Lampariello & Lucidi, SIAM J. Numer. Anal. 23, 1986).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from engine.fields import Whole
from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer
from engine.optimizers.line_search import Line, backtracking, cautious, dot, moved
from engine.settings import setting

__all__ = ["BarzilaiBorwein", "Last"]


@final
@dataclass(frozen=True, slots=True)
class Last:
    """The last place, its gradient, and the last values, the oldest first."""

    z: tuple[float, ...]
    gradient: tuple[float, ...]
    values: tuple[float, ...]


@final
@dataclass(frozen=True)
class BarzilaiBorwein(Optimizer[Last | None]):
    """The direction is the gradient, as long as the last step's curvature allows."""

    name = "barzilai-borwein"
    update = "z ← z + α g, α = sᵀs/sᵀy, s = z − z₋, y = g₋ − g"
    reference = "Barzilai & Borwein (1988), IMA J. Numer. Anal. 8, 141–148"
    needs = ("value", "score")
    rate = 1.0

    memory: int = setting(
        Whole(1, 100), 10, label="memory", meaning="how many values back the likelihood may fall"
    )

    def step(
        self,
        coordinates: Coordinates,
        z: Sequence[float],
        gradient: Sequence[float],
        state: Last | None,
    ) -> tuple[Sequence[float], Last | None, int]:
        """Go along the gradient, less far where that falls below all of the last values."""
        before = () if state is None else state.values
        values = (*before, coordinates.value(z))[-self.memory :]
        length, evaluations = backtracking(
            Line(coordinates, z, gradient, gradient),
            first=_length(z, gradient, state),
            floor=min(values),
        )
        step = [length * g if length else 0.0 for g in gradient]
        return step, Last(tuple(z), tuple(gradient), values), 1 + evaluations


def _length(z: Sequence[float], gradient: Sequence[float], state: Last | None) -> float:
    """One over the curvature along the last step, where there is one."""
    if state is None:
        return cautious(gradient)
    s, y = moved(z, -1.0, state.z), moved(state.gradient, -1.0, gradient)
    bend = dot(s, y)
    if bend <= 0.0:
        bend = math.hypot(*s) * math.hypot(*y)
    length = dot(s, s) / bend if bend > 0.0 else math.inf
    return length if length < math.inf else cautious(gradient)
