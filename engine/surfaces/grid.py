"""A grid of cells that are computed one after another, from coarse to fine."""

import time
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from engine.surfaces.bilinear import bilinear

__all__ = ["refined"]

Array = NDArray[np.float64]
Integers = NDArray[np.intp]
Compute = Callable[[Integers, Array], tuple[Array, Array]]

STRIDES = (16, 8, 4, 2, 1)
"""Cells from one that is computed to the next; what is shown between them is interpolated."""
CHUNK = 4
SLICE_SECONDS = 0.02


def refined(
    compute: Compute, shape: tuple[int, int], first: tuple[float, float], hint: Array
) -> Iterator[Array]:
    """Yield a field over a grid of this shape, ever finer; all its cells are computed at last.

    ``compute`` takes cells, shape (m, 2), and a hint for each, (m, k); it gives their values,
    (m,), and what is a hint to their neighbours, (m, k). It begins with a hint of its own near
    the ``first`` cell and proceeds outwards. After the first grid, there is only so much work
    between two of them that a caller may stop in good time.
    """
    field = np.full(shape, np.nan)
    hints: Array = np.tile(hint, (*shape, 1))
    shown: Array | None = None
    for stride in STRIDES:
        rows, columns = (_lattice(n, stride) for n in shape)
        deadline = time.perf_counter() + SLICE_SECONDS
        for cells in _chunks(field, rows, columns, first, 1 if shown is None else CHUNK):
            if shown is None:
                _pass_on(hints, field, cells[0])
            i, j = cells.T
            field[i, j], hints[i, j] = compute(cells, hints[i, j])
            if shown is not None:
                shown[i, j] = field[i, j]
                if time.perf_counter() > deadline:
                    yield shown.copy()
                    deadline = time.perf_counter() + SLICE_SECONDS
        down, across = _between(shape[0], rows), _between(shape[1], columns)
        shown = bilinear(field[np.ix_(rows, columns)], down, across)
        hints = hints[np.ix_(rows[np.rint(down).astype(int)], columns[np.rint(across).astype(int)])]
        yield shown.copy()
        if stride == 1 or len(rows) * len(columns) == field.size:
            break


def _lattice(n: int, stride: int) -> Integers:
    """Every so many of n indices, and the last."""
    return np.unique(np.append(np.arange(0, n, stride), n - 1))


def _between(n: int, lattice: Integers) -> Array:
    """Where each of n indices lies among those of a lattice, as a fractional index into it."""
    return np.interp(np.arange(n), lattice, np.arange(len(lattice)))


def _chunks(
    field: Array, rows: Integers, columns: Integers, first: tuple[float, float], size: int
) -> Iterator[Integers]:
    """Cells of a lattice that are not yet computed, those near the first one first."""
    i, j = (each.ravel() for each in np.meshgrid(rows, columns, indexing="ij"))
    wanted = np.stack([i, j], axis=1)[np.isnan(field[i, j])]
    order = np.argsort(np.abs(wanted - first).max(axis=1), kind="stable")
    for begin in range(0, len(order), size):
        yield wanted[order[begin : begin + size]]


def _pass_on(hints: Array, field: Array, cell: Integers) -> None:
    """Give a cell the hint of the nearest one that is computed."""
    known = np.argwhere(~np.isnan(field))
    if len(known):
        nearest = known[np.argmin(np.abs(known - cell).max(axis=1))]
        hints[tuple(cell)] = hints[tuple(nearest)]
