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

from engine.layout import Layout
from engine.piece import looked_through

__all__ = ["Numbers", "numbers"]


@dataclass(frozen=True, eq=False)
class Numbers:
    """Cells of some columns, NaN where they are no plain numbers, and those by their places.

    ``values`` has the shape (lines, columns); ``odd`` tells line, column and what is written,
    without spaces around it, and ``words`` how many more there are of each column, behind its
    first, that hold words. ``blank`` is whether there is a line that holds nothing at all.
    """

    values: NDArray[np.float64]
    odd: list[tuple[int, int, str]]
    words: list[int]
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
    odd = np.concatenate(source.odd)
    if odd.size:
        parsed, found = found, np.full(found.size, np.nan)
        plain = np.ones(found.size, dtype=bool)
        plain[odd] = False
        found[plain] = parsed[: found.size - odd.size]
    told = np.concatenate(source.told)
    words = np.bincount(odd % len(places), minlength=len(places))
    words -= np.bincount(told % len(places), minlength=len(places))
    where = (each.tolist() for each in np.divmod(told, len(places)))
    each_told = list(zip(*where, source.cells, strict=True))
    return Numbers(found.reshape(lines, len(places)), each_told, words.tolist(), source.blank)


class _Source:
    """A file in Matrix Market's format, as its reader sees it: one number a line."""

    def __init__(
        self, pieces: Iterable[bytes], lines: int, layout: Layout, places: Sequence[int]
    ) -> None:
        self.layout, self.places = layout, places
        self.behind = 0
        self.odd = [np.zeros(0, dtype=np.intp)]
        self.told = [np.zeros(0, dtype=np.intp)]
        self.cells: list[str] = []
        self.blank = False
        head = b"%%%%MatrixMarket matrix array real general\n%d 1\n" % (lines * len(places))
        self.parts = self._parts(head, pieces)

    def read(self, _: int = -1) -> bytes:
        """Return the next part, of whatever size; nothing at the end."""
        return next(self.parts, b"")

    def _parts(self, head: bytes, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Beginning, numbers, and as many zeros at the end as there were other cells."""
        yield head
        for piece in pieces:
            found = looked_through(piece, self.layout, self.places)
            if found is None:
                raise _Uneven
            self.odd.append(found.odd + self.behind * len(self.places))
            self.told.append(found.told + self.behind * len(self.places))
            self.cells += found.cells
            self.behind += found.lines
            self.blank = self.blank or found.blank
            yield found.text
        yield b"0\n" * sum(each.size for each in self.odd)
