"""Which cells of lines are plain numbers, by what stands between their digits.

Digits make up most of such a text. The other bytes, its marks, say the rest: a cell is a number
where each mark may follow the one before, with or without digits in between.
"""

import numpy as np

from engine.lattice import NEWLINE, Bytes, Flags, Lattice, Layout

__all__ = ["Marks"]

END, MINUS, PLUS, POINT, EXPONENT, POWER, OTHER = range(7)
"""Kinds of marks; ``POWER`` is the sign of an exponent."""

FOLLOWING = {
    (END, END): "digits",
    (END, MINUS): "none",
    (END, POINT): "any",
    (END, EXPONENT): "digits",
    (MINUS, END): "digits",
    (MINUS, POINT): "any",
    (MINUS, EXPONENT): "digits",
    (POINT, END): "digits",
    (POINT, EXPONENT): "digits",
    (EXPONENT, POWER): "none",
    (EXPONENT, END): "digits",
    (POWER, END): "digits",
}
"""Marks that may follow one another in a number, and what has to be between the two."""


def _forbidden() -> Flags:
    """Tell of each pair of marks, without and with digits between, whether it may not be."""
    table = np.ones((8, 8, 2), dtype=bool)
    for pair, between in FOLLOWING.items():
        table[pair] = between == "digits", between == "none"
    return table.ravel()


FORBIDDEN = _forbidden()


class Marks:
    """Finds the cells of lines of one layout, and those that are no plain numbers."""

    def __init__(self, layout: Layout) -> None:
        self.columns = layout.columns
        self.kinds = np.full(256, OTHER, dtype=np.uint8)
        for mark, kind in (("-", MINUS), ("+", PLUS), ("e", EXPONENT), ("E", EXPONENT)):
            self.kinds[ord(mark)] = kind
        self.kinds[ord(layout.decimal)] = POINT
        self.kinds[[ord(layout.delimiter), NEWLINE]] = END

    def look(self, text: Bytes) -> tuple[Lattice | None, Flags | None]:
        """Find the cells, and which are odd in the shape of their ends; None if all are numbers.

        No cells where lines have other than so many.
        """
        marks = np.flatnonzero((text - ord("0")) > 9)
        kinds = self.kinds.take(text.take(marks))
        closing = np.flatnonzero(kinds == END)
        cells = Lattice.at(text, marks.take(closing), self.columns)
        if cells is None:
            return None, None
        digits = np.empty(marks.size, dtype=bool)
        digits[0] = marks[0] > 0
        np.greater(marks[1:] - marks[:-1], 1, out=digits[1:])
        wrong = _wrong(kinds, digits)
        if not wrong.any():
            return cells, None
        faults = np.diff(np.cumsum(wrong).take(closing), prepend=0)
        return cells, (faults > 0).reshape(cells.ends.shape)


def _wrong(kinds: Bytes, digits: Flags) -> Flags:
    """Whether each mark is one that may not follow the mark before it."""
    before = np.empty_like(kinds)
    before[0], before[1:] = END, kinds[:-1]
    if (kinds == EXPONENT).any():
        kinds[(before == EXPONENT) & ((kinds == MINUS) | (kinds == PLUS))] = POWER
        before[1:] = kinds[:-1]
    before <<= 4
    before |= kinds << 1
    before |= digits
    return FORBIDDEN.take(before)
