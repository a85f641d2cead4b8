"""One pass through a text table in bounded memory: at speed where it is plain numbers.

Segments of whole lines are handed to a compiled parser. From the first segment on that is not
all plain numbers, row after row is read with care: quotes, blank lines, missing cells, text,
and faults by their place.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import BinaryIO, Protocol

import numpy as np
from numpy.typing import NDArray

from engine.cells import Column, Lines, Places, is_missing
from engine.conversion import converted
from engine.dialect import Found
from engine.files import UnreadableData
from engine.plain import matrix
from engine.quoting import quoted
from engine.table import Columns

__all__ = ["LONGEST_ROW", "Reader", "Reading"]

LONGEST_ROW = 1 << 22
"""Characters of a row's line at most; of a longer one, the cells would fill the memory."""

SEGMENT = 1 << 26
"""Bytes that are handed over at a time."""
SHORT = 1 << 16
"""Fewer bytes are read sooner than the compiled parser is loaded."""
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
    """Gathers some columns of a text table; UnreadableData names the row that is at fault."""

    def __init__(self, name: str, header: list[str], how: Found, places: Sequence[int]) -> None:
        self.name, self.header, self.how, self.places = name, header, how, list(places)
        self.lines = Lines()
        self.parts: list[list[NDArray[np.float64]]] = [[] for _ in self.places]
        self.missing = [Places() for _ in self.places]
        self.unusable = [Places() for _ in self.places]
        self.behind = 0
        """Lines that have been read."""

    def read(self, file: BinaryIO) -> Columns:
        """Read a file from its beginning to its end."""
        begin = self._first_row(file)
        file.seek(begin)
        if not self._plain(file):
            careful = self.how.encoding if begin == 0 else "utf-8"
            errors = "strict" if careful.startswith("utf-16") else "surrogateescape"
            text = io.TextIOWrapper(file, careful, errors, newline="")
            try:
                self._with_care(text, headed=self.how.header and self.behind == 0)
            finally:
                text.detach()
        if not len(self.lines):
            raise UnreadableData(f"{quoted(self.name)} has a header and no rows below it.")
        gathered = zip(self.places, self.parts, self.missing, self.unusable, strict=True)
        columns = [
            Column(self.header[place], np.concatenate(parts), missing, unusable)
            for place, parts, missing, unusable in gathered
        ]
        return Columns(columns, self.lines)

    def _first_row(self, file: BinaryIO) -> int:
        """Return where the first row below a simple header begins; 0 where it is not simple."""
        if self.how.encoding != "utf-8-sig":
            return 0
        line = file.readline(SEGMENT)
        if not self.how.header:
            return len(MARK) if line.startswith(MARK) else 0
        told = line.removeprefix(MARK).translate(None, self.how.delimiter.encode()).strip()
        if not told or b'"' in line or b"\r" in line.rstrip() or not line.endswith(b"\n"):
            return 0
        self.behind = 1
        return len(line)

    def _plain(self, file: BinaryIO) -> bool:
        """Read plain numbers to the end, or to the segment that is none, and stand there."""
        if self.how.encoding != "utf-8-sig" or (self.how.header and not self.behind):
            return False
        while text := file.read(SEGMENT):
            last = len(text) < SEGMENT
            end = len(text) if last else text.rfind(b"\n") + 1
            lines = text[:end] if text.endswith(b"\n", 0, end) else text[:end] + b"\n"
            short = len(text) < SHORT and not len(self.lines)
            found = None if short else self._matrix(lines)
            if found is None:
                file.seek(-len(text), io.SEEK_CUR)
                return False
            for parts, place in zip(self.parts, self.places, strict=True):
                parts.append(found[:, place].copy())
            self.lines.add(range(self.behind + 1, self.behind + 1 + len(found)))
            self.behind += len(found)
            file.seek(end - len(text), io.SEEK_CUR)
        return True

    def _matrix(self, lines: bytes) -> NDArray[np.float64] | None:
        return matrix(lines, len(self.header), self.how.delimiter, self.how.decimal)

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
            where = f"{quoted(self.name)}, row {self.behind + rows.line_num}"
            raise UnreadableData(f"{where}: {fault}.") from None
        except _TooLong:
            where = f"{quoted(self.name)}, row {self.behind + rows.line_num + 1}"
            raise UnreadableData(f"{where} is longer than {LONGEST_ROW >> 20} MB.") from None
        except UnicodeDecodeError:
            where = f"{quoted(self.name)}, below row {self.behind + rows.line_num}"
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
        return lines, [[row[place] for row in kept] for place in self.places]

    def _check_width(self, line: int, row: Sequence[str]) -> None:
        if len(row) != len(self.header):
            cells = f"{len(row)} of the {'header' if self.how.header else 'first row'}'s"
            where = f"{quoted(self.name)}, row {line}"
            raise UnreadableData(f"{where} has {cells} {len(self.header)} cells.")

    def _convert(self, lines: Sequence[int], cells: Sequence[Sequence[str]]) -> None:
        """Turn gathered cells into numbers, and keep the places of those that are none."""
        self.lines.add(lines)
        for i, column in enumerate(cells):
            values = converted(column, self.how.decimal)
            for row in np.flatnonzero(np.isnan(values)).tolist():
                cell = column[row].strip()
                kind = self.missing[i] if is_missing(cell) else self.unusable[i]
                kind.add(lines[row], cell)
            self.parts[i].append(values)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Lines as they come, none of which may be endless."""
    while line := text.readline(LONGEST_ROW):
        if len(line) == LONGEST_ROW and line[-1] not in "\r\n":
            raise _TooLong
        yield line
