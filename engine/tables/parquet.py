"""A table in a Parquet file, through pyarrow, which is an extra and loaded only when needed."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np

from engine.files import UnreadableData, opened, refusing
from engine.quoting import quoted, quoted_path
from engine.samples.store import Store
from engine.tables.cells import Column, Lines, Places, is_missing, number
from engine.tables.table import Columns, Table

__all__ = ["ParquetTable", "open_parquet"]

ROWS = 1 << 16
DAMAGE = (
    *(ArithmeticError, LookupError, MemoryError, OSError),
    *(RuntimeError, TypeError, ValueError),
)
"""What pyarrow's errors are."""
NUMERIC = ("int", "uint", "float", "double", "halffloat", "decimal", "bool")
"""How the names of Arrow's types of numbers begin."""


@dataclass(frozen=True)
class ParquetTable(Table):
    """A table in Parquet's format; its rows are counted from 1, for it has no lines."""

    def read(self, places: Sequence[int]) -> Columns:
        """Read the columns at these places, NaN where a cell is null or holds no number."""
        lines = Lines()
        with opened(self.name) as file, _whole(self.name):
            columns = [_Gathered(self.header[place]) for place in places]
            for batch in _parquet(self.name, file).iter_batches(
                ROWS, columns=[self.header[place] for place in places]
            ):
                begin = len(lines) + 1
                with refusing(self.name, "kept"):
                    for gathered, cells in zip(columns, batch.columns, strict=True):
                        gathered.add(cells, begin)
                lines.add(range(begin, begin + batch.num_rows))
        if not len(lines):
            raise UnreadableData(f"{quoted_path(self.name)} has columns and no rows.")
        with refusing(self.name, "kept"):
            return Columns([each.column() for each in columns], lines)


def open_parquet(name: str) -> ParquetTable:
    """Read the names and types of a Parquet file's columns; UnreadableData where it is none."""
    with opened(name) as file, _whole(name):
        schema = _parquet(name, file).schema_arrow
        header = [field.name for field in schema]
        numeric = [_is_numeric(field.type) for field in schema]
    return ParquetTable(name, header, numeric, [""] * len(header))


class _Gathered:
    """A column's values, batch after batch."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.store = Store()
        self.missing, self.unusable = Places(), Places()

    def add(self, cells: Any, begin: int) -> None:
        """Take over a batch, whose first row has a number."""
        if _is_numeric(cells.type):
            doubles = cells.cast("float64", safe=False)  # rounded as text is
            values = np.array(doubles.to_numpy(zero_copy_only=False), float)
            texts: Any = None
        else:
            texts = ["" if cell is None else str(cell).strip() for cell in cells.to_pylist()]
            values = np.array([number(cell) for cell in texts], float)
        values[np.isinf(values)] = math.nan
        for row in np.flatnonzero(np.isnan(values)).tolist():
            cell = texts[row] if texts is not None else _written(cells[row].as_py())
            kind = self.missing if is_missing(cell) else self.unusable
            kind.add(begin + row, cell)
        self.store.add(values)

    def column(self) -> Column:
        """Return what was gathered."""
        return Column(self.name, self.store.joined(), self.missing, self.unusable)


def _written(value: object) -> str:
    return "" if value is None else str(value)


def _is_numeric(kind: Any) -> bool:
    """Whether a type of Arrow's is a number, or true and false, which are 1 and 0."""
    return str(kind).startswith(NUMERIC)


def _parquet(name: str, file: BinaryIO) -> Any:
    """Open a Parquet file; UnreadableData where pyarrow is missing."""
    try:
        from pyarrow import parquet  # noqa: PLC0415 - heavy, and an extra
    except ImportError:
        raise UnreadableData(
            f"{quoted_path(name)} is a Parquet file, which pyarrow reads: "
            "install it with pip install 'mle-tui[parquet]'."
        ) from None
    return parquet.ParquetFile(file)


@contextmanager
def _whole(name: str) -> Iterator[None]:
    """Read, and turn what pyarrow says of a file that is damaged into UnreadableData."""
    try:
        yield
    except UnreadableData:
        raise
    except DAMAGE as fault:
        told = quoted(str(fault).partition("\n")[0].partition(". ")[0])
        raise UnreadableData(f"{quoted_path(name)} cannot be read as Parquet: {told}.") from None
