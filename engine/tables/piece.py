"""A piece of a text table: its plain numbers one a line, and its other cells by themselves."""

from collections.abc import Sequence
from dataclasses import replace
from string import ascii_lowercase
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.tables.bits import (
    Bits,
    Places,
    count,
    flags,
    later,
    listed,
    packed,
    previous,
    rank,
    through,
)
from engine.tables.cells import KEPT
from engine.tables.cutting import cut_out, pays
from engine.tables.layout import NEWLINE, QUOTE, Bytes, Layout
from engine.tables.marks import Cells, cells, ends, unplain

__all__ = ["Piece", "looked_through"]

DELETE = 127
"""The first byte beyond the printed characters of ASCII."""


class Piece(NamedTuple):
    """Some lines: each plain number in ``text`` begins a line of it, whatever follows.

    ``odd`` counts where other cells are, among those that are asked for. ``told`` counts likewise
    those of which ``cells`` tell what they hold. The rest are empty, or words, and each column's
    first of these are told; ``untold`` counts the further ones, shape (2, columns).
    ``blank`` is whether one of the lines may hold nothing at all.
    """

    text: bytes
    lines: int
    odd: Places
    told: Places
    cells: list[str]
    untold: NDArray[np.intp]
    blank: bool


def looked_through(piece: bytes, layout: Layout, places: Sequence[int]) -> Piece | None:
    """Look at some columns of whole lines; None where it takes care to find the cells."""
    if not piece.endswith(b"\n") or b"\r" in piece or b"\0" in piece:
        return None
    if pays(layout, places):
        return _through_cut(piece, layout, places)
    text = np.frombuffer(piece, np.uint8)
    grid = _grid(piece, layout, places)
    if grid is None:
        return None
    wrong = unplain(text, grid.ends, grid.asked, layout)
    parsed = _apart(text, grid, layout)
    lines, columns = count(grid.lines), len(places)
    if not wrong.any():
        none, untold = np.zeros(0, dtype=np.intp), np.zeros((2, columns), dtype=np.intp)
        alone = _from_first(parsed, at_once=places[0] == 0)
        return Piece(alone, lines, none, none, [], untold, blank=False)
    own = through(~grid.ends, wrong)
    odd = listed(own)
    all_empty = not (own & ~later(grid.ends, first=True)).any()
    begins = odd if all_empty else previous(grid.ends, odd) + 1
    parsed[begins[begins > 0] - 1] = ord(layout.delimiter)
    alone = _from_first(parsed, at_once=places[0] == 0 and begins[0] > 0)
    which = rank(grid.asked.ends, odd)
    row, nth = np.divmod(which, columns)
    words = _words(text[begins])
    told = np.ones(odd.size, dtype=bool)
    untold = np.stack([_tell_first(told, nth, each, columns) for each in (begins == odd, words)])
    spans = zip(begins[told].tolist(), odd[told].tolist(), strict=True)
    written = [_written(piece[begin:end]) for begin, end in spans]
    bare = (np.bincount(row[~words]) == columns).any()
    blank = bool(bare) and _blank(text, grid.lines, layout)
    return Piece(alone, lines, which, which[told], written, untold, blank)


def _through_cut(piece: bytes, layout: Layout, places: Sequence[int]) -> Piece | None:
    """Look at some columns as if there were no others, but for lines that may hold nothing."""
    cut = cut_out(piece, layout, places)
    if cut is None:
        return None
    narrow = replace(layout, columns=len(places))
    found = looked_through(cut.tobytes(), narrow, range(len(places)))
    if found is None or not found.blank:
        return found
    text = np.frombuffer(piece, np.uint8)
    return found._replace(blank=_blank(text, packed(text == NEWLINE), layout))


class _Grid(NamedTuple):
    """Where lines end, where cells do, and the cells that are asked for."""

    lines: Bits
    ends: Bits
    asked: Cells


def _grid(piece: bytes, layout: Layout, places: Sequence[int]) -> _Grid | None:
    """Find the cells of some columns, unless they are none of a table."""
    text = np.frombuffer(piece, np.uint8)
    lines = packed(text == NEWLINE)
    every = ends(piece, lines, layout)
    if every is None:
        return None
    asked = cells(every, lines, text.size, layout.columns, places)
    return None if asked is None else _Grid(lines, every, asked)


def _apart(text: Bytes, grid: _Grid, layout: Layout) -> Bytes:
    """Put a line's end before each cell that is asked for, and nowhere else."""
    parsed = flags(grid.asked.before ^ grid.lines, text.size)
    parsed *= np.uint8(ord(layout.delimiter) ^ NEWLINE)
    parsed ^= text
    if layout.decimal == ",":
        comma = (parsed == ord(",")).view(np.uint8)
        comma *= np.uint8(ord(",") ^ ord("."))
        parsed ^= comma
    parsed[-1] = NEWLINE
    return parsed


def _from_first(parsed: Bytes, *, at_once: bool) -> bytes:
    """Leave out what is before the first number, unless it comes at once."""
    text = parsed.tobytes()
    return text if at_once else text[text.index(b"\n") :]


def _words(first: Bytes) -> NDArray[np.bool_]:
    """Whether cells that begin so are surely words: neither numbers nor names for none."""
    letter = first | np.uint8(32)
    words: NDArray[np.bool_] = letter - np.uint8(ord("a")) < len(ascii_lowercase)
    words &= letter != ord("n")
    return words


def _tell_first(
    told: NDArray[np.bool_], column: Places, alike: NDArray[np.bool_], columns: int
) -> NDArray[np.intp]:
    """Tell of cells that are alike each column's first alone, and count its further ones."""
    untold = np.bincount(column[alike], minlength=columns) - KEPT
    for each in np.flatnonzero(untold > 0).tolist():
        told[np.flatnonzero(alike & (column == each))[KEPT:]] = False
    return np.maximum(untold, 0)


def _written(cell: bytes) -> str:
    """What a cell holds, without the quotes and the spaces around it."""
    if not cell:
        return ""
    if cell.startswith(b'"'):
        cell = cell[1:-1].replace(b'""', b'"')
    return cell.decode("utf-8", "surrogateescape").strip()


def _blank(text: Bytes, lines: Bits, layout: Layout) -> bool:
    """Whether a line may be without anything that is printed."""
    printed = packed((text > ord(" ")) & (text < DELETE))
    printed &= ~packed((text == QUOTE) | (text == ord(layout.delimiter)))
    counts = np.diff(rank(printed, listed(lines)), prepend=0)
    return bool((counts == 0).any())
