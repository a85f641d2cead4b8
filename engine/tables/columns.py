"""What the columns of a table hold: a summary of each, before one is chosen.

Quartiles are sample quantiles of type 7 (Hyndman & Fan 1996, The American Statistician 50,
361–365), those of NumPy and R.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from engine.tables.cells import Column, Places
from engine.tables.table import Table

__all__ = ["DATE", "MIXED", "NONE", "NUMBER", "TEXT", "WHOLE", "Summary", "summaries"]

NUMBER, WHOLE, TEXT, DATE, MIXED, NONE = "number", "whole", "text", "date", "mixed", "empty"
"""Types of columns: numbers, whole ones, texts, dates, numbers among texts, and nothing at all."""
AT_ONCE = 8
"""Columns that are read in the first pass, and at least in each."""
CELLS = 1 << 24
"""Cells that are read in a pass, so that neither a wide nor a long table fills the memory."""
BINS = 8
DATES = re.compile(
    r"\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?([T ].*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}:\d{2}.*",
    re.ASCII,
)


@dataclass(frozen=True, eq=False)
class Summary:
    """What a column holds: how many cells are numbers, and how those are spread.

    ``quantiles`` are the least value, the three quartiles and the greatest, ``histogram`` counts
    in bins of equal width between the ends; both are empty where no cell is a number.
    """

    name: str
    kind: str
    n: int
    missing: Places
    unusable: Places
    quantiles: tuple[float, ...]
    distinct: int
    histogram: tuple[int, ...]

    @property
    def usable(self) -> bool:
        """Whether the column's numbers can be learned from: there are some, and no other cells."""
        return self.n > 0 and self.unusable.count == 0

    @classmethod
    def of(cls, column: Column) -> "Summary":
        """Summarise a column that was read."""
        values = np.sort(column.values[~np.isnan(column.values)])
        quantiles: tuple[float, ...] = ()
        histogram: tuple[int, ...] = ()
        distinct = 0
        if values.size:
            found = np.quantile(values, [0.0, 0.25, 0.5, 0.75, 1.0])
            quantiles = tuple(found.tolist())
            distinct = 1 + int(np.count_nonzero(np.diff(values)))
            histogram = _histogram(values)
        whole = bool((values == np.floor(values)).all())
        kind = _kind(column, int(values.size), whole=whole)
        return cls(
            column.name,
            kind,
            int(values.size),
            column.missing,
            column.unusable,
            quantiles,
            distinct,
            histogram,
        )


def summaries(table: Table) -> Iterator[Summary]:
    """Summarise every column in order; UnreadableData where the table cannot be read on."""
    end = 0
    many = AT_ONCE
    while end < len(table.header):
        begin, end = end, min(end + many, len(table.header))
        read = table.read(range(begin, end))
        many = max(AT_ONCE, CELLS // len(read.lines))
        for column in read:
            yield Summary.of(column)


def _kind(column: Column, n: int, *, whole: bool) -> str:
    if column.unusable.count == 0:
        return (WHOLE if whole else NUMBER) if n else NONE
    if n:
        return MIXED
    dates = all(DATES.fullmatch(cell) for _, cell in column.unusable.first)
    return DATE if dates else TEXT


def _histogram(values: np.ndarray) -> tuple[int, ...]:
    """Count sorted values in bins of equal width, scaled so that no width overflows."""
    least, greatest = float(values[0]), float(values[-1])
    edges = least + (greatest / BINS - least / BINS) * np.arange(1, BINS)
    ends = np.searchsorted(values, edges, "left")
    return tuple(np.diff([0, *ends.tolist(), values.size]).tolist())
