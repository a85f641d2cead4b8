"""A view: what was found by a survey at one moment, to be drawn at any size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from rich.text import Text

from engine.surfaces.axis import Axis
from tui.palette import Palette
from tui.pictures.frame import Frame
from tui.pictures.lanes import lanes_for_map
from tui.pictures.slice import SliceView, slice_picture
from tui.pictures.surface import SurfaceView, surface_picture
from tui.racing import LabRace
from tui.snapshot import Snapshot

__all__ = ["View"]

Array = NDArray[np.float64]
Size = tuple[int, int]


@dataclass(frozen=True, eq=False)
class View:
    """Two parameters of a run, or the only one. Paths have all parameters, shape (m, k)."""

    snapshot: Snapshot
    axes: tuple[Axis, ...]
    grid: Array
    top: float
    best: tuple[float, ...]
    profile: bool
    slices: tuple[SliceView, ...]
    arrow: tuple[float, float] | None
    path: Array
    ahead: Array
    ghosts: Sequence[Array]
    race: LabRace | None = None
    """A race whose lanes are drawn instead of the path."""

    def finer(self, grid: Array) -> View:
        """Return the same with a finer grid."""
        return replace(self, grid=grid)

    def racing(self) -> View:
        """Return the same with the lanes of the race."""
        return replace(self, race=self.snapshot.race)

    @property
    def title(self) -> str:
        """What is seen, and what became of the other parameters."""
        symbols = " and ".join(self.symbols)
        if len(self.best) <= 2:
            return f"log-likelihood over {symbols}"
        return f"log-likelihood over {symbols}, others {'profiled out' if self.profile else 'held'}"

    @property
    def symbols(self) -> list[str]:
        """Symbols of the parameters on the axes."""
        parameters = self.snapshot.training.family.parameters()
        return [parameters[axis.place].symbol for axis in self.axes]

    def map_picture(self, size: Size, palette: Palette) -> Text:
        """Draw the map; of a single parameter its slice, which is all there is."""
        if len(self.axes) < 2:
            return slice_picture(self.slices[0], size, palette)
        return surface_picture(self._surface(palette), size, palette)

    def slice_picture(self, number: int, size: Size, palette: Palette) -> Text:
        """Draw the slice along one of the parameters."""
        return slice_picture(self.slices[number], size, palette)

    def slice_title(self, number: int) -> str:
        """Say what a slice is along."""
        return f"along {self.symbols[number]}"

    def fractions_at(self, column: int, row: int, size: Size) -> tuple[float, float] | None:
        """How far across and up the window a cell of the picture is; None beside the window."""
        if len(self.axes) < 2:
            return None
        frame = Frame.of(size, (self.axes[0], self.axes[1]), (self.symbols[0], self.symbols[1]))
        across = (column - frame.left + 0.5) / frame.columns
        up = 1.0 - (row + 0.5) / frame.rows
        return (across, up) if 0 <= across <= 1 and 0 <= up <= 1 else None

    def _surface(self, palette: Palette) -> SurfaceView:
        places = [axis.place for axis in self.axes]
        tape, origin = self.snapshot.tape, self.snapshot.training.experiment.origin

        def seen(values: Sequence[float]) -> list[float]:
            """Values of the parameters that span the plane."""
            return [values[place] for place in places]

        race, lanes = self.race, []
        if race is not None:
            lanes = [
                (lane[:, places], mark, color)
                for _, mark, color, lane in lanes_for_map(race, palette)
            ]
        return SurfaceView(
            axes=(self.axes[0], self.axes[1]),
            grid=self.grid,
            top=self.top,
            symbols=(self.symbols[0], self.symbols[1]),
            path=None if race else self.path[:, places],
            ahead=None if race else self.ahead[:, places],
            ghosts=[] if race else [ghost[:, places] for ghost in self.ghosts],
            lanes=lanes,
            position=None if race else seen(tape[self.snapshot.at].parameters),
            start=seen(race.start if race else tape[0].parameters),
            maximum=seen(self.best),
            true=seen(origin.values()) if origin else None,
            arrow=None if race else self.arrow,
        )
