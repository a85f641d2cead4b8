"""How a text file writes a table: its encoding, what divides cells and decimals, its header.

What is not told is found in the beginning of the file. Where that could be read in two ways
that give different numbers, neither is assumed.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.fields import NUMBER
from engine.tables.cells import is_missing

__all__ = ["AUTO", "CHOICES", "OTHERS", "Dialect", "Found", "found", "sampled"]

AUTO = "auto"
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
DECIMALS = {"point": ".", "comma": ","}
CHOICES = {
    "delimiter": (AUTO, *DELIMITERS),
    "decimal": (AUTO, *DECIMALS),
    "encoding": (AUTO, "utf-8", "utf-16", "latin-1"),
    "header": (AUTO, "yes", "no"),
}
"""What can be told of each."""
OTHERS: dict[str, dict[str, str]] = {
    "delimiter": {mark: name for name, mark in DELIMITERS.items()},
    "decimal": {mark: name for name, mark in DECIMALS.items()},
    "encoding": {"utf8": "utf-8", "utf16": "utf-16", "latin1": "latin-1"},
    "header": {},
}
"""Other ways to tell them."""
LOOKED_AT = 50
"""Rows by which it is found how a table is written."""
COMMA_NUMBER = re.compile(r"[+-]?\d*,\d+([eE][+-]?\d+)?", re.ASCII)
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+", re.ASCII)


@dataclass(frozen=True)
class Dialect:
    """What is told of how a table is written, each one of its ``CHOICES``."""

    delimiter: str = AUTO
    decimal: str = AUTO
    encoding: str = AUTO
    header: str = AUTO


@dataclass(frozen=True)
class Found:
    """How a table is written: characters, Python's name of the encoding, and the header."""

    delimiter: str
    decimal: str
    encoding: str
    header: bool


def found(head: bytes, told: Dialect, *, whole: bool) -> Found:
    """Find what is not told in the first bytes of a file, which may be the whole of it.

    UnicodeDecodeError where an encoding that was told does not fit.
    """
    encoding = _encoding(head, told.encoding, whole=whole)
    text = codecs.getincrementaldecoder(encoding)().decode(head, whole)
    decimal = DECIMALS.get(told.decimal, "")
    delimiter = DELIMITERS.get(told.delimiter) or _delimiter(text, decimal, whole=whole)
    rows = sampled(text, delimiter or ";", whole=whole)
    decimal = decimal or _decimal(rows, delimiter)
    divider = delimiter or (";" if decimal == "," else ",")
    header = told.header == "yes" if told.header != AUTO else _headed(rows, decimal)
    return Found(divider, decimal, encoding, header)


def _encoding(head: bytes, told: str, *, whole: bool) -> str:
    """Python's name of the encoding: by its mark, else UTF-8 where the bytes are, else Latin-1.

    UTF-16 without a mark is known by the zeros of its every other byte.
    """
    if told == "latin-1":
        return told
    if told != "utf-8" and head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    first, second = head[::2].count(0), head[1::2].count(0)
    likely = min(first, second) == 0 and max(first, second) > len(head) / 4
    if told == "utf-16" or (told == AUTO and likely):
        return "utf-16-be" if first > second else "utf-16-le"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, whole)
    except UnicodeDecodeError:
        if told == "utf-8":
            raise
        return "latin-1"
    return "utf-8-sig"


def sampled(text: str, delimiter: str, *, whole: bool = True) -> list[list[str]]:
    """Return the first rows that are not blank, without a last one that may be cut off."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append([cell.strip() for cell in row])
            if len(rows) > LOOKED_AT:
                return rows[:LOOKED_AT]
    except csv.Error:
        return rows
    return rows if whole else rows[:-1]


def _delimiter(text: str, decimal: str, *, whole: bool) -> str:
    """Find the character by which the rows have equally many cells; none in a single column."""
    best, chosen = (False, 0.0, 0), ""
    for mark in DELIMITERS.values():
        rows = [] if mark == decimal else sampled(text, mark, whole=whole)
        width = len(rows[0]) if rows else 1
        if width < 2:
            continue
        even = all(len(row) == width for row in rows)
        if not even and all(len(row) == 1 for row in rows[1:]):
            continue
        marks = (".", ",") if mark != "," else (".",)
        cells = [cell for row in rows for cell in row]
        share = sum(any(_is_number(cell, m) for m in marks) for cell in cells) / len(cells)
        if (even, share, width) > best:
            best, chosen = (even, share, width), mark
    return chosen


def _decimal(rows: Sequence[Sequence[str]], delimiter: str) -> str:
    """Find the decimal mark; a comma that may as well divide thousands is taken for none.

    Where semicolons divide the cells, commas do not, and a comma in a number is decimal.
    """
    cells = [cell for row in rows for cell in row]
    points = [cell for cell in cells if "." in cell and NUMBER.fullmatch(cell)]
    commas = [cell for cell in cells if COMMA_NUMBER.fullmatch(cell)]
    clear = delimiter == ";" or any(not THOUSANDS.fullmatch(cell) for cell in commas)
    return "," if commas and clear and not points else "."


def _headed(rows: Sequence[Sequence[str]], decimal: str) -> bool:
    """Whether the first row names the columns: not if numbers stand there as in the next."""
    if not rows:
        return True
    told: Callable[[str], bool] = lambda cell: _is_number(cell, decimal)  # noqa: E731
    if all(told(cell) or is_missing(cell) for cell in rows[0]):
        return not any(map(told, rows[0]))
    below = rows[1] if len(rows) > 1 else []
    return not any(told(one) and told(other) for one, other in zip(rows[0], below, strict=False))


def _is_number(cell: str, decimal: str) -> bool:
    if decimal == ",":
        return "." not in cell and NUMBER.fullmatch(cell.replace(",", ".", 1)) is not None
    return NUMBER.fullmatch(cell) is not None
