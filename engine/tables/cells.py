"""Cells of a table: which are numbers, which are missing, and where the others are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.fields import NUMBER

__all__ = ["KEPT", "MISSING", "TRUTHS", "Column", "Lines", "Places", "is_missing", "number"]

MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", ".", "-"})
"""Cells that say, in capitals or not, that there is no value."""
TRUTHS = {"true": 1.0, "false": 0.0}
"""Words that say, in capitals or not, whether something happened."""
KEPT = 5
"""So many places are kept of those where something is."""


def is_missing(cell: str) -> bool:
    """Whether a cell, without spaces around it, says that there is no value."""
    return not cell or (len(cell) <= 4 and cell.lower() in MISSING)


def number(cell: str, decimal: str = ".") -> float:
    """Convert a plain decimal number; NaN where a cell is none, or beyond all doubles."""
    if decimal != ".":
        if "." in cell:
            return math.nan
        cell = cell.replace(decimal, ".")
    value = float(cell) if NUMBER.fullmatch(cell) else math.nan
    return value if math.isfinite(value) else math.nan


@dataclass
class Places:
    """How many cells are of a kind, and the first of them: each its line and what it holds."""

    count: int = 0
    first: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, cell: str) -> None:
        """Count one more."""
        self.count += 1
        if len(self.first) < KEPT:
            self.first.append((line, cell))

    @property
    def rows(self) -> str:
        """The lines in words, such as 'rows 3, 9, …'."""
        told = ", ".join(f"{line:,}" for line, _ in self.first)
        more = ", …" if self.count > len(self.first) else ""
        return f"{'row' if self.count == 1 else 'rows'} {told}{more}"


@dataclass
class Column:
    """A column's values, NaN where a cell holds none, and where those cells are."""

    name: str
    values: NDArray[np.float64]
    missing: Places = field(default_factory=Places)
    unusable: Places = field(default_factory=Places)
    """Cells that hold something else than a finite number."""


class Lines:
    """For each row of a table its line in the file, without keeping those that follow on."""

    def __init__(self) -> None:
        self.parts: list[Sequence[int]] = []
        self.ends: list[int] = []

    def add(self, part: Sequence[int]) -> None:
        """Append the lines of some more rows."""
        if not part:
            return
        if isinstance(part, list) and part[-1] - part[0] == len(part) - 1:
            part = range(part[0], part[-1] + 1)
        self.parts.append(part)
        self.ends.append(len(self) + len(part))

    def __len__(self) -> int:
        return self.ends[-1] if self.ends else 0

    def __getitem__(self, row: int) -> int:
        place = int(np.searchsorted(self.ends, row, "right"))
        return self.parts[place][row - (self.ends[place - 1] if place else 0)]
