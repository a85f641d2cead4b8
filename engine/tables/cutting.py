"""A few of many columns, cut out of lines of text as a table of their own."""

from collections.abc import Sequence

import numpy as np

from engine.tables.bits import listed, packed
from engine.tables.layout import NEWLINE, Bytes, Layout
from engine.tables.marks import by_line, ends

__all__ = ["cut_out", "pays"]

FEW = 8
"""Columns, of which one at the most is wanted where cutting them out pays."""


def pays(layout: Layout, places: Sequence[int]) -> bool:
    """Whether so few columns are wanted that the others are better not looked at."""
    return len(places) * FEW <= layout.columns


def cut_out(piece: bytes, layout: Layout, places: Sequence[int]) -> Bytes | None:
    """Cut out some columns of whole lines; None where lines have other than so many cells."""
    text = np.frombuffer(piece, np.uint8)
    lines = packed(text == NEWLINE)
    every = ends(piece, lines, layout)
    at = None if every is None else by_line(listed(every), listed(lines), layout.columns)
    if at is None:
        return None
    before = np.append(-1, at[:-1, -1])
    begins = np.column_stack([at[:, place - 1] if place else before for place in places]) + 1
    closing = at[:, places]
    sizes = (closing + 1 - begins).ravel()
    last = np.cumsum(sizes) - 1
    which = np.arange(last[-1] + 1) + np.repeat(closing.ravel() - last, sizes)
    cut: Bytes = text[which]
    cut[last] = ord(layout.delimiter)
    cut[last[len(places) - 1 :: len(places)]] = NEWLINE
    return cut
