"""BFGS with limited memory: its direction from the last m steps, without a matrix.

    z ← z + α H g

where H is that of BFGS, begun at γE with γ = yᵀs/yᵀy of the last step and updated by the
pairs s = z − z₋, y = g₋ − g of the last m steps. The product H g takes two loops over them
(Nocedal & Wright, Numerical Optimization, algorithm 7.4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from engine.fields import Whole
from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer
from engine.optimizers.line_search import Line, cautious, climbing, dot, moved, strong_wolfe
from engine.settings import setting

__all__ = ["LBFGS", "Pair", "Pairs"]

CURVED = 1e-12
FLAT = 0.1
"""Share of the slope that a search leaves: less makes fewer steps of more evaluations each."""

Vector = tuple[float, ...]
Pair = tuple[Vector, Vector]


@final
@dataclass(frozen=True, slots=True)
class Pairs:
    """The last place and its gradient, and the pairs (s, y) before, the oldest first."""

    z: Vector
    gradient: Vector
    pairs: tuple[Pair, ...] = ()


@final
@dataclass(frozen=True)
class LBFGS(Optimizer[Pairs | None]):
    """The direction is Newton's, with the curvature of the last few steps."""

    name = "lbfgs"
    update = "z ← z + α H g, H by BFGS from the last m pairs z − z₋, g₋ − g"
    reference = "Nocedal (1980), Mathematics of Computation 35, 773–782"
    needs = ("value", "score")
    rate = 1.0

    memory: int = setting(
        Whole(1, 100), 10, label="memory", meaning="how many steps the curvature is learned from"
    )

    def step(
        self,
        coordinates: Coordinates,
        z: Sequence[float],
        gradient: Sequence[float],
        state: Pairs | None,
    ) -> tuple[Sequence[float], Pairs | None, int]:
        """Go along H g; begin anew where that leads nowhere."""
        pairs = () if state is None else _learned(z, gradient, state)[-self.memory :]
        first = 1.0 if pairs else cautious(gradient)
        step, length, evaluations = climbing(
            strong_wolfe,
            Line(coordinates, z, gradient, _product(gradient, pairs)),
            first=first,
            flat=FLAT,
        )
        known = Pairs(tuple(z), tuple(gradient), pairs) if length else None
        return step, known, evaluations


def _learned(z: Sequence[float], gradient: Sequence[float], state: Pairs) -> tuple[Pair, ...]:
    """Add the last step's pair, where the surface was concave along it."""
    s = tuple(moved(z, -1.0, state.z))
    y = tuple(moved(state.gradient, -1.0, gradient))
    concave = dot(s, y) > CURVED * (dot(s, s) * dot(y, y)) ** 0.5
    return (*state.pairs, (s, y)) if concave else state.pairs


def _product(gradient: Sequence[float], pairs: Sequence[Pair]) -> list[float]:
    """H g by the two loops, from the newest pair to the oldest and back."""
    found, shares = list(gradient), []
    for s, y in reversed(pairs):
        share = dot(s, found) / dot(s, y)
        shares.append(share)
        found = moved(found, -share, y)
    if pairs:
        s, y = pairs[-1]
        found = [a * dot(s, y) / dot(y, y) for a in found]
    for (s, y), share in zip(pairs, reversed(shares), strict=True):
        found = moved(found, share - dot(y, found) / dot(s, y), s)
    return found
