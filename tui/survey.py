"""A survey of the likelihood: which window of it is looked at, and what is found there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.fits.curvature import standard_errors
from engine.runs.ground import Ground
from engine.surfaces.axis import Axis
from engine.surfaces.nuisance import profiled
from engine.surfaces.slices import slice_along, tangent
from engine.surfaces.surface import Surface, drawn, drops, uphill
from engine.surfaces.window import pairs, region_window, window, window_along
from engine.tapes.columns import PARAMETERS
from engine.tapes.tape import Tape
from tui.pictures.slice import SliceView
from tui.snapshot import Snapshot
from tui.view import View

__all__ = ["Survey"]

Array = NDArray[np.float64]
Values = tuple[float, ...]

MOST_POINTS = 4096
"""Points of a path that a picture tells apart."""
EDGE = 0.01
"""Share of the window's width by which a mark may lie beside it."""
BLANK = np.full((1, 1), -np.inf)


@dataclass
class Survey:
    """What is looked at, and the grid as far as it is refined.

    ``mode`` says what the window follows: the whole path, the region of the maximum, or nothing.
    """

    number: int = 0
    """Which pair of parameters."""
    profile: bool = True
    mode: str = "path"
    axes: tuple[Axis, ...] = ()
    grid: Array = field(default_factory=lambda: BLANK)
    _ground: Ground | None = None
    _key: object = None
    _refining: Iterator[Array] | None = None

    @property
    def refining(self) -> bool:
        """Whether the grid becomes finer yet."""
        return self._refining is not None

    def look(self, snapshot: Snapshot, size: tuple[int, int]) -> View:
        """Look at a moment of a run: choose the window, slice, and begin the grid if it is new."""
        ground = snapshot.training.ground
        if ground is not self._ground:
            same = self._ground is not None and ground.exact is self._ground.exact
            self._ground = ground
            if not same:
                self.mode, self.axes, self.number = "path", (), 0
        here = snapshot.tape[snapshot.at].parameters
        best = self._best(snapshot)
        self._frame(snapshot, here, best)
        likelihood = drawn(ground.train, here)
        others = self.others(here, best)
        top = ground.train.value(best)
        if others is here:
            held = {i: v for i, v in enumerate(here) if i not in [a.place for a in self.axes]}
            top, _ = profiled(likelihood, held, (here, best))
        self._begin(Surface(likelihood, self._pair(), others, self.profile), size)
        return View(
            snapshot=snapshot,
            axes=self.axes,
            grid=self.grid,
            top=top,
            best=best,
            profile=self.profile,
            slices=tuple(self._slice(axis, here, best, size[0]) for axis in self.axes),
            arrow=uphill(ground.train, self._pair(), here) if len(self.axes) == 2 else None,
            path=_way(snapshot.tape, 0, snapshot.at + 1),
            ahead=_way(snapshot.tape, snapshot.at),
            ghosts=[_way(g.tape, max(g.fork - 1, 0), g.seen + 1) for g in snapshot.ghosts],
        )

    def refine(self) -> Array:
        """Compute a finer grid."""
        found = next(self._refining, None) if self._refining else None
        if found is None:
            self._refining = None
        else:
            self.grid = found
        return self.grid

    def others(self, here: Values, best: Values) -> Values:
        """Where the parameters that are not looked at are held, or profiled from."""
        return best if self.profile or len(here) <= 2 else here

    def zoom(self, steps: float) -> None:
        """Look closer, about the middle of the window."""
        self.mode = "free"
        self.axes = tuple(axis.zoomed(1.5**steps, axis.value(0.5)) for axis in self.axes)

    def pan(self, across: float, up: float) -> None:
        """Move the window by fractions of its width and height."""
        self.mode = "free"
        moves = (across, up)
        self.axes = tuple(a.panned(move) for a, move in zip(self.axes, moves, strict=False))

    def follow(self, mode: str) -> None:
        """Let the window follow the path or the region."""
        self.mode, self.axes = mode, ()

    def turn(self) -> None:
        """Take the next pair of parameters."""
        self.number, self.axes = self.number + 1, ()
        self.mode = "path" if self.mode == "free" else self.mode

    def _pair(self) -> tuple[Axis, Axis]:
        return self.axes[0], self.axes[-1]

    def _best(self, snapshot: Snapshot) -> Values:
        """The maximum where one is known, else the highest step of the tape."""
        known = snapshot.training.training_mle
        return known or snapshot.tape[snapshot.tape.highest("train")].parameters

    def _frame(self, snapshot: Snapshot, here: Values, best: Values) -> None:
        """Choose the window anew where it shows too little of what it follows."""
        start = snapshot.tape[0].parameters
        origin = snapshot.training.experiment.origin
        marks = [start, here, best, *([origin.values()] if origin else [])]
        shares = [axis.position(mark[axis.place]) for axis in self.axes for mark in marks]
        inside = all(-EDGE <= share <= 1.0 + EDGE for share in shares)
        if self.axes and (self.mode != "path" or inside):
            return
        ground = snapshot.training.ground
        errors = standard_errors(ground.train, best)
        k = len(here)
        if self.mode == "region" and k > 1:
            places = pairs(k)[self.number % len(pairs(k))]
            self.axes = region_window(ground.train, places, best, errors)
            return
        path = _way(snapshot.tape, 0, snapshot.at + 1)
        points = np.vstack([start, path, *marks[1:2], *marks[3:], best])
        points = points[-1:] if self.mode == "region" else points
        if k == 1:
            self.axes = (window_along(ground.train, 0, points, errors),)
        else:
            places = pairs(k)[self.number % len(pairs(k))]
            self.axes = window(ground.train, places, points, errors)

    def _begin(self, surface: Surface, size: tuple[int, int]) -> None:
        """Begin a grid, unless it is the one that is there."""
        if len(self.axes) < 2:
            self._refining, self._key = None, None
            return
        moving = () if surface.profiled else surface.at
        columns, rows = max(size[0], 2), max(2 * size[1], 2)
        fixed = [v for i, v in enumerate(moving) if i not in {a.place for a in self.axes}]
        key = (
            id(self._ground and self._ground.exact),
            self.axes,
            surface.profiled,
            *fixed,
            columns,
            rows,
        )
        if key != self._key:
            self._key, self._refining = key, surface.refined(columns, rows)
            self.refine()

    def _slice(self, axis: Axis, here: Values, best: Values, columns: int) -> SliceView:
        """Slice along a parameter through the place, or the profile beside it."""
        ground = self._ground
        assert ground is not None  # noqa: S101 - it was looked at
        values, heights = slice_along(ground.train, axis, max(columns, 8), here)
        height, slope = tangent(ground.train, axis.place, here)
        through = replace_at(here, axis.place, best[axis.place])
        return SliceView(
            axis=axis,
            values=values,
            heights=heights,
            symbol=ground.family.parameters()[axis.place].symbol,
            position=here[axis.place],
            height=height,
            slope=slope,
            maximum=best[axis.place] if np.isfinite(ground.train.value(through)) else None,
            top=ground.train.value(through),
            drops=drops(1),
        )


def replace_at(values: Sequence[float], place: int, value: float) -> Values:
    """Values with another one at a place."""
    return tuple(value if i == place else each for i, each in enumerate(values))


def _way(tape: Tape, begin: int, end: int | None = None) -> Array:
    """Points of a part of a path, of very many evenly picked ones and the last."""
    points = tape.kept(begin, end)[:, PARAMETERS]
    if len(points) <= MOST_POINTS:
        return points.copy()
    picked = np.linspace(0, len(points) - 1, MOST_POINTS).astype(int)
    thinned: Array = points[picked]
    return thinned
