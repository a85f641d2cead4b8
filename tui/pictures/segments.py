"""Lines to dots, for thousands of segments at once and any coordinates.

Segments are cut to the canvas (Liang & Barsky, A new concept and method for line clipping,
ACM Transactions on Graphics 3, 1984) and stepped through along their longer side.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["clipped", "dots_between"]

Array = NDArray[np.float64]
Dots = NDArray[np.intp]

FARTHEST = 1e7
"""Distance in dots to which farther points are pulled in, along the line to the corner."""
MANY = 1000
"""Segments among which those are looked for that are there already."""
MOST_DOTS = 20_000
"""Dots beyond which the oldest segments of a scribble are drawn as their ends alone."""


def clipped(x: Array, y: Array, width: int, height: int) -> Dots:
    """Segments between successive points as dots of the canvas: x, y, x, y; shape (4, m).

    What lies outside is cut off, and of many segments each is there once. There is none to or
    from a point that is not finite; a point between two of these is a segment of its own.
    """
    x, y = _pulled(np.asarray(x, dtype=float), np.asarray(y, dtype=float))
    x, y = _thinned(x, y)
    if x.size == 0:
        return np.zeros((4, 0), dtype=np.intp)
    # a last segment from the last point to itself, so that a single point is drawn
    begin = np.stack([x, y])
    end = np.concatenate([begin[:, 1:], begin[:, -1:]], axis=1)
    inside = (begin >= 0).all() and (begin.max(axis=1) < (width, height)).all()
    cut = np.concatenate([begin, end]) if inside else _finite_cut(begin, end, width, height)
    dots = cut.astype(np.intp)
    if dots.shape[1] < MANY:
        return dots
    codes = np.ravel_multi_index(tuple(dots), (width, height, width, height))
    return dots[:, np.sort(np.unique(codes, return_index=True)[1])]


def dots_between(segments: Dots) -> tuple[Dots, Dots]:
    """All dots on segments, as x and y."""
    x, y, right, down = segments
    lengths = np.maximum(np.abs(right - x), np.abs(down - y))
    newest = np.cumsum((lengths + 1)[::-1])[::-1] <= MOST_DOTS
    lengths = np.where(newest, lengths, 0)
    which = np.repeat(np.arange(lengths.size), lengths + 1)
    ends = np.cumsum(lengths + 1)
    step = np.arange(which.size) - (ends - lengths - 1)[which]
    share = step / np.maximum(lengths, 1)[which]
    across = np.rint(x[which] + share * (right - x)[which]).astype(np.intp)
    return across, np.rint(y[which] + share * (down - y)[which]).astype(np.intp)


def _pulled(x: Array, y: Array) -> tuple[Array, Array]:
    """Pull points in whose distance would make the arithmetic meaningless."""
    with np.errstate(invalid="ignore", over="ignore"):
        farther = np.maximum(np.maximum(np.abs(x), np.abs(y)) / FARTHEST, 1.0)
        return x / farther, y / farther


def _thinned(x: Array, y: Array) -> tuple[Array, Array]:
    """Leave out points on the dot of the one before, and all but one of those not finite."""
    if x.size == 0:
        return x, y
    across, down = np.floor(x), np.floor(y)
    missing = np.isnan(across + down)
    moved = (np.diff(across) != 0) | (np.diff(down) != 0)
    moved &= ~(missing[1:] & missing[:-1])
    kept = np.append(True, moved)
    return x[kept], y[kept]


def _finite_cut(begin: Array, end: Array, width: int, height: int) -> Array:
    """Cut segments, of which some ends are not finite, to dots of a canvas."""
    end = np.where(np.isfinite(end).all(axis=0), end, begin)
    finite = np.isfinite(begin).all(axis=0)
    cut = _cut(begin[:, finite], end[:, finite], np.array([[width], [height]], dtype=float))
    highest = np.array([[width - 1], [height - 1]] * 2)
    return np.clip(cut, 0, highest)


def _cut(begin: Array, end: Array, size: Array) -> Array:
    """Cut segments, given by the ends of each, shape (2, m), to a canvas; shape (4, m')."""
    way = end - begin
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        to_low, to_high = -begin / way, (size - begin) / way
    still = way == 0
    outside = (still & ((begin < 0) | (begin >= size))).any(axis=0)
    enter = np.where(still, 0.0, np.minimum(to_low, to_high)).max(axis=0)
    leave = np.where(still, 1.0, np.maximum(to_low, to_high)).min(axis=0)
    enter, leave = np.maximum(enter, 0.0), np.minimum(leave, 1.0)
    kept = ~outside & (enter <= leave)
    begin, end, way, leave = begin[:, kept], end[:, kept], way[:, kept], leave[kept]
    # an end that is on the canvas stays on its very dot
    last = np.where(leave == 1.0, end, begin + leave * way)
    return np.concatenate([begin + enter[kept] * way, last])
