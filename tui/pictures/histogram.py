"""A histogram of a sample in block characters, with one observation's place lit."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.text import Text

from engine.samples.histogram import divisible
from engine.samples.sample import Sample
from tui.palette import Palette
from tui.pictures.cells import Piece, Size, joined
from tui.texts import format as write

__all__ = ["Bars", "bars", "histogram"]

Array = NDArray[np.float64]
BLOCKS = " ▁▂▃▄▅▆▇█"
FEW = 5000
BULK = (0.0, 0.005, 0.995, 1.0)
SMALLEST = (12, 3)


class Bars(NamedTuple):
    """Heights of the bars as fractions of the tallest, and the ends of their range."""

    heights: Array
    low: float
    high: float


def bars(sample: Sample, columns: int, *, whole: bool) -> Bars:
    """Count a sample, with its weights, in a bar for each column; fewer where it is small.

    Censored observations stand between their bounds. Of far tails as much is counted as
    leaves the bulk its room. A bar for each count where there is room for it.
    """
    likely = sample.imputed()
    least, low, high, greatest = likely.quantiles(*BULK)
    low, high = max(least, 2 * low - high), min(greatest, 2 * high - low)
    if whole and high - low < columns:
        low, high = math.floor(low) - 0.5, math.floor(high) + 0.5
        count = round(high - low)
    else:
        margin = (high - low) / columns or abs(low) / 10 or 1.0
        low, high = low - margin, high + margin
        few = 3 * int(np.log2(likely.values.size) + 1)
        count = min(columns, few) if likely.values.size < FEW else columns
        low, high = divisible(low, high, count)
    counts, _ = np.histogram(likely.values, count, (low, high), weights=likely.weights)
    across = np.arange(columns) * count // columns
    heights = counts[across] / max(float(counts.max()), 1e-300)
    return Bars(heights, low, high)


def histogram(found: Bars, lit: tuple[float, float] | None, size: Size, palette: Palette) -> Text:
    """Draw the bars over an axis, those between the two ends of ``lit`` in another colour.

    A place beyond the axis is pointed at from its end.
    """
    columns, rows = len(found.heights), size[1] - 2
    if columns < SMALLEST[0] or size[1] < SMALLEST[1]:
        return Text()
    first, last = (-1, -1) if lit is None else _columns(found, lit)
    eighths = np.ceil(found.heights * rows * 8).astype(int)
    lines: list[list[Piece]] = []
    for row in range(rows):
        level = np.clip(eighths - 8 * (rows - 1 - row), 0, 8)
        lines.append(
            [
                (BLOCKS[h], palette.fitted if first <= i <= last else palette.train)
                for i, h in enumerate(level.tolist())
            ]
        )
    marks = ["▲" if first <= i <= last else "─" for i in range(columns)]
    if lit is not None and last < 0:
        marks[0], first, last = "◀", 0, 0
    elif lit is not None and first >= columns:
        marks[-1], first, last = "▶", columns - 1, columns - 1
    lines.append(
        [(m, palette.fitted if first <= i <= last else palette.axis) for i, m in enumerate(marks)]
    )
    lines.append([(_labels(found, columns), palette.axis)])
    return joined(lines)


def _columns(found: Bars, lit: tuple[float, float]) -> tuple[int, int]:
    """First and last column between two values, which lie outside where the values do."""
    columns, width = len(found.heights), found.high - found.low
    first, last = (
        math.floor(np.clip((end - found.low) / width, -1.0, 2.0) * columns) for end in lit
    )
    # an open end reaches to the edge, and no further
    if math.isinf(lit[0]):
        first = min(max(first, 0), last)
    if math.isinf(lit[1]):
        last = max(min(last, columns - 1), first)
    return first, last


def _labels(found: Bars, columns: int) -> str:
    """Write both ends of the axis, and its middle where there is room."""
    places, unit = (found.low, (found.low + found.high) / 2, found.high), found.high - found.low
    low, middle, high = (write.sized(place, 4, unit / 10) for place in places)
    if len(low) + len(high) >= columns:
        return high.rjust(columns)
    if columns < max(36, len(low) + len(middle) + len(high) + 2):
        return f"{low}{high:>{columns - len(low)}}"
    left = max(columns // 2 - len(low) - len(middle) // 2, 1)
    head = f"{low}{' ' * left}{middle}"
    return f"{head}{high:>{columns - len(head)}}"
