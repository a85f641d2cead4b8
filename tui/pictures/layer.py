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
        columns, shown = size[0], [row[: size[0]] for row in rows[: size[1]]]
        styles = {"": 0}
        inks = np.zeros((len(shown), columns), dtype=np.intp)
        for i, row in enumerate(shown):
            inks[i, : len(row)] = [styles.setdefault(style, len(styles)) for _, style in row]
        texts = ["".join(character for character, _ in row).ljust(columns) for row in shown]
        return cls(_points(texts, columns), inks, tuple(styles))

    @classmethod
    def written(cls, texts: Sequence[str], style: str) -> Self:
        """Lay out lines of the same length in a style, which blanks have none of."""
        characters = _points(texts, len(texts[0]))
        return cls(characters, (characters != BLANK).astype(np.intp), ("", style))

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
        """Return the rows below each other; neighbours of one style are a span.

        Blanks go with what is before them, as they look the same in any colour.
        """
        rows, columns = self.characters.shape
        characters = np.full((rows, columns + 1), BREAK, dtype="<u4")
        characters[:, :-1] = self.characters
        inks = np.zeros((rows, columns + 1), dtype=np.intp)
        inks[:, :-1] = self._spread()
        flat = inks.ravel()[:-1]
        begins = np.append(0, np.flatnonzero(np.diff(flat)) + 1)
        ends = np.append(begins[1:], flat.size)
        runs = zip(begins.tolist(), ends.tolist(), flat[begins].tolist(), strict=True)
        spans = [Span(begin, end, self.styles[ink]) for begin, end, ink in runs if ink]
        plain = characters.tobytes().decode("utf-32-le")[:-1]
        return Text(plain, no_wrap=True, end="", spans=spans)

    def _spread(self) -> NDArray[np.intp]:
        """Inks, where blanks without any have that of what is before them."""
        grounds = np.array([" on " in style for style in self.styles])
        blank = (self.characters == BLANK) & (self.inks == 0)
        before = np.maximum.accumulate(np.where(blank, 0, np.arange(blank.shape[1])), axis=1)
        spread = np.take_along_axis(self.inks, before, axis=1)
        return np.where(blank & grounds[spread], 0, spread)


def _points(texts: Sequence[str], columns: int) -> NDArray[np.uint32]:
    """Code points of lines of so many characters each."""
    return np.frombuffer("".join(texts).encode("utf-32-le"), "<u4").reshape(-1, columns)
