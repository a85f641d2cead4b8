"""Axes around a canvas: a line with ticks to the left and below, and the axes' names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Self, TypeVar

import numpy as np
from rich.text import Text

from engine.surfaces.axis import Axis
from tui.pictures.cells import Size
from tui.pictures.layer import Layer
from tui.pictures.raster import Raster
from tui.pictures.ticks import FINER, Tick, axis_ticks

__all__ = ["Frame"]

LEAST_FRAMED = (24, 8)
"""Size below which the canvas has the room of the axes too."""
WIDEST_LABEL = 12
GAP = 2

Placed = tuple[int, str]
"""Cell of a tick from the low end, and its label."""
Label = TypeVar("Label", str, Placed)
Ends = tuple[tuple[float, float], Sequence[Tick]]
"""Where an axis begins and ends, and its ticks."""


@dataclass(frozen=True)
class Frame:
    """Room for a canvas of ``columns`` and ``rows``, and labels by row and by column."""

    columns: int
    rows: int
    left: int
    beside: dict[int, str]
    below: dict[int, Placed]

    @classmethod
    def of(cls, size: Size, axes: tuple[Axis, Axis], symbols: tuple[str, str]) -> Self:
        """Lay out what a size has room for; the canvas has it all where that is little."""
        width, height = size
        if width < LEAST_FRAMED[0] or height < LEAST_FRAMED[1]:
            return cls(width, height, 0, {}, {})
        rows = height - 2
        widest = min(WIDEST_LABEL, width // 4)
        beside = _legible(axes[1], rows, 4, lambda ticks: _spaced(ticks, rows, widest))
        left = max([len(symbols[1]), *map(len, beside.values())]) + 1
        columns = width - left
        room = columns - len(symbols[0]) - GAP
        below = _legible(axes[0], columns, 14, lambda ticks: _spread(ticks, room))
        return cls(columns, rows, left, beside, below)

    @classmethod
    def even(cls, size: Size, across: Ends, up: Ends) -> Self:
        """Lay out axes with these ticks, whose ends are the centres of the outermost dots."""
        rows = max(size[1] - 2, 1)
        told = [(v, label) for v, label in up[1] if len(label) <= size[0] // 2]
        places = _at_dots(told, up[0], 4 * rows)
        beside = {rows - 1 - place // 4: label for place, label in reversed(places)}
        left = max(map(len, beside.values()), default=0) + 1
        columns = size[0] - left
        ticks = [
            (place // 2, label) for place, label in _at_dots(across[1], across[0], 2 * columns)
        ]
        return cls(columns, rows, left, beside, _spread(ticks, columns))

    def around(self, raster: Raster, symbols: tuple[str, str], color: str) -> Text:
        """Return the canvas within its axes."""
        if not self.left:
            return raster.layer().text()
        return self.axes(symbols, color).under(raster.layer(), self.left).text()

    def axes(self, symbols: tuple[str, str], color: str) -> Layer:
        """Draw the axes, and their names in bold."""
        margin, room = self.left - 1, self.columns - len(symbols[0])
        blank = " " * self.columns
        lines = []
        for row in range(self.rows):
            label = symbols[1] if row == 0 and symbols[1] else self.beside.get(row, "")
            lines.append(label.rjust(margin) + ("┤" if row in self.beside else "│") + blank)
        ticks = "".join("┬" if column in self.below else "─" for column in range(self.columns))
        names = list(blank)
        for begin, label in self.below.values():
            names[begin : begin + len(label)] = label
        lines.append(" " * margin + "└" + ticks)
        lines.append(" " * self.left + "".join(names)[:room] + symbols[0])
        layer = Layer.written(lines, color)
        bold = np.zeros_like(layer.inks)
        bold[0, :margin], bold[-1, self.left + room :] = bool(symbols[1]), 1
        return replace(layer, inks=layer.inks * (1 + bold), styles=(*layer.styles, f"bold {color}"))


def _legible(
    axis: Axis, cells: int, each: int, shown: Callable[[list[Placed]], dict[int, Label]]
) -> dict[int, Label]:
    """Labels of ticks, one for about so many cells, or of more where less than two have room."""
    found: dict[int, Label] = {}
    for finer in FINER:
        ticks = axis_ticks(axis, finer * max(2, cells // each))
        found = max(found, shown(_placed(ticks, axis, cells)), key=len)
        if len(found) > 1:
            break
    return found


def _at_dots(ticks: Sequence[Tick], ends: tuple[float, float], dots: int) -> list[Placed]:
    """Dot of each tick from the low end, between ends that are the outermost dots' centres."""
    low, high = ends
    places = [((value - low) / (high - low) * (dots - 1) + 0.5, label) for value, label in ticks]
    return [(int(place), label) for place, label in places if 0 <= place < dots]


def _placed(ticks: list[Tick], axis: Axis, cells: int) -> list[Placed]:
    """Cell of each tick from the low end, and its label."""
    places = [(axis.position(value) * cells, label) for value, label in ticks]
    return [(int(place), label) for place, label in places if 0 <= place < cells]


def _spaced(ticks: list[Placed], rows: int, widest: int) -> dict[int, str]:
    """Labels by row from the top, the first ones first, with a row between them."""
    found: dict[int, str] = {}
    for place, label in ticks:
        row = rows - 1 - place
        near = any(other in found for other in (row - 1, row, row + 1))
        if row > 1 and len(label) <= widest and not near:
            found[row] = label
    return found


def _spread(ticks: list[Placed], room: int) -> dict[int, Placed]:
    """Where each label begins, by its tick's column, the first ones first, without overlap."""
    found: dict[int, Placed] = {}
    for place, label in ticks:
        begin = min(max(place - len(label) // 2, 0), room - len(label))
        end = begin + len(label)
        overlaps = any(
            begin < other + len(text) + GAP and other < end + GAP for other, text in found.values()
        )
        if begin >= 0 and not overlaps and begin <= place <= end:
            found[place] = (begin, label)
    return found
