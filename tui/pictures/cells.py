"""Pieces of styled text to one text: neighbours of one style become one span."""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

from rich.text import Span, Text

__all__ = ["Piece", "Size", "joined"]

Piece = tuple[str, str]
"""Characters of a line and their style, empty for none."""
Size = tuple[int, int]
"""Columns and rows."""


def joined(rows: Iterable[Iterable[Piece]]) -> Text:
    """Lay rows of pieces below each other."""
    parts, spans, at = [], [], 0
    for i, row in enumerate(rows):
        if i:
            parts.append("\n")
            at += 1
        for style, run in groupby(row, key=itemgetter(1)):
            part = "".join(map(itemgetter(0), run))
            parts.append(part)
            if style:
                spans.append(Span(at, at + len(part), style))
            at += len(part)
    return Text("".join(parts), no_wrap=True, end="", spans=spans)
