"""Lines of plain decimal numbers to a matrix, at the speed of a compiled parser.

SciPy's Matrix Market reader (fast_matrix_market, which stands on fast_float) parses one number
a line on every core and rounds correctly, but passes over whatever follows a number. So the
bytes are looked through first, a piece at a time and between its reads.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, cast

import numpy as np
from numpy.typing import NDArray

from engine.tables.layout import Layout
from engine.tables.piece import Piece, looked_through

__all__ = ["Numbers", "numbers"]


@dataclass(frozen=True, eq=False)
class Numbers:
    """Cells of some columns, NaN where they are no plain numbers, and those by their places.

    ``values`` has the shape (lines, columns); ``odd`` tells line, column and what is written,
    without spaces around it. ``empty`` and ``words`` are how many more there are of each column,
    behind its first, that hold nothing, or words. ``blank`` is whether there is a line that
    holds nothing at all, ``pieces`` how many the lines came in.
    """

    values: NDArray[np.float64]
    odd: list[tuple[int, int, str]]
    empty: list[int]
    words: list[int]
    blank: bool
    pieces: int


class _Uneven(Exception):  # noqa: N818 - it ends a parse that was a try
    """The text is no table of so many columns, or one that takes care to read."""


def numbers(
    pieces: Iterable[bytes], most: int, layout: Layout, places: Sequence[int]
) -> Numbers | None:
    """Parse some columns of at most so many lines, in whole pieces.

    Before a piece in which it takes care to find the cells, lines end; None where that is the
    first. A number is what ``engine.fields.NUMBER`` matches, and finite, with nothing around it and
    a digit behind its point; a −0 becomes 0. ``places`` ascend.
    """
    from scipy.io import mmread  # noqa: PLC0415 - heavy, and only a long file needs it

    source = _Source(pieces, most, layout, places)
    try:
        parsed = np.asarray(mmread(cast("BinaryIO", source)), float).ravel()
    except (_Uneven, ValueError, OverflowError):
        return None
    odd = np.concatenate(source.odd)
    size = source.lines * len(places)
    found = parsed[: size - odd.size]
    if not np.isfinite(found).all():
        return None
    if odd.size:
        found = np.insert(found, odd - np.arange(odd.size), np.nan)
    where = (each.tolist() for each in np.divmod(np.concatenate(source.told), len(places)))
    told = list(zip(*where, source.cells, strict=True))
    empty, words = source.untold.tolist()
    values = found.reshape(source.lines, len(places))
    return Numbers(values, told, empty, words, source.blank, source.pieces)


class _Source:
    """A file in Matrix Market's format, as its reader sees it: one number a line.

    Its head promises as many numbers as there may be, and zeros stand for those that there are
    not, so that no line need be counted before it is looked at.
    """

    def __init__(
        self, pieces: Iterable[bytes], most: int, layout: Layout, places: Sequence[int]
    ) -> None:
        self.layout, self.places, self.most = layout, places, most
        self.lines = self.pieces = 0
        self.odd = [np.zeros(0, dtype=np.intp)]
        self.told = [np.zeros(0, dtype=np.intp)]
        self.untold = np.zeros((2, len(places)), dtype=np.intp)
        self.cells: list[str] = []
        self.blank = False
        self.parts = self._parts(pieces)

    def read(self, _: int = -1) -> bytes:
        """Return the next part, of whatever size; nothing at the end."""
        return next(self.parts, b"")

    def _parts(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Beginning, numbers, and zeros for the rest of them."""
        many = self.most * len(self.places)
        yield b"%%%%MatrixMarket matrix array real general\n%d 1\n" % many
        for piece in pieces:
            found = looked_through(piece, self.layout, self.places)
            if found is None or self.lines + found.lines > self.most:
                break
            many -= found.lines * len(self.places) - found.odd.size
            self._count(found)
            yield found.text
        if not self.pieces:
            raise _Uneven
        yield b"0\n" * many

    def _count(self, found: Piece) -> None:
        """Add what a piece holds besides numbers."""
        behind = self.lines * len(self.places)
        self.odd.append(found.odd + behind)
        self.told.append(found.told + behind)
        self.untold += found.untold
        self.cells += found.cells
        self.blank = self.blank or found.blank
        self.lines += found.lines
        self.pieces += 1
