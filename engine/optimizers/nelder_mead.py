"""The simplex method of Nelder and Mead, which looks at values alone.

    the worst of k + 1 vertices → c + t (c − worst),   c the mean of the others

with t = 1 (reflection), 2 (expansion), ½ or −½ (contraction outside or inside); where none
of them is higher, all vertices move half of the way to the best. The simplex begins at z
and at z plus ``size`` along each coordinate. An epoch is one such move, the direction leads
to the best vertex. (Lagarias, Reeds, Wright & Wright, Convergence properties of the
Nelder–Mead simplex method in low dimensions, SIAM J. Optim. 9, 1998.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from engine.fields import Number
from engine.likelihoods.coordinates import Coordinates
from engine.optimizers.base import Optimizer
from engine.optimizers.line_search import moved
from engine.settings import setting

__all__ = ["NelderMead", "Simplex"]

Vertex = tuple[float, ...]


@final
@dataclass(frozen=True, slots=True)
class Simplex:
    """The vertices and their values, the highest first."""

    vertices: tuple[Vertex, ...]
    values: tuple[float, ...]


@final
@dataclass(frozen=True)
class NelderMead(Optimizer[Simplex | None]):
    """The direction leads to the best vertex of a simplex that crawls uphill."""

    name = "nelder-mead"
    update = "worst z ← c + t (c − z), t of 1, 2, ½, −½, c the mean of the other vertices"
    reference = "Nelder & Mead (1965), The Computer Journal 7, 308–313"
    needs = ("value",)
    rate = 1.0

    size: float = setting(
        Number(0.0, 1e6, open_low=True),
        0.5,
        label="size",
        meaning="how wide the first simplex is, along each coordinate",
    )

    def step(
        self,
        coordinates: Coordinates,
        z: Sequence[float],
        gradient: Sequence[float],
        state: Simplex | None,
    ) -> tuple[Sequence[float], Simplex, int]:
        """Move the worst vertex, or all; go to the best."""
        begun = 0
        if state is None:
            corners = [tuple(z)]
            for i, a in enumerate(z):
                corners.append((*z[:i], a + self.size, *z[i + 1 :]))
            state, begun = _ordered(corners, [coordinates.value(v) for v in corners]), len(corners)
        state, evaluations = _improved(coordinates, state)
        direction = [a - b for a, b in zip(state.vertices[0], z, strict=True)]
        return direction, state, begun + evaluations - 1


def _improved(coordinates: Coordinates, simplex: Simplex) -> tuple[Simplex, int]:
    """Move once; the simplex after it, and how many values were looked at."""
    *others, worst = simplex.vertices
    *values, least = simplex.values
    centre = [sum(column) / len(others) for column in zip(*others, strict=True)]
    away = moved(centre, -1.0, worst)

    def tried(t: float) -> tuple[Vertex, float]:
        """The vertex so far through the centre, and its value."""
        vertex = tuple(moved(centre, t, away))
        return vertex, coordinates.value(vertex)

    found = reflected = tried(1.0)
    evaluations = 2
    if reflected[1] > values[0]:
        expanded = tried(2.0)
        found = expanded if expanded[1] > reflected[1] else reflected
    elif reflected[1] > values[-1]:
        evaluations = 1
    else:
        outside = reflected[1] > least
        found = tried(0.5 if outside else -0.5)
        if not found[1] > (reflected[1] if outside else least):
            return _shrunk(coordinates, simplex), evaluations + len(others)
    return _ordered([*others, found[0]], [*values, found[1]]), evaluations


def _shrunk(coordinates: Coordinates, simplex: Simplex) -> Simplex:
    """Move all vertices half of the way to the best."""
    best, *others = simplex.vertices
    halved = [tuple((a + b) / 2.0 for a, b in zip(best, v, strict=True)) for v in others]
    return _ordered([best, *halved], [simplex.values[0], *map(coordinates.value, halved)])


def _ordered(vertices: Sequence[Vertex], values: Sequence[float]) -> Simplex:
    """Order vertices by their values, the highest first; of equal ones the older first."""
    order = sorted(range(len(values)), key=lambda i: -values[i])
    return Simplex(tuple(vertices[i] for i in order), tuple(values[i] for i in order))
