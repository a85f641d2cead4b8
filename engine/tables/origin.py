"""Which line of a file each row of a sample is from."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.tables.cells import Lines

__all__ = ["Origin"]


@dataclass(frozen=True, eq=False)
class Origin:
    """Lines of a table's rows, which rows were left out one time after another, and the order.

    ``gone`` are ascending places, each among the rows that were there before; ``order`` are those
    of the rows that are left.
    """

    lines: Lines
    gone: tuple[NDArray[np.intp], ...] = ()
    order: NDArray[np.intp] | None = None

    def without(self, gone: NDArray[np.intp]) -> Self:
        """Leave out the rows at these places."""
        return replace(self, gone=(*self.gone, gone)) if gone.size else self

    def line(self, row: int) -> int:
        """Line of a row in the file, the first of which is 1."""
        place = row if self.order is None else int(self.order[row])
        for gone in reversed(self.gone):
            place += int(np.searchsorted(gone - np.arange(gone.size), place, "right"))
        return self.lines[place]
