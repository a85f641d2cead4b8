"""Where the cells of lines of text end, and which are plain numbers, all at once in bits.

Digits make up most of such a text. The other bytes, its marks, say the rest: a cell is a number
where each mark stands where it may, which its neighbours tell, and the mark before it.
"""

from collections.abc import Sequence
from string import digits
from typing import NamedTuple

import numpy as np

from engine.tables.bits import (
    Bits,
    Places,
    added,
    before,
    count,
    later,
    listed,
    made,
    next_stop,
    odd_ones,
    others,
    packed,
    union,
)
from engine.tables.layout import QUOTE, Bytes, Layout

__all__ = ["Cells", "by_line", "cells", "ends", "unplain"]


LONGEST = 1 << 17
"""Characters of a cell that ``csv`` takes at the most."""
FEW = 8
"""Columns up to which each is gone through in turn; of more, all ends of cells are listed."""


class Cells(NamedTuple):
    """Some columns' cells in a text: the places before them, in them, and at their ends."""

    before: Bits
    inside: Bits
    ends: Bits


def ends(piece: bytes, lines: Bits, layout: Layout) -> Bits | None:
    """Find where cells end; None where one is too long, or quotes enclose other than whole ones."""
    text = np.frombuffer(piece, np.uint8)
    found: Bits = packed(text == ord(layout.delimiter)) | lines
    if b'"' in piece:
        quotes = packed(text == QUOTE)
        inside, beside = odd_ones(quotes), found | quotes
        loose = quotes & inside & ~later(beside, first=True) | quotes & ~inside & ~before(beside)
        if (loose | inside & lines).any():
            return None
        found &= ~inside
    return None if _too_long(found) else found


def _too_long(ends: Bits) -> bool:
    """Whether a cell is longer than any may be."""
    without = np.count_nonzero(ends == 0)
    return bool(without > LONGEST // 64 - 2 and np.diff(listed(ends), prepend=-1).max() > LONGEST)


def cells(ends: Bits, lines: Bits, size: int, many: int, places: Sequence[int]) -> Cells | None:
    """Find the cells of some of many columns; None where lines have other than so many cells."""
    rest = others(ends, size)
    chosen = (_in_turn if many <= FEW else _by_place)(rest, ends, lines, many, places)
    if chosen is None:
        return None
    front, own = chosen
    if len(places) == many:
        return Cells(front, rest, own)
    return Cells(front, rest & ~added(rest, later(front, first=places[0] == 0)), own)


def _in_turn(
    rest: Bits, ends: Bits, lines: Bits, many: int, places: Sequence[int]
) -> tuple[Bits, Bits] | None:
    """Find what is before and at the end of some columns' cells from column to column.

    Lines that have at least so many cells have just as many where all cells are so many a line.
    """
    found = [lines]
    for nth in range(many - 1):
        found.append(next_stop(ends, rest, later(found[-1], first=nth == 0)))
    if any((end & lines).any() for end in found[1:]) or count(ends) != many * count(lines):
        return None
    if len(places) == many:
        return ends, ends
    found.append(lines)
    return union(found[place] for place in places), union(found[place + 1] for place in places)


def _by_place(
    rest: Bits, ends: Bits, lines: Bits, many: int, places: Sequence[int]
) -> tuple[Bits, Bits] | None:
    """Find the same by the places of all ends of cells."""
    at = by_line(listed(ends), listed(lines), many)
    if at is None:
        return None
    behind = [place - 1 for place in places if place]
    front, own = (made(at[:, which].ravel(), 64 * rest.size) for which in (behind, places))
    return (front | lines if places[0] == 0 else front), own


def by_line(at: Places, closing: Places, many: int) -> Places | None:
    """Put the ends of cells in a row for each line; None where it has other than so many."""
    if at.size != many * closing.size or (at[many - 1 :: many] != closing).any():
        return None
    return at.reshape(-1, many)


def unplain(text: Bytes, ends: Bits, asked: Cells, layout: Layout) -> Bits:
    """Return places in or at the end of some cells that keep them from being plain numbers.

    A number has digits, before them perhaps a minus, among or before them a point, and behind
    them an exponent. Other cells than those asked for are passed over.
    """
    inside = asked.inside
    above = text - np.uint8(ord("0"))
    # in place: of more memory at a time, the system takes back what is freed, and clears it anew
    digit = packed(np.less(above, len(digits), out=above.view(np.bool_)))
    minus = packed(text == ord("-")) & inside
    point = packed(text == ord(layout.decimal)) & inside
    behind_digit, first = later(digit), later(ends, first=True)
    other = inside & ~(digit | minus | point)
    stops = ends | point
    if not other.any():
        wrong: Bits = asked.ends & ~behind_digit | minus & ~first
        wrong |= point & next_stop(stops, ~stops, later(point))
        return wrong
    power = packed((text | np.uint8(32)) == ord("e")) & inside
    plus = packed(text == ord("+")) & inside
    behind_power = later(power)
    wrong = (asked.ends | power) & ~behind_digit | other & ~(power | plus)
    wrong |= minus & ~(first | behind_power) | plus & ~behind_power
    stops |= power
    wrong |= point & next_stop(stops, ~stops, later(point))
    wrong |= (point | power) & next_stop(stops, ~stops, behind_power)
    return wrong
