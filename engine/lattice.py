"""Where the cells of lines of text end, all at once over an array of bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

__all__ = ["NEWLINE", "QUOTE", "Bytes", "Flags", "Lattice", "Layout", "Places"]

Bytes = NDArray[np.uint8]
Places = NDArray[np.intp]
Flags = NDArray[np.bool_]

NEWLINE, QUOTE = ord("\n"), ord('"')
UNPRINTED = bytes([*range(33), QUOTE, *range(127, 256)])
"""Bytes that are no printed characters of ASCII, and quotes."""


WIDEST = 48
"""Bytes of a cell that are looked at for a number."""


@dataclass(frozen=True)
class Layout:
    """How lines are made up: of how many cells, what divides them, and the decimal mark."""

    columns: int
    delimiter: str
    decimal: str


@dataclass(frozen=True, eq=False)
class Lattice:
    """Bytes of whole lines, and the places of what ends each cell, shape (lines, columns)."""

    text: Bytes
    ends: Places

    @classmethod
    def of(cls, text: Bytes, layout: Layout) -> Self | None:
        """Find the cells; None where lines have other than so many, or quotes are out of place."""
        ends = (text == ord(layout.delimiter)) | (text == NEWLINE)
        if QUOTE in text and not _enclosing(text, ends):
            return None
        return cls.at(text, np.flatnonzero(ends), layout.columns)

    @classmethod
    def at(cls, text: Bytes, ends: Places, columns: int) -> Self | None:
        """Arrange the ends of cells; None where lines have other than so many cells."""
        closing = text.take(ends) == NEWLINE
        even = closing.size % columns == 0 and closing[columns - 1 :: columns].all()
        if not even or np.count_nonzero(closing) != closing.size // columns:
            return None
        return cls(text, ends.reshape(-1, columns))

    def begins(self, cells: Places) -> Places:
        """Where some cells begin, which are counted line by line."""
        return np.where(cells > 0, self.ends.ravel()[cells - 1] + 1, 0)

    def windows(self, places: Sequence[int], run: int, filler: str) -> tuple[Bytes, Flags]:
        """Return the bytes of runs of cells that begin at some columns, and where those are.

        Shape (runs, width); a run's end is counted to it. There, and behind, is the filler. Of
        a run too long for its cells to be numbers there is a quote instead.
        """
        first = np.add.outer(np.arange(0, self.ends.size, self.ends.shape[1]), places).ravel()
        begins = self.begins(first)
        lengths = self.ends.ravel()[first + run - 1] - begins
        width = min(int(lengths.max()), run * WIDEST) + 1
        room = np.concatenate([self.text, np.zeros(width, np.uint8)])
        seen = np.ndarray(self.text.size, f"V{width}", room, strides=(1,))[begins]
        text, at = seen.view(np.uint8).reshape(-1, width), np.arange(width, dtype=np.uint8)
        ends = np.minimum(lengths, width - 1).astype(np.uint8)[:, np.newaxis]
        cell = at < ends
        text *= cell
        text += ~cell * np.uint8(ord(filler))
        text[lengths >= width, 0] = QUOTE
        return text, at <= ends

    def written(self, cells: Places) -> list[str]:
        """What some cells hold, without the quotes and the spaces around it."""
        text, begins, ends = self.text.tobytes(), self.begins(cells), self.ends.ravel()[cells]
        return [
            _unquoted(text[begin:end]).decode("utf-8", "surrogateescape").strip()
            for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)
        ]

    def blank(self, lines: Places) -> bool:
        """Whether one of these lines may be without anything that is printed."""
        text, delimiter = self.text.tobytes(), self.text[self.ends[0, :-1]].tobytes()[:1]
        begins, ends = self.begins(lines * self.ends.shape[1]), self.ends[lines, -1]
        return any(
            not text[begin:end].translate(None, UNPRINTED + delimiter)
            for begin, end in zip(begins.tolist(), ends.tolist(), strict=True)
        )


def _unquoted(cell: bytes) -> bytes:
    return cell[1:-1].replace(b'""', b'"') if cell.startswith(b'"') else cell


def _enclosing(text: Bytes, ends: Flags) -> bool:
    """Take ends within quotes for none; false where quotes enclose other than whole cells."""
    quotes = text == QUOTE
    inside = np.logical_xor.accumulate(quotes)
    beside = ends | quotes
    opening, closing = np.flatnonzero(quotes & inside), np.flatnonzero(quotes & ~inside)
    if inside[-1] or (inside & (text == NEWLINE)).any():
        return False
    ends &= ~inside
    whole = beside[opening - 1] | (opening == 0)
    return bool(whole.all() and beside[closing + 1].all())
