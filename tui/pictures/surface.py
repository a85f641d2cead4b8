"""The picture of a likelihood over two parameters, with the path that climbs it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rich.text import Text

from engine.surfaces.axis import Axis
from engine.surfaces.surface import DROPS, LEVELS
from tui.palette import Palette
from tui.pictures.cells import Size
from tui.pictures.frame import Frame
from tui.pictures.raster import Raster
from tui.pictures.relief import SHADES, contour, resampled, root_gap, shading
from tui.pictures.shades import mixed, ramp
from tui.pictures.strokes import DOTTED, SOLID

__all__ = ["SMALLEST", "SurfaceView", "surface_picture"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Point = Sequence[float] | Array

SMALLEST = (12, 4)
TEXTURE = " " * 6 + "░" * 5 + "▒" * 3 + "▓" * 2
"""For each shade from far below the maximum on, where there are no colours for them."""
DIM = 0.45
ARROW = 14.0
HEAD = 3.0
"""Lengths of the arrow and of its head, in dots."""
LEAST_LABELLED = 4
"""Rows a region spans, at the least, for its level to be written on its boundary."""


@dataclass(frozen=True, eq=False)
class SurfaceView:
    """What is seen of a surface. Points are pairs of parameters in their own units, (m, 2)."""

    axes: tuple[Axis, Axis]
    grid: Array
    """Log-likelihood at cells' centres, the high end of the vertical axis first; any shape."""
    top: float
    """Log-likelihood that the gap is measured from, the maximum's."""
    symbols: tuple[str, str]
    path: Array | None = None
    ahead: Array | None = None
    """What the tape has beyond the present place."""
    ghosts: Sequence[Array] = ()
    lanes: Sequence[tuple[Array, str, str]] = ()
    """The ways of optimizers, each with the mark at its end and its colour."""
    position: Point | None = None
    start: Point | None = None
    maximum: Point | None = None
    true: Point | None = None
    arrow: Point | None = None
    """Direction of the gradient in fractions of the window; its length does not matter."""
    drops: Sequence[float] = DROPS
    """Gaps at which to draw the boundaries of the regions at ``LEVELS``."""


def surface_picture(view: SurfaceView, size: Size, palette: Palette) -> Text:
    """Draw a surface, its likelihood regions, paths and marks; blank where there is no room."""
    if size[0] < SMALLEST[0] or size[1] < SMALLEST[1]:
        return Text("\n" * max(size[1] - 1, 0), no_wrap=True, end="")
    frame = Frame.of(size, view.axes, view.symbols)
    raster = Raster(frame.columns, frame.rows)
    root = root_gap(view.grid, view.top)
    levels = shading(resampled(root, raster.rows, raster.columns))
    if len(set(palette.surface)) > 1:
        raster.shade(levels, ("", *ramp(palette.surface, SHADES)[1:]))
    else:
        raster.shade(levels, ("",) * SHADES)
        raster.weave(TEXTURE, palette.axis)
    fine = resampled(root, raster.height, raster.width)
    boundaries = [contour(root, fine, drop) for drop in view.drops]
    for boundary in reversed(boundaries):
        raster.stencil(boundary, palette.contour)
    _paths(raster, view, palette)
    _labels(raster, boundaries, palette.contour)
    _marks(raster, view, palette)
    return frame.around(raster, view.symbols, palette.axis)


def _dots(raster: Raster, view: SurfaceView, points: Array) -> tuple[Array, Array]:
    """Places of points on the canvas, in dots."""
    with np.errstate(over="ignore", invalid="ignore"):
        across = view.axes[0].positions(points[:, 0]) * raster.width
        down = (1.0 - view.axes[1].positions(points[:, 1])) * raster.height
    return across, down


def _paths(raster: Raster, view: SurfaceView, palette: Palette) -> None:
    """Draw paths, what matters most last."""
    dim = mixed(palette.fitted, palette.ground, DIM)
    ghost = mixed(palette.axis, palette.ground, DIM / 2)
    lanes = [(points, color, SOLID) for points, _, color in view.lanes]
    ghosts = [(points, ghost, DOTTED) for points in view.ghosts]
    path = [(view.ahead, dim, SOLID), *lanes, (view.path, palette.fitted, SOLID)]
    for points, color, stroke in [*ghosts, *path]:
        if points is not None and len(points):
            raster.polyline(*_dots(raster, view, points), color, stroke)


def _labels(raster: Raster, boundaries: list[Mask], color: str) -> None:
    """Write the regions' levels on their boundaries, at the bottom or the top, where it is free."""
    for i, (level, boundary) in enumerate(zip(LEVELS, boundaries, strict=False)):
        rows = np.flatnonzero(boundary.any(axis=1))
        if rows.size == 0 or rows[-1] - rows[0] < 4 * LEAST_LABELLED:
            continue
        text = f"{100.0 * level:.0f}"
        others = np.any([*boundaries[:i], *boundaries[i + 1 :], np.zeros_like(boundary)], axis=0)
        for row in (rows[-1] // 4, rows[0] // 4):
            dots = np.flatnonzero(boundary[4 * row : 4 * row + 4].any(axis=0))
            column = round(float(dots.mean()) / 2.0 - len(text) / 2.0)
            cells = others[4 * row : 4 * row + 4, 2 * max(column, 0) : 2 * (column + len(text))]
            if not cells.any() and raster.free(column, row, len(text), (color,)):
                raster.write(column, row, text, color)
                break


def _marks(raster: Raster, view: SurfaceView, palette: Palette) -> None:
    """Put the marks, what matters most last, and the arrow of the gradient."""
    marks = (
        (view.true, "◇", palette.true),
        (view.start, "○", palette.initial),
        *((points[-1], mark, color) for points, mark, color in view.lanes if len(points)),
        (view.maximum, "✚", palette.maximum),
        (view.position, "●", palette.here),
    )
    if view.arrow is not None and view.position is not None:
        _arrow(raster, view, palette.here)
    for point, character, color in marks:
        if point is not None:
            across, down = _dots(raster, view, np.asarray(point, dtype=float).reshape(1, 2))
            raster.mark(float(across[0]), float(down[0]), character, color)


def _arrow(raster: Raster, view: SurfaceView, color: str) -> None:
    """Draw an arrow from the position along a direction, which is one on the canvas too."""
    across, down = _dots(raster, view, np.asarray(view.position, dtype=float).reshape(1, 2))
    x, y = float(across[0]), float(down[0])
    toward = np.asarray(view.arrow, dtype=float) * (raster.width, -raster.height)
    length = math.hypot(*toward)
    if not (0 < length < math.inf and 0 <= x < raster.width and 0 <= y < raster.height):
        return
    way = toward / length
    turned = np.array([-way[1], way[0]])
    tip = np.array([x, y]) + ARROW * way
    barbs = tip - HEAD * way + np.array([[HEAD], [-HEAD]]) * turned
    line = np.array([[x, y], tip, barbs[0], tip, barbs[1]])
    raster.polyline(line[:, 0], line[:, 1], color)
