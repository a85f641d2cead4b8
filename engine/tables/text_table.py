"""A table in a text file: how it is written, its header, and which columns hold numbers."""

import codecs
import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isnan
from typing import Self

from engine.files import UnreadableData, opened, refusing
from engine.quoting import quoted_path
from engine.tables.binary import not_text
from engine.tables.cells import TRUTHS, number
from engine.tables.dialect import Dialect, Found, found, sampled
from engine.tables.reading import LONGEST_ROW, Reading
from engine.tables.table import HOLLOW, Columns, Table, first_told

__all__ = ["TextTable", "open_text"]

HEADLESS = "The first row holds numbers, so the columns are called column 1, column 2, …"
HEAD = 1 << 18
"""Bytes in which it is looked how the table is written."""
GLIMPSE = 1 << 20
"""Bytes of a file of which there is no need to wait for the rest."""
COMMAS = Found(",", ".", "utf-8-sig", header=True)


@dataclass(frozen=True)
class TextTable(Table):
    """A table whose cells are text, written as ``found`` says.

    In the columns at the places of ``truths`` words for true and false are numbers.
    """

    found: Found = COMMAS
    truths: frozenset[int] = frozenset()

    def read(self, places: Sequence[int]) -> Columns:
        """Read the columns at these places, NaN where a cell holds no number.

        UnreadableData names the row that has too few or too many cells.
        """
        with opened(self.name) as file, refusing(self.name, "kept"):
            return Reading(self.name, self.header, self.found, places, self.truths).read(file)

    def with_truths(self, place: int) -> Self:
        """Read true as 1 and false as 0 in a column that begins with one of them."""
        if self.first[place].lower() not in TRUTHS:
            return self
        return replace(self, truths=self.truths | {place})

    def glimpse(self) -> Columns | None:
        """Read what the first lines hold; None where there are no more, or they end in a row."""
        with opened(self.name) as file:
            head = file.read(GLIMPSE)
        if len(head) < GLIMPSE:
            return None
        how, places = self.found, range(len(self.header))
        try:
            if how.encoding.startswith("utf-16"):
                text = codecs.getincrementaldecoder(how.encoding)().decode(head)
                head, how = text.encode("utf-8"), replace(how, encoding="utf-8-sig")
            lines = io.BytesIO(head[: head.rfind(b"\n") + 1])
            return Reading(self.name, self.header, how, places).read(lines)
        except (UnreadableData, UnicodeError):
            return None


def open_text(name: str, told: Dialect) -> TextTable:
    """Find how a text file writes a table, and its header; UnreadableData where there is none."""
    with opened(name) as file:
        head = file.read(HEAD)
        while b"\n" not in head and len(head) < LONGEST_ROW and (more := file.read(len(head))):
            head += more
        whole = not file.read(1)
    try:
        how = found(head, told, whole=whole)
        text = codecs.getincrementaldecoder(how.encoding)().decode(head, whole)
    except UnicodeDecodeError as fault:
        wanted = fault.encoding.upper().removesuffix("-LE").removesuffix("-BE")
        raise UnreadableData(
            f"{quoted_path(name)} is not {wanted} text: byte {fault.start + 1} cannot be read."
        ) from None
    if flaw := not_text(head, how.encoding):
        raise UnreadableData(f"{quoted_path(name)} {flaw}.")
    rows = sampled(text, how.delimiter, whole=whole)
    if not rows:
        if not whole and "\n" not in text:
            raise UnreadableData(
                f"{quoted_path(name)}, row 1 is longer than {LONGEST_ROW >> 20} MB."
            )
        _refuse_quotes(name, text, how)
        raise UnreadableData(f"{quoted_path(name)} is empty: a header row was expected.")
    header = rows[0] if how.header else [f"column {i + 1}" for i in range(len(rows[0]))]
    below = rows[1:] if how.header else rows
    if not below and whole:
        _refuse_quotes(name, text, how)
        raise UnreadableData(HOLLOW.format(quoted_path(name)))
    told_of = [first_told([row[i] for row in below if i < len(row)]) for i in range(len(header))]
    numeric = [not isnan(number(cell, how.decimal)) for cell in told_of]
    headless = () if how.header or told.header == "no" else (HEADLESS,)
    return TextTable(name, header, numeric, told_of, headless, how)


def _refuse_quotes(name: str, text: str, how: Found) -> None:
    """Say where quotes keep rows from being found."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=how.delimiter, strict=True)
    try:
        for _ in reader:
            pass
    except csv.Error as fault:
        raise UnreadableData(f"{quoted_path(name)}, row {reader.line_num}: {fault}.") from None
