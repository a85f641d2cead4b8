"""Charts as text: pure functions from numbers, a size and a palette.

plotext draws the bars and the axis below them, which stay while a run moves. The axes of curves
are those of maps, and curves are drawn in braille. This is the only file that knows plotext.
Its figure is global state, so every function clears, draws and builds in one go.
"""

import math
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import plotext
from numpy.typing import NDArray
from rich.text import Text

from tui.palette import Palette
from tui.pictures.cells import Piece, Size
from tui.pictures.curve import Curve, thin
from tui.pictures.frame import Frame
from tui.pictures.layer import Layer
from tui.pictures.raster import Raster
from tui.pictures.ticks import Tick, even_step, round_step
from tui.texts.format import power, tick

__all__ = ["density_chart", "line_chart"]

Array = NDArray[np.float64]

Rows = list[list[Piece]]
Limits = tuple[float, float]

ESCAPE = re.compile(r"\x1b\[([0-9;]*)m")
SMALLEST = (12, 4)
LARGE = 1000
PREFERRED = (10, 12, 16, 20, 25, 32, 40, 50, 64, 80, 100)
"""Each about a quarter more than the one before (ISO 3, series R 10)."""
FINE = 50
"""Steps between the limits of an axis, which begins and ends at one."""


def line_chart(  # noqa: PLR0913 - all but three have a natural value
    curves: Sequence[Curve],
    size: Size,
    palette: Palette,
    *,
    log: bool = False,
    log_x: bool = False,
    least: float = 1.0,
    growing: bool = False,
) -> Text:
    """Draw curves over epochs, or something else of which no less is shown or told apart.

    With ``log`` their ordinates are the logarithms of what is drawn, with ``log_x`` their
    abscissas. Where they are ``growing`` the axis leaves them room, so that it can stay.
    """
    finite = [thin(c, size[0]) for c in curves]
    finite = [c for c in finite if c.y.size]
    if not finite or size[0] < SMALLEST[0] or size[1] < SMALLEST[1]:
        return Text("\n" * max(size[1] - 1, 0))
    low = min(float(c.y.min()) for c in finite)
    high = max(float(c.y.max()) for c in finite)
    if not high - low > 1e-12 * max(abs(low), abs(high)):
        margin = max(abs(high) * 1e-3, 1e-3)
        low, high = low - margin, high + margin
    # round limits let the axes stay while the curves grow a little
    step = round_step(high - low, FINE)
    low, high = math.floor(low / step) * step, math.ceil(high / step) * step
    left = min(float(c.x[0]) for c in finite)
    right = max(left + least, *(float(c.x[-1]) for c in finite))
    right = math.ceil(right * FINE) / FINE if log_x else _rounded_up(right, growing=growing)
    frame, canvas = _axes(((left, right), (low, high)), size, palette, (log_x, log), least)
    raster = _drawn(finite, (left, right), (low, high), canvas)
    return frame.under(raster.lines(), size[0] - canvas[0]).text()


def _rounded_up(number: float, *, growing: bool) -> float:
    """Round a large number up to two digits, or a growing one to a preferred number."""
    if number < LARGE:
        return number
    digits = PREFERRED if growing else range(10, 101)
    unit = 10.0 ** (math.floor(math.log10(number)) - 1)
    return next(digit * unit for digit in digits if digit * unit >= number)


@lru_cache(maxsize=32)
def _axes(
    limits: tuple[Limits, Limits],
    size: Size,
    palette: Palette,
    log: tuple[bool, bool],
    least: float,
) -> tuple[Layer, Size]:
    """Axes of a line chart alone, each of which may be of powers of ten, and the room within."""
    across, up = limits
    upward = _ticks(up, max(3, size[1] // 3), "1e{:.0f}".format if log[1] else None)
    most = max(2, size[0] // (8 if log[0] else 16))
    sideward = _ticks(across, most, power if log[0] else None, least)
    frame = Frame.even(size, (across, sideward), (up, upward))
    return frame.axes(("", ""), palette.axis), (frame.columns, frame.rows)


def _drawn(curves: Sequence[Curve], across: Limits, up: Limits, canvas: Size) -> Raster:
    """Curves in braille, between limits that are the centres of the outermost dots."""
    raster = Raster(*canvas)
    for curve in curves:
        x = (curve.x - across[0]) / (across[1] - across[0]) * (raster.width - 1) + 0.5
        y = (up[1] - curve.y) / (up[1] - up[0]) * (raster.height - 1) + 0.5
        again = 2 if y.size == 1 else 1
        raster.polyline(np.repeat(x, again), np.repeat(y, again), curve.color, curve.stroke)
        if curve.mark:
            raster.mark(float(x[-1]), float(y[-1]), curve.mark, curve.color)
    return raster


def density_chart(
    histogram: tuple[Array, Array], curves: Sequence[Curve], size: Size, palette: Palette
) -> Text:
    """Draw density curves over a histogram, given as heights and edges.

    A bar has no height where that is beyond the largest double.
    """
    heights, edges = histogram
    if size[0] < SMALLEST[0] or size[1] < SMALLEST[1]:
        return Text("\n" * max(size[1] - 1, 0))
    top = _top(heights, curves)
    shares = np.where(np.isfinite(heights), heights, 0.0) / top
    bars, canvas = _bars(shares.tobytes(), edges.tobytes(), size, palette)
    shown = [replace(c, y=np.where(c.y <= top, c.y, np.nan)) for c in curves]
    raster = _drawn(shown, (float(edges[0]), float(edges[-1])), (0.0, top), canvas)
    return bars.under(raster.lines(), 0).text()


def _top(heights: Array, curves: Sequence[Curve]) -> float:
    """Where the axis ends: by the bars, or by the curves where all that is known are bounds."""
    known = (each[np.isfinite(each)] for each in (heights, *(curve.y for curve in curves)))
    highest = (float(each.max(initial=0.0)) for each in known)
    return min(1.25 * next((top for top in highest if top > 0), 1.0), sys.float_info.max)


@lru_cache(maxsize=8)
def _bars(shares: bytes, edges: bytes, size: Size, palette: Palette) -> tuple[Layer, Size]:
    """Draw the histogram alone, which stays while the curves move, and tell their room.

    Heights are shares of the axis, and so are places for plotext, whatever the values' size.
    """
    height, edge = np.frombuffer(shares), np.frombuffer(edges)
    _begin((float(edge[0]), float(edge[-1])), size, palette)
    x = np.linspace(0.0, 1.0, 2 * size[0] + 1)[:-1]
    bins = np.searchsorted((edge - edge[0]) / (edge[-1] - edge[0]), x, "right") - 1
    y = height[np.clip(bins, 0, height.size - 1)]
    color = _rgb(palette.histogram)
    some = y > 0  # a bar of no height would be a line
    plotext.scatter(x[some].tolist(), y[some].tolist(), marker="hd", color=color, fillx=True)
    return _built(size)


def _begin(across: Limits, size: Size, palette: Palette) -> None:
    """Begin a figure with an axis below, and none beside."""
    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.plot_size(*size)
    plotext.canvas_color("default")
    plotext.axes_color("default")
    plotext.ticks_color(_rgb(palette.axis))
    plotext.xlim(0.0, 1.0)
    plotext.ylim(0.0, 1.0)
    plotext.xaxes(True, False)
    plotext.yaxes(False, False)
    plotext.yticks([])
    ticks = _ticks(across, max(2, size[0] // 14))
    places = [(place - across[0]) / (across[1] - across[0]) for place, _ in ticks]
    plotext.xticks(places, [label for _, label in ticks])


def _built(size: Size) -> tuple[Layer, Size]:
    """Cells of plotext's figure, and the columns and rows above its axis."""
    figure = Layer.of(_cells(plotext.build()), size)
    lines = figure.text().plain.split("\n")
    axis = [row for row, line in enumerate(lines) if "─" in line]
    return figure, (size[0], max(axis, default=len(lines)))


def _ticks(
    limits: Limits,
    most: int,
    powers: Callable[[float], str] | None = None,
    least: float = 0.0,
) -> list[Tick]:
    """At most so many round numbers for an axis; or powers of ten, labelled by ``powers``."""
    low, high = limits
    step = max(even_step(low, high, most), least)
    if powers:
        step = max(1.0, math.ceil(round_step(high - low, most)))
    ticks = np.arange(math.ceil(low / step), math.floor(high / step) + 1) * step
    labels = [powers(t) if powers else tick(float(t), step) for t in ticks]
    if powers and not labels:
        # none within a power of ten: whole multiples of the one below
        inside = np.log10(np.arange(1.0, 10.0)) + math.floor(low)
        inside = inside[(inside >= low) & (inside <= high)]
        ticks = inside[:: max(1, inside.size // most)]
        labels = [f"{10.0**t:.2g}" for t in ticks]
    return list(zip(ticks.tolist(), labels, strict=True))


def _rgb(color: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(color[1:]))


def _cells(built: str) -> Rows:
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
