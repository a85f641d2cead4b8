"""One pass through a text table in bounded memory: at speed where its lines are simple.

Lines are handed to a compiled parser, very many at a time, and the few cells that are no plain
numbers are looked at one by one. From about where a line is blank, has other than its cells or
goes on below, row after row is read with care, and faults are told by their place.
"""

import csv
import io
from collections.abc import Iterator, Sequence, Set
from itertools import islice
from math import isnan
from typing import BinaryIO, Protocol

import numpy as np

from engine.files import UnreadableData
from engine.quoting import quoted_path
from engine.samples.store import Store
from engine.tables.cells import TRUTHS, Column, Lines, Places, is_missing, number
from engine.tables.conversion import converted
from engine.tables.dialect import Found
from engine.tables.layout import Layout
from engine.tables.plain import Numbers, numbers
from engine.tables.segment import Pieces, lines_ahead
from engine.tables.table import HOLLOW, Columns

__all__ = ["LONGEST_ROW", "Reader", "Reading"]

LONGEST_ROW = 1 << 22
"""Characters of a row's line at most; of a longer one, the cells would fill the memory."""

AT_ONCE = 1 << 22
"""Cells that are handed over at a time."""
SHORT = 1 << 16
"""Fewer bytes are read sooner than the compiled parser is loaded."""
HEADER = 1 << 23
"""Bytes of the longest header that is read at speed."""
CELLS = 1 << 16
"""Cells that are kept as text until they are converted."""
MARK = b"\xef\xbb\xbf"


class _TooLong(Exception):  # noqa: N818 - it ends a reading
    """A line is longer than a row can be."""


class Reader(Protocol):
    """What ``csv.reader`` returns."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...
    def __next__(self) -> list[str]: ...


class Reading:
    """Gathers some columns of a text table; UnreadableData names the row that is at fault.

    In the columns ``truths``, which take care, true is 1 and false is 0.
    """

    def __init__(
        self,
        name: str,
        header: list[str],
        how: Found,
        places: Sequence[int],
        truths: Set[int] = frozenset(),
    ) -> None:
        self.name, self.header, self.how, self.truths = name, header, how, truths
        self.asked, self.places = places, sorted(set(places))
        self.lines = Lines()
        self.stores = [Store() for _ in self.places]
        self.missing = [Places() for _ in self.places]
        self.unusable = [Places() for _ in self.places]
        self.bare = Places()
        self.behind = 0
        """Lines that have been read."""

    def read(self, file: BinaryIO) -> Columns:
        """Read a file from its beginning to its end."""
        begin = self._first_row(file)
        file.seek(begin)
        if not self._at_speed(file):
            careful = self.how.encoding if begin == 0 else "utf-8"
            errors = "strict" if careful.startswith("utf-16") else "surrogateescape"
            text = io.TextIOWrapper(file, careful, errors, newline="")
            try:
                self._with_care(text, headed=self.how.header and self.behind == 0)
            finally:
                text.detach()
        if not len(self.lines):
            raise UnreadableData(HOLLOW.format(quoted_path(self.name)))
        joined = [store.joined() for store in self.stores]
        columns = []
        for nth, place in enumerate(self.asked):
            i = self.places.index(place)
            values = joined[i].copy() if place in self.asked[:nth] else joined[i]
            columns.append(Column(self.header[place], values, self.missing[i], self.unusable[i]))
        return Columns(columns, self.lines, self.bare)

    def _first_row(self, file: BinaryIO) -> int:
        """Return where the first row below a simple header begins; 0 where it is not simple."""
        if self.how.encoding != "utf-8-sig":
            return 0
        line = file.readline(HEADER)
        if not self.how.header:
            return len(MARK) if line.startswith(MARK) else 0
        told = line.removeprefix(MARK).translate(None, self.how.delimiter.encode()).strip()
        if not told or b"\r" in line.rstrip() or not line.endswith(b"\n"):
            return 0
        if b'"' in line and not self._is_a_row(line):
            return 0
        self.behind = 1
        return len(line)

    def _is_a_row(self, line: bytes) -> bool:
        """Whether a line with quotes is a row, and no quote goes on below it."""
        text = line.decode("utf-8", "surrogateescape")
        try:
            return any(csv.reader([text], delimiter=self.how.delimiter, strict=True))
        except csv.Error:
            return False

    def _at_speed(self, file: BinaryIO) -> bool:
        """Read to the end, or to the lines that take care, and stand there."""
        if self.how.encoding != "utf-8-sig" or (self.how.header and not self.behind):
            return False
        if self.truths:
            return False
        begin = file.tell()
        short = file.seek(0, io.SEEK_END) < SHORT
        file.seek(begin)
        layout = Layout(len(self.header), self.how.delimiter, self.how.decimal)
        most = AT_ONCE // len(self.places)
        while lines := lines_ahead(file, most):
            pieces = Pieces(file)
            found = None if short else numbers(pieces, lines, layout, self.places)
            if found is None or found.blank:
                file.seek(begin)
                return False
            self._keep(found)
            begin = file.seek(pieces.ends[found.pieces - 1])
        return True

    def _keep(self, found: Numbers) -> None:
        """Gather the numbers of some lines, and what their other cells hold."""
        for line, i, cell in found.odd:
            if is_missing(cell):
                self.missing[i].add(self.behind + line + 1, cell)
            else:
                found.values[line, i] = value = number(cell, self.how.decimal)
                if isnan(value):
                    self.unusable[i].add(self.behind + line + 1, cell)
        for places, further in ((self.missing, found.empty), (self.unusable, found.words)):
            for each, more in zip(places, further, strict=True):
                each.count += more
        for store, values in zip(self.stores, found.values.T, strict=True):
            store.add(np.ascontiguousarray(values))
        many = len(found.values)
        self.lines.add(range(self.behind + 1, self.behind + 1 + many))
        self.behind += many

    def _with_care(self, text: io.TextIOWrapper, *, headed: bool) -> None:
        """Read row after row, some at a time; blank ones are passed over."""
        rows = csv.reader(_lines(text), delimiter=self.how.delimiter, strict=True)
        many = max(CELLS // len(self.header), 1)
        try:
            while headed:
                headed = not any(map(str.strip, next(rows, ["no header"])))
            while more := self._gather(rows, many):
                self._convert(*more)
        except csv.Error as fault:
            where = f"{quoted_path(self.name)}, row {self.behind + rows.line_num}"
            raise UnreadableData(f"{where}: {fault}.") from None
        except _TooLong:
            where = f"{quoted_path(self.name)}, row {self.behind + rows.line_num + 1}"
            raise UnreadableData(f"{where} is longer than {LONGEST_ROW >> 20} MB.") from None
        except UnicodeDecodeError:
            where = f"{quoted_path(self.name)}, below row {self.behind + rows.line_num}"
            raise UnreadableData(
                f"{where}: this is not {self.how.encoding.upper()} text."
            ) from None

    def _gather(self, rows: Reader, many: int) -> tuple[Sequence[int], list[list[str]]] | None:
        """Return the lines and the cells of some more rows; None at the end.

        Rows of one length that are a line each are looked at as a whole: only where a cell that
        is wanted is empty could such a row be blank.
        """
        begin = self.behind + rows.line_num
        pairs = [(row, rows.line_num) for row in islice(rows, many)]
        gathered, ends = [row for row, _ in pairs], [end for _, end in pairs]
        if not gathered:
            return None
        lines: Sequence[int] = range(begin + 1, begin + 1 + len(gathered))
        even = set(map(len, gathered)) == {len(self.header)}
        cells = [[row[place] for row in gathered] for place in self.places] if even else []
        if even and self.behind + ends[-1] == lines[-1] and not any("" in each for each in cells):
            return lines, cells
        lines = []
        kept = []
        for row, end in zip(gathered, ends, strict=True):
            if any(map(str.strip, row)):
                self._check_width(self.behind + end, row)
                lines.append(self.behind + end)
                kept.append(row)
            elif len(row) > 1:
                self.bare.add(self.behind + end, "")
        return lines, [[row[place] for row in kept] for place in self.places]

    def _check_width(self, line: int, row: Sequence[str]) -> None:
        if len(row) != len(self.header):
            cells = f"{len(row)} of the {'header' if self.how.header else 'first row'}'s"
            where = f"{quoted_path(self.name)}, row {line}"
            raise UnreadableData(f"{where} has {cells} {len(self.header)} cells.")

    def _convert(self, lines: Sequence[int], cells: Sequence[Sequence[str]]) -> None:
        """Turn gathered cells into numbers, and keep the places of those that are none."""
        self.lines.add(lines)
        for i, column in enumerate(cells):
            values = converted(column, self.how.decimal)
            for row in np.flatnonzero(np.isnan(values)).tolist():
                cell = column[row].strip()
                if self.places[i] in self.truths and cell.lower() in TRUTHS:
                    values[row] = TRUTHS[cell.lower()]
                    continue
                kind = self.missing[i] if is_missing(cell) else self.unusable[i]
                kind.add(lines[row], cell)
            self.stores[i].add(values)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines as they come, none of which may be endless."""
    while line := text.readline(LONGEST_ROW):
        if len(line) == LONGEST_ROW and line[-1] not in "\r\n":
            raise _TooLong
        yield line
