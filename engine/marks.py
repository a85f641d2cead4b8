"""Which cells of lines are plain numbers, by what stands between their digits.

Digits make up most of such a text. The other bytes, its marks, say the rest: a cell is a number
where each mark may follow the one before, with or without digits in between.
"""

import numpy as np

from engine.lattice import NEWLINE, Bytes, Flags, Layout, Places

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
    """Finds the ends of cells, and those that are no plain numbers, in text of one layout."""

    def __init__(self, layout: Layout) -> None:
        self.kinds = np.full(256, OTHER, dtype=np.uint8)
        for mark, kind in (("-", MINUS), ("+", PLUS), ("e", EXPONENT), ("E", EXPONENT)):
            self.kinds[ord(mark)] = kind
        self.kinds[ord(layout.decimal)] = POINT
        self.kinds[[ord(layout.delimiter), NEWLINE]] = END

    def look(self, text: Bytes, inside: Flags | None = None) -> tuple[Places, Flags]:
        """Return where cells end, and which are odd: no plain numbers.

        Only what is ``inside`` is looked at, where that is told.
        """
        other = (text - ord("0")) > 9
        marks = np.flatnonzero(other if inside is None else other & inside)
        kinds = self.kinds.take(text.take(marks))
        closing = np.flatnonzero(kinds == END)
        wrong = _wrong(kinds, ~other.take(marks - 1))
        odd = np.zeros(closing.size, dtype=bool)
        if wrong.any():
            odd = np.diff(np.cumsum(wrong).take(closing), prepend=0) > 0
        return marks.take(closing), odd


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
