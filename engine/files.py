"""A user's file to a sample, or one clear sentence on why not.

A file is hostile until read: it is opened as a plain file only, its size is bounded, and
whatever of it appears in a message is escaped, so that no control character survives.
"""

import csv
import io
import math
import stat
import sys
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.fields import NUMBER
from engine.quoting import quoted
from engine.sample import Sample

__all__ = ["Table", "UnreadableData", "numbers", "pick", "read_sample", "read_table", "read_text"]

LARGEST = 4 << 30
LARGEST_TEXT = 1 << 20


class UnreadableData(ValueError):  # noqa: N818 - it names the thing, not a class of error
    """A file that gives no sample; the message is one sentence naming file, row and column."""


def read_text(name: str, largest: int = LARGEST_TEXT) -> str:
    """Read a UTF-8 text file, with or without a byte-order mark; UnreadableData otherwise.

    The name ``-`` stands for standard input.
    """
    try:
        if name == "-":
            return sys.stdin.buffer.read(largest).decode("utf-8-sig")
        path = Path(name)
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableData(f"{quoted(name)} is a directory, not a file.")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableData(f"{quoted(name)} is not a regular file.")
        if status.st_size > largest:
            raise UnreadableData(f"{quoted(name)} is larger than {largest >> 20:,} MB.")
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UnreadableData(
            f"{quoted(name)} is not UTF-8 text: byte {fault.start + 1} cannot be read."
        ) from None
    except (OSError, ValueError) as fault:
        if isinstance(fault, UnreadableData):
            raise
        reason = getattr(fault, "strerror", None) or "the name is not one a file can have"
        raise UnreadableData(f"{quoted(name)} cannot be read: {reason.lower()}.") from None


@dataclass(frozen=True)
class Table:
    """The cells of a CSV file below its header, each row with its line in the file."""

    name: str
    header: list[str]
    body: list[tuple[int, list[str]]]


def read_sample(name: str, column: str = "") -> Sample:
    """Read a column of a CSV file with a header; UnreadableData says what is wrong and where.

    Without a column's name the only column with a number in its first row is taken.
    """
    table = read_table(name)
    return Sample(np.fromiter(numbers(table, pick(table, column)), float, count=len(table.body)))


def read_table(name: str) -> Table:
    """Read a CSV or TSV file with a header; UnreadableData says what is wrong and where.

    Tabs divide the columns where the first line has some, and no commas.
    """
    text = read_text(name, LARGEST)
    first = text.partition("\n")[0]
    divider = "\t" if "\t" in first and "," not in first else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
    try:
        header = [cell.strip() for cell in next(rows, [])]
        if not any(header):
            raise UnreadableData(f"{quoted(name)} is empty: a header row was expected.")
        if all(NUMBER.fullmatch(cell) for cell in header):
            raise UnreadableData(f"{quoted(name)} has no header: its first row is numbers.")
        body = [(rows.line_num, row) for row in rows if any(cell.strip() for cell in row)]
    except csv.Error as fault:
        raise UnreadableData(f"{quoted(name)}, row {rows.line_num}: {fault}.") from None
    if not body:
        raise UnreadableData(f"{quoted(name)} has a header and no rows below it.")
    return Table(name, header, body)


def pick(table: Table, column: str, taken: Set[int] = frozenset()) -> int:
    """Find a column's place in the header, or the only numeric one that is not taken."""
    name, header, first = quoted(table.name), table.header, table.body[0][1]
    listed = ", ".join(quoted(cell) for cell in header[:20])
    if column:
        if header.count(column) == 1:
            return header.index(column)
        problem = "has two columns" if column in header else "has no column"
        raise UnreadableData(f"{name} {problem} {quoted(column)}; it has {listed}.")
    numeric = [
        i
        for i, cell in enumerate(first[: len(header)])
        if NUMBER.fullmatch(cell.strip()) and i not in taken
    ]
    if len(numeric) == 1:
        return numeric[0]
    problem = "several numeric columns" if numeric else "no numeric column"
    raise UnreadableData(f"{name} has {problem}; name one of {listed} with --column.")


def numbers(
    table: Table, place: int, *, low: float = -math.inf, empty: float | None = None
) -> Iterator[float]:
    """Convert each cell of a column, or name the one that is no finite number from ``low`` up.

    ``empty`` stands for an empty cell, where one is allowed.
    """
    for line, row in table.body:
        where = f"{quoted(table.name)}, row {line}"
        if len(row) != len(table.header):
            raise UnreadableData(
                f"{where} has {len(row)} of the header's {len(table.header)} cells."
            )
        cell = row[place].strip()
        if not cell and empty is not None:
            yield empty
            continue
        value = float(cell) if NUMBER.fullmatch(cell) else math.nan
        if not math.isfinite(value) or value < low:
            wanted = "a finite number" if low == -math.inf else f"a finite number from {low:g} up"
            found = f"{quoted(cell)} is not {wanted}" if cell else "the cell is empty"
            raise UnreadableData(f"{where}, column {quoted(table.header[place])}: {found}.")
        yield value
