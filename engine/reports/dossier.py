"""A dossier: a report as plain values, from which the screen and every export are made.

It holds numbers as numbers and text as it came; whoever renders it rounds the one and makes the
other safe.
"""

from dataclasses import dataclass
from typing import Literal

__all__ = ["Cell", "Dossier", "Quantity", "Section", "Span", "Table"]

Kind = Literal["parameter", "error", "likelihood", "criterion", "count", "seconds", "share"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, or None for one that does not exist, what kind it is of, and its standard error."""

    value: float | None
    kind: Kind = "parameter"
    error: float | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """An interval; an end is None where it is open."""

    low: float | None
    high: float | None


Cell = str | Quantity | Span


@dataclass(frozen=True, slots=True)
class Table:
    """Titles of the columns, and rows of as many cells."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError("a row has another number of cells than the header")

    @property
    def turned(self) -> "Table":
        """The same table with its rows as columns; its first column must be text."""
        heads = (self.header[0], *(str(row[0]) for row in self.rows))
        columns = zip(*(row[1:] for row in self.rows), strict=True)
        pairs = zip(self.header[1:], columns, strict=True)
        return Table(heads, tuple((head, *column) for head, column in pairs))


@dataclass(frozen=True, slots=True)
class Section:
    """A title, sentences, tables below them, and a command to be typed in a shell."""

    title: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    command: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is reported on, and the sections of the report."""

    title: str
    sections: tuple[Section, ...]
