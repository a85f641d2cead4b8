"""A user's file as a table, whatever its format."""

from engine.files import opened
from engine.tables.dialect import Dialect
from engine.tables.parquet import open_parquet
from engine.tables.table import Table
from engine.tables.text_table import open_text

__all__ = ["open_table"]

PARQUET = b"PAR1"
"""What a Parquet file begins with."""


def open_table(name: str, told: Dialect | None = None) -> Table:
    """Open a text file of rows and columns, or a Parquet file; UnreadableData where it is none.

    ``told`` is what the user says of a text file; the rest is found by itself.
    """
    with opened(name) as file:
        mark = file.read(len(PARQUET))
    return open_parquet(name) if mark == PARQUET else open_text(name, told or Dialect())
