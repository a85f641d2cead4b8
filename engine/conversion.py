"""Cells of one column to numbers, at speed where nearly all are plain ones."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.cells import is_missing, number
from engine.plain import matrix

__all__ = ["converted"]

BRIEF = 5
"""Cells of more characters are not looked at for being missing at first."""
FEW = 1 << 11
"""So few cells are converted sooner than the compiled parser is loaded."""


def converted(cells: Sequence[str], decimal: str) -> NDArray[np.float64]:
    """Convert each cell to a number, NaN where it is none."""
    if len(cells) > FEW:
        found = _plain(cells, decimal)
        if found is None:
            brief = (row for row, cell in enumerate(cells) if len(cell) <= BRIEF)
            gone = [row for row in brief if is_missing(cells[row].strip())]
            filled = list(cells)
            for row in gone:
                filled[row] = "0"
            found = _plain(filled, decimal)
            if found is not None:
                found[gone] = np.nan
        if found is not None:
            return found
    return np.array([number(cell.strip(), decimal) for cell in cells], float)


def _plain(cells: Sequence[str], decimal: str) -> NDArray[np.float64] | None:
    """Convert cells that are all plain numbers; None where one is not."""
    text = ("\n".join(cells) + "\n").encode("utf-8", "replace")
    found = matrix(text, 1, ";" if decimal == "," else ",", decimal)
    return None if found is None or len(found) != len(cells) else found[:, 0]
