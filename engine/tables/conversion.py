"""Cells of one column to numbers, at speed where nearly all are plain ones."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.tables.cells import number
from engine.tables.layout import Layout
from engine.tables.plain import numbers
from engine.tables.segment import pieces

__all__ = ["converted"]

FEW = 1 << 11
"""So few cells are converted sooner than the compiled parser is loaded."""
NOTHING = "\x1f"
"""A delimiter that no cell has."""


def converted(cells: Sequence[str], decimal: str) -> NDArray[np.float64]:
    """Convert each cell to a number, NaN where it is none."""
    if len(cells) > FEW:
        text = ("\n".join(cells) + "\n").encode("utf-8", "replace")
        lines = list(pieces(text))
        found = numbers(lines, len(cells), Layout(1, NOTHING, decimal), [0])
        # a cell may hold lines itself: they are as many as cells only if none is left over
        if found is not None and (found.pieces, len(found.values)) == (len(lines), len(cells)):
            values = found.values[:, 0]
            for row, _, _ in found.odd:
                values[row] = number(cells[row].strip(), decimal)
            return values
    return np.array([number(cell.strip(), decimal) for cell in cells], float)
