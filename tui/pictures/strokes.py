"""How lines are drawn, so that no two of a chart are told apart by colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["BARS", "DASHED", "DOTTED", "SOLID", "kept"]

SOLID, DASHED, DOTTED = "━", "╍", "┈"
"""A stroke is the character that stands for it in a legend."""
BARS = "█"
"""The same for bars."""
LENGTHS = {SOLID: 0, DASHED: 6, DOTTED: 2}
"""Dots drawn, and as many left out, along the line."""


def kept(across: NDArray[np.intp], down: NDArray[np.intp], stroke: str) -> NDArray[np.bool_]:
    """Return which of the dots along a line, in their order, a stroke draws."""
    import numpy as np  # noqa: PLC0415 - legends, which are there at once, do without

    length = LENGTHS[stroke]
    if not length or not across.size:
        return np.ones(across.size, dtype=np.bool_)
    moved = (np.diff(across) != 0) | (np.diff(down) != 0)
    along = np.append(0, np.cumsum(moved))
    drawn: NDArray[np.bool_] = along // length % 2 == 0
    return drawn
