"""A user's file to a sample, or one clear sentence on why not.

A file is hostile until read: it is opened as a plain file only, its size is bounded, and
whatever of it appears in a message is escaped, so that no control character survives.
"""

import csv
import io
import math
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from engine.fields import NUMBER
from engine.quoting import quoted
from engine.sample import Sample

__all__ = ["UnreadableData", "read_sample", "read_text"]

LARGEST = 4 << 30
LARGEST_TEXT = 1 << 20


class UnreadableData(ValueError):  # noqa: N818 - it names the thing, not a class of error
    """A file that gives no sample; the message is one sentence naming file, row and column."""


def read_text(name: str, largest: int = LARGEST_TEXT) -> str:
    """Read a UTF-8 text file, with or without a byte-order mark; UnreadableData otherwise."""
    try:
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


def read_sample(name: str, column: str = "") -> Sample:
    """Read one column of a CSV file with a header; UnreadableData says what is wrong and where.

    Without a column's name the only column with a number in its first row is taken.
    """
    rows = csv.reader(io.StringIO(read_text(name, LARGEST), newline=""), strict=True)
    where = f"{quoted(name)}, row"
    try:
        header = [cell.strip() for cell in next(rows, [])]
        if not any(header):
            raise UnreadableData(f"{quoted(name)} is empty: a header row was expected.")
        if all(NUMBER.fullmatch(cell) for cell in header):
            raise UnreadableData(f"{quoted(name)} has no header: its first row is numbers.")
        body = [(rows.line_num, row) for row in rows if any(cell.strip() for cell in row)]
    except csv.Error as fault:
        raise UnreadableData(f"{where} {rows.line_num}: {fault}.") from None
    if not body:
        raise UnreadableData(f"{quoted(name)} has a header and no rows below it.")
    index = _pick(name, header, body[0][1], column)
    values = np.fromiter(_numbers(where, header, index, body), float, count=len(body))
    return Sample(values)


def _pick(name: str, header: Sequence[str], first: Sequence[str], column: str) -> int:
    """Find the column's place in the header."""
    listed = ", ".join(quoted(cell) for cell in header[:20])
    if column:
        if header.count(column) == 1:
            return header.index(column)
        problem = "has two columns" if column in header else "has no column"
        raise UnreadableData(f"{quoted(name)} {problem} {quoted(column)}; it has {listed}.")
    numeric = [i for i, cell in enumerate(first[: len(header)]) if NUMBER.fullmatch(cell.strip())]
    if len(numeric) == 1:
        return numeric[0]
    problem = "several numeric columns" if numeric else "no numeric column"
    raise UnreadableData(f"{quoted(name)} has {problem}; name one of {listed} with --column.")


def _numbers(
    where: str, header: Sequence[str], index: int, body: Sequence[tuple[int, Sequence[str]]]
) -> Iterable[float]:
    """Convert each cell of the column, or name the one that is no finite number."""
    for line, row in body:
        if len(row) != len(header):
            raise UnreadableData(
                f"{where} {line} has {len(row)} of the header's {len(header)} cells."
            )
        cell = row[index].strip()
        value = float(cell) if NUMBER.fullmatch(cell) else math.nan
        if not math.isfinite(value):
            found = f"{quoted(cell)} is not a finite number" if cell else "the cell is empty"
            raise UnreadableData(f"{where} {line}, column {quoted(header[index])}: {found}.")
        yield value
