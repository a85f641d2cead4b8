"""A table in a user's file: its columns by name, read when they are asked for."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import Self

from engine.files import UnreadableData
from engine.quoting import quoted, quoted_path
from engine.tables.cells import Column, Lines, Places, is_missing

__all__ = ["HOLLOW", "Columns", "Table", "first_told", "pick"]

HOLLOW = "{} has a header and no rows below it that hold anything."
"""What is wrong with a file that tells of columns alone."""

TOLD = 3
"""So many columns are told of where none holds numbers."""
NAMED = 20
"""So many columns are named at most where one is asked for that is not there."""


@dataclass
class Columns:
    """Some columns of a table, row by row in step, and each row's line in the file.

    ``bare`` are the lines of separators alone, which are no rows.
    """

    columns: list[Column]
    lines: Lines
    bare: Places = field(default_factory=Places)

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)


@dataclass(frozen=True)
class Table(ABC):
    """A file's columns: their names, and by the first rows those that hold numbers.

    ``notes`` are sentences on how the file was understood.
    """

    name: str
    header: list[str]
    numeric: list[bool]
    first: list[str]
    """Of each column the first cell that is not missing, as far as that was looked for."""
    notes: tuple[str, ...] = ()

    @abstractmethod
    def read(self, places: Sequence[int]) -> Columns:
        """Read the columns at these places; UnreadableData where the file cannot be read on."""

    def with_truths(self, place: int) -> Self:
        """Return the table with true and false in a column as 1 and 0, where it begins with one."""
        return self

    def glimpse(self) -> Columns | None:
        """Read the first rows of a long table, of every column; None where it is short."""
        return None


def pick(table: Table, column: str, taken: Set[int] = frozenset()) -> int:
    """Find a column's place in the header, or the only numeric one that is not taken."""
    name, header = quoted_path(table.name), table.header
    if column:
        if header.count(column) == 1:
            return header.index(column)
        problem = "has two columns" if column in header else "has no column"
        raise UnreadableData(f"{name} {problem} {quoted(column)}; it has {_listed(header)}.")
    numeric = [i for i, holds in enumerate(table.numeric) if holds and i not in taken]
    if len(numeric) == 1:
        return numeric[0]
    if numeric:
        some = _listed([header[i] for i in numeric])
        raise UnreadableData(
            f"{name} has several numeric columns; name one of {some} with --column."
        )
    raise UnreadableData(f"{name} has no numeric column{_instead(table, taken)}.")


def _listed(names: Sequence[str]) -> str:
    """List names, of very many the first."""
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return ", ".join(map(quoted, names[:NAMED])) + more


def _instead(table: Table, taken: Set[int]) -> str:
    """Say what the first columns hold that are none of numbers."""
    if beside := [quoted(table.header[i]) for i in sorted(taken) if table.numeric[i]]:
        return f" beside {' and '.join(beside)}"
    pairs = zip(table.header, table.first, strict=True)
    told = [f"{quoted(head)} begins with {quoted(cell)}" for head, cell in pairs if cell]
    more = ", …" if len(told) > TOLD else ""
    return f": {', '.join(told[:TOLD])}{more}" if told else ""


def first_told(cells: Sequence[str]) -> str:
    """Return the first cell that is not missing, or nothing."""
    return next((cell for cell in cells if not is_missing(cell)), "")
