"""A plot of points and lines within axes, in braille."""

from collections.abc import Iterable
from typing import Self

import numpy as np
from numpy.typing import NDArray
from rich.text import Text

from engine.domains import REAL
from engine.surfaces.axis import Axis
from tui.palette import Palette
from tui.pictures.cells import Size
from tui.pictures.frame import Frame
from tui.pictures.raster import Raster
from tui.pictures.strokes import SOLID
from tui.pictures.surface import SMALLEST

__all__ = ["Plot", "limits"]

Array = NDArray[np.float64]
Limits = tuple[float, float]

MARGIN = 0.04
"""Share of the values' range that is left empty on either side of them."""
FEW, MARK = 60, "•"
"""Points up to which each has a mark of its own, and not only a dot, and what that is."""


def limits(*values: Array | Iterable[float]) -> Limits:
    """Ends of an axis that has room for all finite values."""
    every = np.concatenate([np.asarray(list(each), dtype=float) for each in values])
    every = every[np.isfinite(every)]
    if not every.size:
        return 0.0, 1.0
    low, high = float(every.min()), float(every.max())
    room = MARGIN * (high - low) or abs(low) * MARGIN or 1.0
    return low - room, high + room


class Plot:
    """A canvas within axes, each from one number to another, with names."""

    def __init__(
        self, size: Size, palette: Palette, across: Limits, up: Limits, names: tuple[str, str]
    ) -> None:
        self.palette, self.names = palette, names
        self.axes = Axis.between(0, REAL, *across), Axis.between(1, REAL, *up)
        self.frame = Frame.of(size, self.axes, names)
        self.raster = Raster(self.frame.columns, self.frame.rows)

    @staticmethod
    def room(size: Size) -> bool:
        """Whether there is room for a plot."""
        return size[0] >= SMALLEST[0] and size[1] >= SMALLEST[1]

    def grid(self) -> Array:
        """Places across, one for each dot."""
        return self.axes[0].values(self.raster.width)

    def line(self, x: Array, y: Array, color: str, stroke: str = SOLID) -> Self:
        """Draw a line through points, broken at those that are not finite."""
        self.raster.polyline(*self._dots(x, y), color, stroke)
        return self

    def points(self, x: Array, y: Array, color: str) -> Self:
        """Draw points, as marks where they are few."""
        across, down = self._dots(x, y)
        if across.size <= FEW:
            for a, b in zip(across.tolist(), down.tolist(), strict=True):
                if np.isfinite(a) and np.isfinite(b):
                    self.raster.mark(a, b, MARK, color)
            return self
        mask = np.zeros((self.raster.height, self.raster.width), dtype=np.bool_)
        inside = (across >= 0) & (across < self.raster.width)
        inside &= (down >= 0) & (down < self.raster.height)
        mask[down[inside].astype(int), across[inside].astype(int)] = True
        self.raster.stencil(mask, color)
        return self

    def mark(self, x: float, y: float, character: str, color: str = "") -> Self:
        """Put a character at a place, in the colour of what is here where none is told."""
        across, down = self._dots(np.array([x]), np.array([y]))
        self.raster.mark(float(across[0]), float(down[0]), character, color or self.palette.here)
        return self

    def text(self) -> Text:
        """Return the picture."""
        return self.frame.around(self.raster, self.names, self.palette.axis)

    def _dots(self, x: Array, y: Array) -> tuple[Array, Array]:
        with np.errstate(over="ignore", invalid="ignore"):
            across = self.axes[0].positions(np.asarray(x, dtype=float)) * self.raster.width
            down = (1.0 - self.axes[1].positions(np.asarray(y, dtype=float))) * self.raster.height
        return across, down
