"""The picture of a log-likelihood along one parameter, with its tangent where the run is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rich.text import Text

from engine.domains import REAL
from engine.surfaces.axis import Axis
from tui.palette import Palette
from tui.pictures.cells import Size
from tui.pictures.frame import Frame
from tui.pictures.raster import Raster
from tui.pictures.strokes import DASHED, DOTTED, SOLID
from tui.pictures.surface import SMALLEST

__all__ = ["SliceView", "slice_picture"]

Array = NDArray[np.float64]

STEEPEST = 0.1
"""Share of a slice that may fall out of sight below, for it may fall without bound."""
MARGIN = 0.08
CLOSE = 1.0
"""Rows below the top from which a level is drawn."""
NAME = "log L"


@dataclass(frozen=True, eq=False)
class SliceView:
    """What is seen of a slice, as ``engine.surfaces.slices`` gives it."""

    axis: Axis
    values: Array
    """Values of the parameter, rising, shape (n,)."""
    heights: Array
    """Log-likelihood at each, −∞ where there is none; shape (n,)."""
    symbol: str
    position: float | None = None
    """Where the run is."""
    height: float | None = None
    """Log-likelihood there."""
    slope: float | None = None
    """Its derivative by the parameter there, for the tangent."""
    maximum: float | None = None
    top: float | None = None
    """Log-likelihood at the maximum."""
    drops: Sequence[float] = ()
    """How far below the top to draw the levels of intervals (``surface.drops(1)``)."""


def slice_picture(view: SliceView, size: Size, palette: Palette) -> Text:
    """Draw a slice, its maximum, and the place and tangent of a run; blank without room."""
    if size[0] < SMALLEST[0] or size[1] < SMALLEST[1]:
        return Text("\n" * max(size[1] - 1, 0), no_wrap=True, end="")
    axes = (view.axis, _heights(view))
    frame = Frame.of(size, axes, (view.symbol, NAME))
    raster = Raster(frame.columns, frame.rows)
    _levels(raster, axes, view, palette.axis)
    _tangent(raster, axes, view, palette.fitted)
    _line(raster, axes, view.values, view.heights, (palette.train, SOLID))
    for value, height, character, color in (
        (view.maximum, view.top, "✚", palette.maximum),
        (view.position, view.height, "●", palette.here),
    ):
        if value is not None and height is not None:
            x, y = _dots(raster, axes, np.array([value]), np.array([height]))
            raster.mark(float(x[0]), float(y[0]), character, color)
    return frame.around(raster, (view.symbol, NAME), palette.axis)


def _heights(view: SliceView) -> Axis:
    """Axis of the log-likelihood, from where most of the slice is above to the top."""
    finite = view.heights[np.isfinite(view.heights)]
    marks = [h for h in (view.height, view.top) if h is not None and np.isfinite(h)]
    seen = np.append(marks, np.quantile(finite, [STEEPEST, 1.0]) if finite.size else [])
    if not seen.size:
        return Axis.between(0, REAL, -1.0, 0.0)
    low, high = float(seen.min()), float(seen.max())
    room = MARGIN * (high - low) or 1.0
    return Axis.between(0, REAL, low - room, high + room)


def _dots(
    raster: Raster, axes: tuple[Axis, Axis], values: Array, heights: Array
) -> tuple[Array, Array]:
    """Places on the canvas, in dots."""
    with np.errstate(over="ignore", invalid="ignore"):
        across = axes[0].positions(values) * raster.width
        down = (1.0 - axes[1].positions(heights)) * raster.height
    return across, down


def _line(
    raster: Raster, axes: tuple[Axis, Axis], values: Array, heights: Array, look: tuple[str, str]
) -> None:
    raster.polyline(*_dots(raster, axes, values, heights), *look)


def _levels(raster: Raster, axes: tuple[Axis, Axis], view: SliceView, color: str) -> None:
    """Draw the levels of intervals, where they can be told from the top."""
    low, high = axes[1].ends
    if view.top is None or not view.drops or view.drops[0] < CLOSE * (high - low) / raster.rows:
        return
    ends = np.array([view.axis.low, view.axis.high])
    for drop in view.drops:
        _line(raster, axes, ends, np.full(2, view.top - drop), (color, DOTTED))


def _tangent(raster: Raster, axes: tuple[Axis, Axis], view: SliceView, color: str) -> None:
    """Draw the tangent, which is a line in the parameter and bent where its axis is mapped."""
    if view.position is None or view.height is None or view.slope is None:
        return
    values = axes[0].values(raster.width)
    with np.errstate(over="ignore", invalid="ignore"):
        heights = view.height + view.slope * (values - view.position)
    _line(raster, axes, values, heights, (color, DASHED))
