"""A small canvas of braille: two by four dots in a cell, and one colour for all of them.

Places are in dots, from the top left corner, to the right and down. What is drawn later in
another colour takes the whole cell; marks take it from all lines.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tui.pictures.layer import Layer
from tui.pictures.segments import clipped, dots_between
from tui.pictures.strokes import SOLID, kept

__all__ = ["Raster"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

BRAILLE = 0x2800
DOWN, ACROSS = [0, 1, 2, 0, 1, 2, 3, 3], [0, 0, 0, 1, 1, 1, 0, 1]
"""Where in a cell the dots are that the bits of its code stand for (Unicode, Braille Patterns)."""
BITS = np.zeros((4, 2), dtype=np.uint8)
BITS[DOWN, ACROSS] = 1 << np.arange(8)


class Raster:
    """Cells with dots or a mark in one colour, over a ground in another."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self.width, self.height = 2 * columns, 4 * rows
        self._codes = np.zeros((rows, columns), dtype=np.uint8)
        self._inks = np.zeros((rows, columns), dtype=np.intp)
        self._grounds = np.zeros((rows, columns), dtype=np.intp)
        self._colors = [""]
        self._shades: Sequence[str] = [""]
        self._texture = " ", ""
        self._marks: dict[tuple[int, int], tuple[str, str]] = {}

    def shade(self, levels: NDArray[np.intp], shades: Sequence[str]) -> None:
        """Give each cell a ground, by its index into colours; an empty one is none."""
        self._grounds, self._shades = levels, shades

    def weave(self, texture: str, color: str) -> None:
        """Let what is empty tell its ground by a character instead, one for each shade."""
        self._texture = texture, color

    def stencil(self, mask: Mask, color: str) -> None:
        """Set the dots of a mask, shape (height, width)."""
        cells = mask.reshape(self.rows, 4, self.columns, 2)
        self._set(np.packbits(cells[:, DOWN, :, ACROSS], axis=0, bitorder="little")[0], color)

    def _set(self, codes: NDArray[np.uint8], color: str) -> None:
        """Set dots, given as the codes of all cells."""
        touched = codes > 0
        ink = self._ink(color)
        same = touched & (self._inks == ink)
        self._codes = np.where(same, self._codes | codes, np.where(touched, codes, self._codes))
        self._inks[touched] = ink

    def polyline(self, x: Array, y: Array, color: str, stroke: str = SOLID) -> None:
        """Draw a line through points, broken at those that are not finite."""
        across, down = dots_between(clipped(x, y, self.width, self.height))
        drawn = kept(across, down, stroke)
        across, down = across[drawn], down[drawn]
        codes = np.zeros(self.rows * self.columns, dtype=np.uint8)
        cells = (down >> 2) * self.columns + (across >> 1)
        np.bitwise_or.at(codes, cells, BITS[down & 3, across & 1])
        self._set(codes.reshape(self.rows, self.columns), color)

    def mark(self, x: float, y: float, character: str, color: str) -> bool:
        """Put a character where a place is; whether it is on the canvas."""
        if not (0 <= x < self.width and 0 <= y < self.height):
            return False
        self._marks[int(y) // 4, int(x) // 2] = (character, color)
        return True

    def write(self, column: int, row: int, text: str, color: str) -> None:
        """Write characters from a cell on, as far as the canvas goes."""
        for i, character in enumerate(text):
            self.mark(2 * (column + i), 4 * row, character, color)

    def free(self, column: int, row: int, length: int, colors: Sequence[str]) -> bool:
        """Whether cells are on the canvas, and hold nothing but lines of these colours."""
        if not (0 <= row < self.rows and column >= 0 and column + length <= self.columns):
            return False
        inks = self._inks[row, column : column + length].tolist()
        marked = any((row, column + i) in self._marks for i in range(length))
        return not marked and all(ink == 0 or self._colors[ink] in colors for ink in inks)

    def lines(self) -> Layer:
        """Return the lines and the marks alone, with code 0 where there are none."""
        characters = np.where(self._codes > 0, self._codes + np.uint32(BRAILLE), np.uint32(0))
        inks = self._inks.copy()
        for (row, column), (character, color) in self._marks.items():
            characters[row, column], inks[row, column] = ord(character), self._ink(color)
        return Layer(characters, inks, tuple(self._colors))

    def layer(self) -> Layer:
        """Return all cells, in their grounds."""
        woven = np.array([ord(each) for each in self._texture[0]], dtype=np.uint32)
        texture = woven[np.minimum(self._grounds, woven.size - 1)]
        thread = self._ink(self._texture[1])
        lines = self.lines()
        drawn = lines.characters > 0
        inks = np.where(drawn, lines.inks, np.where(texture == ord(" "), 0, thread))
        found, which = np.unique(inks * len(self._shades) + self._grounds, return_inverse=True)
        names = [self._named(*divmod(each, len(self._shades))) for each in found.tolist()]
        characters = np.where(drawn, lines.characters, texture)
        return Layer(characters, which.reshape(inks.shape) + 1, ("", *names))

    def _named(self, ink: int, ground: int) -> str:
        color, shade = self._colors[ink], self._shades[ground]
        return f"{color} on {shade}".strip() if shade else color

    def _ink(self, color: str) -> int:
        if color not in self._colors:
            self._colors.append(color)
        return self._colors.index(color)
