"""The quasi-Newton method of Broyden, Fletcher, Goldfarb and Shanno.

    z ← z + α H g,   H ← (E − ρ s yᵀ) H (E − ρ y sᵀ) + ρ s sᵀ,   ρ = 1/yᵀs

with E the identity, s = z − z₋ the step taken, y = g₋ − g the fall of the gradient over it,
and α by the strong Wolfe conditions. H is an estimate of the inverse of minus the Hessian;
at first it is the identity, and after the first step that times yᵀs/yᵀy (Nocedal & Wright,
Numerical Optimization, section 6.1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

import numpy as np

from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer
from engine.optimizers.line_search import Line, cautious, climbing, strong_wolfe

__all__ = ["BFGS", "Estimate"]

CURVED = 1e-12
FLAT = 0.1
"""Share of the slope that a search leaves: less makes fewer steps of more evaluations each."""


@final
@dataclass(frozen=True, slots=True)
class Estimate:
    """The last place and its gradient, and the rows of H; none before the first step."""

    z: tuple[float, ...]
    gradient: tuple[float, ...]
    inverse: tuple[tuple[float, ...], ...] = ()


@final
@dataclass(frozen=True)
class BFGS(Optimizer[Estimate | None]):
    """The direction is Newton's, with a curvature that is learned from the gradients."""

    name = "bfgs"
    update = "z ← z + α H g, H ← (E − ρsyᵀ) H (E − ρysᵀ) + ρssᵀ, ρ = 1/yᵀs, y = g₋ − g"
    reference = "Broyden (1970); Fletcher (1970); Goldfarb (1970); Shanno (1970)"
    needs = ("value", "score")
    rate = 1.0

    def step(
        self,
        coordinates: Coordinates,
        z: Sequence[float],
        gradient: Sequence[float],
        state: Estimate | None,
    ) -> tuple[Sequence[float], Estimate | None, int]:
        """Go along H g; begin anew where that leads nowhere."""
        inverse = _learned(z, gradient, state)
        if inverse:
            with np.errstate(over="ignore", invalid="ignore"):
                direction, first = (np.array(inverse) @ np.array(gradient)).tolist(), 1.0
        else:
            direction, first = gradient, cautious(gradient)
        step, length, evaluations = climbing(
            strong_wolfe, Line(coordinates, z, gradient, direction), first=first, flat=FLAT
        )
        known = Estimate(tuple(z), tuple(gradient), inverse) if length else None
        return step, known, evaluations


@np.errstate(over="ignore", invalid="ignore")  # what no double holds is no curvature
def _learned(
    z: Sequence[float], gradient: Sequence[float], state: Estimate | None
) -> tuple[tuple[float, ...], ...]:
    """Rows of H after what the last step has shown; none where nothing is known."""
    if state is None:
        return ()
    s, y = np.subtract(z, state.z), np.subtract(state.gradient, gradient)
    bend = float(s @ y)
    if not bend > CURVED * float(np.linalg.norm(s) * np.linalg.norm(y)):
        return state.inverse
    identity = np.eye(len(s))
    inverse = np.array(state.inverse) if state.inverse else identity * (bend / float(y @ y))
    turn = identity - np.outer(s, y) / bend
    inverse = turn @ inverse @ turn.T + np.outer(s, s) / bend
    return tuple(tuple(row) for row in inverse.tolist())
