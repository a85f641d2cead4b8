"""Lines of plain decimal numbers to a matrix, at the speed of a compiled parser.

SciPy's Matrix Market reader (fast_matrix_market, which stands on fast_float) parses one number
a line on every core and rounds correctly, but passes over whatever follows a number. So the
bytes are looked through first, a piece at a time and between its reads.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from engine.abreast import abreast
from engine.lattice import NEWLINE, QUOTE, Bytes, Lattice, Layout, Places
from engine.marks import Marks

__all__ = ["Numbers", "numbers"]

MOST_TOGETHER = 4
"""Columns side by side that are looked at together; their bytes are counted in one."""
LONGEST = 1 << 17
"""Characters of a cell that ``csv`` takes at the most."""


@dataclass(frozen=True, eq=False)
class Numbers:
    """Cells of some columns, NaN where they are no plain numbers, and those by their places.

    ``values`` has the shape (lines, columns); ``odd`` tells line, column and what is written,
    without spaces around it. ``blank`` is whether there is a line that holds nothing at all.
    """

    values: NDArray[np.float64]
    odd: list[tuple[int, int, str]]
    blank: bool


class _Piece(NamedTuple):
    """Plain numbers of some lines as text, and cells that are none."""

    text: bytes
    lines: int
    odd: list[tuple[int, int, str]]
    blank: bool


class _Uneven(Exception):  # noqa: N818 - it ends a parse that was a try
    """The text is no table of so many columns, or one that takes care to read."""


def numbers(
    pieces: Iterable[bytes], lines: int, layout: Layout, places: Sequence[int]
) -> Numbers | None:
    """Parse some columns of so many lines; None where it takes care to find the cells.

    A number is what ``engine.fields.NUMBER`` matches, and finite, with nothing around it and
    a digit behind its point; a −0 becomes 0. ``places`` ascend.
    """
    from scipy.io import mmread  # noqa: PLC0415 - heavy, and only a long file needs it

    source = _Source(pieces, lines, layout, places)
    try:
        found = np.asarray(mmread(cast("BinaryIO", source)), float).ravel()
    except (_Uneven, ValueError, OverflowError):
        return None
    if source.behind != lines or not np.isfinite(found).all():
        return None
    if source.odd:
        parsed, found = found, np.full(found.size, np.nan)
        plain = np.ones(found.size, dtype=bool)
        plain[[line * len(places) + i for line, i, _ in source.odd]] = False
        found[plain] = parsed[: found.size - len(source.odd)]
    return Numbers(found.reshape(lines, len(places)), source.odd, source.blank)


class _Source:
    """A file in Matrix Market's format, as its reader sees it: one number a line."""

    def __init__(
        self, pieces: Iterable[bytes], lines: int, layout: Layout, places: Sequence[int]
    ) -> None:
        self.layout, self.places = layout, list(places)
        self.whole = self.places == list(range(layout.columns))
        self.marks = Marks(layout)
        self.behind = 0
        self.odd: list[tuple[int, int, str]] = []
        self.blank = False
        head = b"%%%%MatrixMarket matrix array real general\n%d 1\n" % (lines * len(places))
        self.parts = self._parts(head, pieces)

    def read(self, _: int = -1) -> bytes:
        """Return the next part, of whatever size; nothing at the end."""
        return next(self.parts, b"")

    def _parts(self, head: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Beginning, numbers, and as many zeros at the end as there were other cells."""
        yield head
        for found in abreast(self._look, pieces):
            self.odd += [(self.behind + line, i, cell) for line, i, cell in found.odd]
            self.behind += found.lines
            self.blank = self.blank or found.blank
            yield found.text
        yield b"0\n" * len(self.odd)

    def _look(self, piece: bytes) -> _Piece:
        """Return the plain numbers of the columns, and the other cells by themselves."""
        if b"\r" in piece:
            raise _Uneven
        text = np.frombuffer(piece, np.uint8)
        look = self._every if self.whole and QUOTE not in piece else self._some
        table, odd, parsed = look(text)
        if self.layout.decimal == ",":
            parsed += (parsed == ord(",")) * np.uint8(ord(".") - ord(","))
        lines, columns = np.divmod(odd, len(self.places))
        cells = lines * self.layout.columns + np.array(self.places)[columns]
        none = np.flatnonzero(np.bincount(lines) == len(self.places))
        told = zip(lines.tolist(), columns.tolist(), table.written(cells), strict=True)
        return _Piece(parsed.tobytes(), len(table.ends), list(told), table.blank(none))

    def _every(self, text: Bytes) -> tuple[Lattice, Places, Bytes]:
        """Look at all columns where they stand."""
        ends, odd = self.marks.look(text)
        table = _fitting(Lattice.at(text, ends, self.layout.columns))
        text, cells = text.copy(), np.flatnonzero(odd)
        text[ends] = NEWLINE
        text[_within(table.begins(cells), ends[cells])] = NEWLINE
        return table, cells, text

    def _some(self, text: Bytes) -> tuple[Lattice, Places, Bytes]:
        """Look at some columns' cells alone: at a few side by side together, if they are short."""
        table, many = _fitting(Lattice.of(text, self.layout)), len(self.places)
        together = self.places[-1] - self.places[0] == many - 1 < MOST_TOGETHER
        for run in [many, 1] if together else [1]:
            windows, inside = table.windows(self.places[::run], run, self.layout.delimiter)
            ends, odd = self.marks.look(windows.ravel(), inside.ravel())
            if ends.size == len(table.ends) * many:
                cells = np.flatnonzero(odd)
                return table, cells, _lines(windows, ends.reshape(-1, run), cells)
        raise _Uneven


def _lines(windows: Bytes, ends: Places, odd: Places) -> Bytes:
    """Return windows on runs of cells as lines of a cell each, without the odd ones."""
    text, stops = windows.ravel(), ends.copy()
    stops[:, -1] = np.arange(1, len(windows) + 1) * windows.shape[1] - 1
    text[stops] = NEWLINE
    begins = np.append(0, stops.ravel()[:-1] + 1)
    text[_within(begins[odd], stops.ravel()[odd])] = NEWLINE
    return text


def _within(begins: Places, ends: Places) -> Places:
    """Places from each beginning to before its end."""
    lengths = ends - begins
    before = np.cumsum(lengths) - lengths
    places: Places = np.arange(lengths.sum()) + np.repeat(begins - before, lengths)
    return places


def _fitting(cells: Lattice | None) -> Lattice:
    """Refuse what is no table, and a cell that is longer than any may be."""
    if cells is None or (cells.text.size > LONGEST and np.diff(cells.ends.ravel()).max() > LONGEST):
        raise _Uneven
    return cells
