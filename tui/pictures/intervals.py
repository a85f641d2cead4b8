"""Intervals of each parameter on one axis, a line for each kind."""

from collections.abc import Mapping
from typing import Any

from rich.text import Text

from engine.domains import REAL
from engine.surfaces.axis import Axis
from tui.analysis import Analysis
from tui.palette import Palette
from tui.pictures.cells import Piece, Size, joined
from tui.pictures.plot import limits
from tui.pictures.ticks import axis_ticks

__all__ = ["interval_picture"]

KINDS = ("wald", "profile", "bootstrap")
LEAST = 10
"""Columns of an axis below which there is none."""
GAP = 2


def interval_picture(
    analysis: Analysis, chosen: int, size: Size, palette: Palette, *, bootstrap: bool
) -> Text:
    """Draw an axis and intervals for each parameter, so many as there is room for.

    It begins with the chosen one where not all have room. An arrow is an open end.
    """
    estimates: Mapping[str, Any] = analysis.told.get("estimates", {})
    kinds = [k for k in KINDS if k in analysis.kinds and (bootstrap or k != "bootstrap")]
    names = list(estimates)
    left = max(map(len, [*names, *kinds]), default=0) + 1
    columns = size[0] - left
    if not names or columns < LEAST:
        return Text("\n" * max(size[1] - 1, 0))
    tall = len(kinds) + 1
    roomy = len(names) * (tall + 1) - 1 <= size[1]
    fits = max(size[1] // tall, 1)
    begin = 0 if len(names) <= fits else min(chosen, len(names) - fits)
    colors = dict(zip(KINDS, (palette.validation, palette.train, palette.true), strict=True))
    rows: list[list[Piece]] = []
    for i, name in list(enumerate(names))[begin : begin + fits]:
        rows += [[]] if roomy and rows else []
        head = (name.ljust(left), "bold reverse" if i == chosen else "bold")
        shown = {kind: colors[kind] for kind in kinds if estimates[name][kind] is not None}
        rows += _parameter(head, estimates[name], shown, columns, palette.axis)
    return joined(rows[: size[1]])


def _parameter(
    head: Piece, told: Mapping[str, Any], kinds: Mapping[str, str], columns: int, plain: str
) -> list[list[Piece]]:
    """Lines of one parameter: its name with the axis, and a bar for each kind in its colour."""
    if not kinds:
        return [[head, ("held" if told["fixed"] else "no interval", plain)]]
    ends = [end for kind in kinds for end in told[kind] if end is not None]
    axis = Axis.between(0, REAL, *limits([told["value"], *ends]))
    lines: list[list[Piece]] = [[head, (_labels(axis, columns), plain)]]
    for kind, color in kinds.items():
        bar = _bar(axis, told["value"], told[kind], columns)
        lines.append([(kind.ljust(len(head[0])), plain), (bar, color)])
    return lines


def _labels(axis: Axis, columns: int) -> str:
    """Round numbers, each about its place, the first ones first, without overlap."""
    line = [" "] * columns
    free = 0
    for value, label in axis_ticks(axis, max(2, columns // 9)):
        at = round(axis.position(value) * (columns - 1))
        begin = min(max(at - len(label) // 2, 0), columns - len(label))
        if begin >= free:
            line[begin : begin + len(label)] = label
            free = begin + len(label) + GAP
    return "".join(line)


def _bar(axis: Axis, value: float, ends: tuple[float | None, float | None], columns: int) -> str:
    """A line from end to end with the estimate on it."""
    low = 0 if ends[0] is None else round(axis.position(ends[0]) * (columns - 1))
    high = columns - 1 if ends[1] is None else round(axis.position(ends[1]) * (columns - 1))
    line = [" "] * low + ["─"] * (high - low + 1) + [" "] * (columns - high - 1)
    line[low] = "◀" if ends[0] is None else "├"
    line[high] = "▶" if ends[1] is None else "┤"
    line[round(axis.position(value) * (columns - 1))] = "●"
    return "".join(line)
