"""Charts as text: pure functions from numbers, a size and a palette, through plotext.

This is the only file that knows plotext. Its figure is global state, so every function
clears, draws and builds in one go.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import numpy as np
import plotext
from numpy.typing import NDArray
from rich.text import Text

from tui.cells import Piece, Size, joined
from tui.format import tick
from tui.palette import Palette
from tui.ticks import round_step

__all__ = ["Curve", "density_chart", "line_chart"]

Array = NDArray[np.float64]

ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")
SMALLEST = (12, 4)


@dataclass(frozen=True, eq=False)
class Curve:
    """A line through points, in a colour."""

    x: Array
    y: Array
    color: str


def line_chart(curves: Sequence[Curve], size: Size, palette: Palette, *, log: bool = False) -> Text:
    """Draw curves over epochs; with ``log`` their ordinates are powers of ten."""
    finite = [thin(c, size[0]) for c in curves]
    finite = [c for c in finite if c.y.size]
    if not finite or size[0] < SMALLEST[0] or size[1] < SMALLEST[1]:
        return Text("\n" * max(size[1] - 1, 0))
    low = min(float(c.y.min()) for c in finite)
    high = max(float(c.y.max()) for c in finite)
    if not high - low > 1e-12 * max(abs(low), abs(high)):
        margin = max(abs(high) * 1e-3, 1e-3)
        low, high = low - margin, high + margin
    left = min(float(c.x[0]) for c in finite)
    right = max(left + 1.0, *(float(c.x[-1]) for c in finite))
    _begin(size, palette)
    plotext.xlim(left, right)
    plotext.ylim(low, high)
    _ticks(plotext.yticks, low, high, max(2, size[1] // 3), log=log)
    _ticks(plotext.xticks, left, right, max(2, size[0] // 16))
    for curve in finite:
        _plot(curve)
    return _text(_cells(plotext.build()), size)


def density_chart(
    histogram: tuple[Array, Array], curves: Sequence[Curve], size: Size, palette: Palette
) -> Text:
    """Draw density curves over a histogram, given as heights and edges."""
    heights, edges = histogram
    if size[0] < SMALLEST[0] or size[1] < SMALLEST[1]:
        return Text("\n" * max(size[1] - 1, 0))
    top = float(heights.max()) * 1.25
    bars = _bars(heights.tobytes(), edges.tobytes(), size, palette)
    _density_axes(edges, top, size, palette)
    for curve in curves:
        _plot(Curve(curve.x, np.where(curve.y <= top, curve.y, np.nan), curve.color))
    return _text(_over(_cells(plotext.build()), bars), size)


@lru_cache(maxsize=8)
def _bars(heights: bytes, edges: bytes, size: Size, palette: Palette) -> list[list[Piece]]:
    """Draw the histogram alone; it stays while the curves move."""
    height, edge = np.frombuffer(heights), np.frombuffer(edges)
    _density_axes(edge, float(height.max()) * 1.25, size, palette)
    x = np.linspace(edge[0], edge[-1], 2 * size[0] + 1)[:-1]
    y = height[np.clip(np.searchsorted(edge, x, "right") - 1, 0, height.size - 1)]
    color = _rgb(palette.histogram)
    plotext.plot(x.tolist(), y.tolist(), marker="hd", color=color, fillx=True)
    return _cells(plotext.build())


def _density_axes(edges: Array, top: float, size: Size, palette: Palette) -> None:
    low, high = float(edges[0]), float(edges[-1])
    _begin(size, palette)
    plotext.xlim(low, high)
    plotext.ylim(0.0, top)
    plotext.yaxes(False, False)
    plotext.yticks([])
    _ticks(plotext.xticks, low, high, max(2, size[0] // 14))


def thin(curve: Curve, most: int) -> Curve:
    """Keep the finite points, and of many only each stretch's extremes and the ends."""
    keep = np.isfinite(curve.y)
    whole = bool(keep.all())
    x, y = (curve.x, curve.y) if whole else (curve.x[keep], curve.y[keep])
    if y.size > 2 * most:
        begins = np.linspace(0, y.size, most + 1).astype(int)[:-1]
        low, high = np.minimum.reduceat(y, begins), np.maximum.reduceat(y, begins)
        rising = y[begins] <= low + (high - low) / 2
        pairs = np.where(rising, [low, high], [high, low])
        x = np.concatenate([np.repeat(x[begins], 2), x[-1:]])
        y = np.concatenate([pairs.T.ravel(), y[-1:]])
    return Curve(x, y, curve.color)


def _begin(size: Size, palette: Palette) -> None:
    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plot_size(*size)
    plotext.canvas_color("default")
    plotext.axes_color("default")
    plotext.ticks_color(_rgb(palette.axis))
    plotext.xaxes(True, False)
    plotext.yaxes(True, False)


def _plot(curve: Curve) -> None:
    """Draw each unbroken run of points as one line."""
    for finite, run in groupby(range(curve.y.size), key=lambda i: bool(np.isfinite(curve.y[i]))):
        if finite:
            run_of = list(run)
            plotext.plot(
                curve.x[run_of].tolist(),
                curve.y[run_of].tolist(),
                marker="braille",
                color=_rgb(curve.color),
            )


def _ticks(place: object, low: float, high: float, most: int, *, log: bool = False) -> None:
    """Put at most so many round numbers on an axis."""
    step = round_step(high - low, most)
    if log:
        step = max(1.0, math.ceil(step))
    ticks = np.arange(math.ceil(low / step), math.floor(high / step) + 1) * step
    labels = [f"1e{t:.0f}" if log else tick(float(t), step) for t in ticks]
    place(ticks.tolist(), labels)  # type: ignore[operator]


def _rgb(color: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(color[1:]))


def _cells(built: str) -> list[list[Piece]]:
    """Read plotext's own few colour sequences into rows of (character, colour)."""
    rows = []
    for line in built.rstrip("\n").split("\n"):
        cells: list[Piece] = []
        color = ""
        parts = ESCAPE.split(line)
        for text, code in zip(parts[::2], [*parts[1::2], ""], strict=True):
            cells += [(character, color) for character in text]
            rgb = code.split(";")[2:]
            color = "#" + bytes(map(int, rgb)).hex() if len(rgb) == 3 else ""
        rows.append(cells)
    return rows


def _over(front: list[list[Piece]], back: list[list[Piece]]) -> list[list[Piece]]:
    """Lay curves over bars: where a bar fills a cell it shines through as the background."""
    merged = []
    for upper, lower in zip(front, back, strict=True):
        padded = lower + [(" ", "")] * (len(upper) - len(lower))
        merged.append(
            [
                below if over[0] == " " else _on(over, below)
                for over, below in zip(upper, padded, strict=False)
            ]
        )
    return merged


def _on(over: Piece, below: Piece) -> Piece:
    full = below[0] == "█" and over[0] > "\u2800"
    return (over[0], f"{over[1]} on {below[1]}") if full else over


def _text(rows: list[list[Piece]], size: Size) -> Text:
    """Join cells as far as the size goes."""
    return joined(row[: size[0]] for row in rows[: size[1]])
