"""Characters in styles as arrays, of which one is laid over another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from rich.text import Span, Text

from tui.pictures.cells import Piece, Size

__all__ = ["Layer"]

BLANK, BREAK, FULL = map(ord, " \n█")


@dataclass(frozen=True, eq=False)
class Layer:
    """Code points of characters, shape (rows, columns), and which of some styles each has.

    Nothing is where a code point is 0. The first of the styles is none.
    """

    characters: NDArray[np.uint32]
    inks: NDArray[np.intp]
    styles: tuple[str, ...] = ("",)

    @classmethod
    def of(cls, rows: Sequence[Sequence[Piece]], size: Size) -> Self:
        """Lay out rows of cells, as far as the columns and rows of a size go."""
        columns = size[0]
        characters = np.full((min(len(rows), size[1]), columns), BLANK, dtype=np.uint32)
        inks = np.zeros(characters.shape, dtype=np.intp)
        styles = {"": 0}
        for i, row in enumerate(rows[: size[1]]):
            for j, (character, style) in enumerate(row[:columns]):
                characters[i, j] = ord(character)
                inks[i, j] = styles.setdefault(style, len(styles))
        return cls(characters, inks, tuple(styles))

    def under(self, other: "Layer", left: int) -> "Layer":
        """Lay another over it from a column on.

        What fills its cell shines through as the background of what is laid over it.
        """
        rows, columns = other.characters.shape
        place = np.s_[:rows, left : left + columns]
        below, drawn = self.characters[place], other.characters > 0
        grounds = np.where(below == FULL, self.inks[place], 0)
        characters, inks = self.characters.copy(), self.inks.copy()
        characters[place] = np.where(drawn, other.characters, below)
        many = len(self.styles)
        inks[place] = np.where(drawn, (other.inks + 1) * many + grounds, inks[place])
        over = (f"{a} on {b}" if b else a for a in other.styles for b in self.styles)
        return Layer(characters, inks, (*self.styles, *over))

    def text(self) -> Text:
        """Return the rows below each other; neighbours of one style are a span."""
        rows, columns = self.characters.shape
        characters = np.full((rows, columns + 1), BREAK, dtype="<u4")
        characters[:, :-1] = self.characters
        inks = np.zeros((rows, columns + 1), dtype=np.intp)
        inks[:, :-1] = self.inks
        flat = inks.ravel()[:-1]
        begins = np.append(0, np.flatnonzero(np.diff(flat)) + 1)
        ends = np.append(begins[1:], flat.size)
        runs = zip(begins.tolist(), ends.tolist(), flat[begins].tolist(), strict=True)
        spans = [Span(begin, end, self.styles[ink]) for begin, end, ink in runs if ink]
        plain = characters.tobytes().decode("utf-32-le")[:-1]
        return Text(plain, no_wrap=True, end="", spans=spans)
