"""Axes around a canvas: a line with ticks to the left and below, and the axes' names."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self, TypeVar

from rich.text import Text

from engine.surfaces.axis import Axis
from tui.pictures.cells import Piece, Size, joined
from tui.pictures.raster import Raster
from tui.pictures.ticks import FINER, Tick, axis_ticks

__all__ = ["Frame"]

LEAST_FRAMED = (24, 8)
"""Size below which the canvas has the room of the axes too."""
WIDEST_LABEL = 12
GAP = 2
BLANKS = re.compile("( +)")

Placed = tuple[int, str]
"""Cell of a tick from the low end, and its label."""
Label = TypeVar("Label", str, Placed)


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

    def around(self, raster: Raster, symbols: tuple[str, str], color: str) -> Text:
        """Return the canvas within its axes."""
        pieces = raster.pieces()
        if not self.left:
            return joined(pieces)
        bold, margin = f"bold {color}", self.left - 1
        rows: list[list[Piece]] = []
        for i, row in enumerate(pieces):
            label = symbols[1] if i == 0 else self.beside.get(i, "")
            edge = "┤" if i in self.beside else "│"
            rows.append([*_pieces(label.rjust(margin), bold if i == 0 else color), (edge, color)])
            rows[-1] += row
        line = "".join("┬" if j in self.below else "─" for j in range(self.columns))
        rows.append([(" " * margin, ""), ("└" + line, color)])
        names = [" "] * self.columns
        for begin, label in self.below.values():
            names[begin : begin + len(label)] = label
        labels = "".join(names)[: self.columns - len(symbols[0])]
        rows.append([(" " * self.left, ""), *_pieces(labels, color), (symbols[0], bold)])
        return joined(rows)


def _pieces(text: str, style: str) -> list[Piece]:
    """Text in a style, which blanks have none of."""
    return [(part, style if part.strip() else "") for part in BLANKS.split(text) if part]


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
