"""The relief of a log-likelihood: shades that tell how far below the maximum, and contours.

Both are made from the root of the gap to the maximum, √(top − log L). It grows evenly with
the distance from the maximum of a quadratic surface, so that interpolating it between cells
loses little even where a region is only a few cells wide.
"""

import numpy as np
from numpy.typing import NDArray

from engine.surfaces.bilinear import bilinear

__all__ = ["SHADES", "contour", "resampled", "root_gap", "shading"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

SHADES = 16
FARTHEST = 1e150
"""Root of the gap to what has no likelihood."""
LEAST_CELLS = 12
"""Cells of the field that a region needs for its boundary to be more than a guess."""
OUTLYING = 0.98


def root_gap(field: Array, top: float) -> Array:
    """Return √(top − log L), 0 above the top and huge where there is no likelihood."""
    gap = top - np.where(np.isnan(field), -np.inf, field)
    return np.sqrt(np.clip(gap, 0.0, FARTHEST**2))


def resampled(field: Array, rows: int, columns: int) -> Array:
    """Values of a field at the centres of a grid of other cells over the same window."""
    down = (np.arange(rows) + 0.5) * field.shape[0] / rows - 0.5
    across = (np.arange(columns) + 0.5) * field.shape[1] / columns - 0.5
    return bilinear(field, down, across)


def shading(root: Array) -> NDArray[np.intp]:
    """Shade of each cell, from 0 far below to ``SHADES`` − 1 at the highest one.

    Shades follow log(1 + gap), so that there is structure near the top as well as a million
    below. The lowest fiftieth is out of scale, for a likelihood may fall without bound.
    """
    logs = np.log1p(root * root)
    seen = logs[root < FARTHEST]
    if not seen.size:
        return np.zeros(root.shape, dtype=np.intp)
    high, low = float(seen.min()), float(np.quantile(seen, OUTLYING))
    share = (low - logs) / max(low - high, 1e-9)
    return (np.clip(share, 0.0, 1.0) * (SHADES - 1) + 0.5).astype(np.intp)


def contour(field: Array, fine: Array, drop: float) -> Mask:
    """Dots of a fine field that are just inside of where the likelihood has fallen by a drop.

    ``field`` is what the fine one was made from, both as roots of the gap; where only a few
    of its cells are inside, nothing is drawn, for nothing is known of the boundary.
    """
    level = drop**0.5
    inside = fine <= level
    if min(np.count_nonzero(field <= level), np.count_nonzero(inside)) < LEAST_CELLS:
        return np.zeros(fine.shape, dtype=np.bool_)
    inner = inside.copy()
    inner[1:] &= inside[:-1]
    inner[:-1] &= inside[1:]
    inner[:, 1:] &= inside[:, :-1]
    inner[:, :-1] &= inside[:, 1:]
    edge: Mask = inside & ~inner
    return edge
