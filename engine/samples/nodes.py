"""Nodes: a large sample condensed to a few thousand weighted values that stand for it.

The values are sorted into cells, and each cell is replaced by two nodes with its count,
mean and variance, the Gauss rule of these moments for a symmetric cell (Golub & Welsch,
Calculation of Gauss Quadrature Rules, 1969). A sum of a smooth function over the nodes
differs from that over the sample by the fourth power of the cells' width.

For a start, the cells' middles with their counts do: their error is of the second order, and
the pass half as long.

A cell is read off the bits of a positive number, its exponent and leading digits, so that
cells are as wide as the number is large. That suits a pole at 0 as well as a heavy tail,
and costs no logarithm.
"""

from dataclasses import dataclass, replace
from typing import Self, final

import numpy as np
from numpy.typing import NDArray

from engine.samples.folds import Fold, at, fold_of
from engine.samples.quadrature import gauss_rules
from engine.samples.sample import Censored, Sample
from engine.samples.support import Support

__all__ = ["condensed", "fewer_bounds", "tallied"]

Array = NDArray[np.float64]
Integers = NDArray[np.int64]

MOST_GROUPED = 16
FINE = 16
"""Groups of cells in an octave of the distance from a centre or an end, at the least."""
CELLS = 2048
"""Cells that the bulk of a sample is spread over."""
MOST_CELLS = 1 << 16
BULK = (0.001, 0.999)
BOUNDS = ("low", "high", "weights")
MANTISSA = 52
FINEST = 24


def condensed(sample: Sample, support: Support) -> Sample:
    """Return nodes that stand for a plain sample, or the sample where it has no spread.

    One pass over the values; what it needs of memory does not grow with their number.
    """
    plan = _plan(sample, support)
    if plan is None:
        return sample
    fold, grid = plan
    moments = np.zeros((3, grid.number))
    for values, weights in sample.chunks():
        sizes, sides = fold.sizes(values)
        cells = grid.cells(sizes, sides)
        moments[0] += np.bincount(cells, weights, grid.number)
        for place, term in enumerate((sizes, sizes * sizes), 1):
            weighted = term if weights is None else weights * term
            moments[place] += np.bincount(cells, weighted, grid.number)
    return _merged(fold, grid, moments)


def fewer_bounds(sample: Sample, support: Support) -> Sample:
    """Return a sample whose censored observations with one bound are replaced by nodes.

    The mass beyond a bound is as smooth in the bound as a density. A bound from which nothing
    can be told, and an observation with two, stay as they are.
    """
    hidden = sample.censored
    if hidden is None:
        return sample
    hidden = hidden.merged()
    above = np.isinf(hidden.high) & (hidden.low > support.low) & (hidden.low < support.high)
    below = np.isinf(hidden.low) & (hidden.high > support.low) & (hidden.high < support.high)
    parts = [hidden.pick(np.flatnonzero(~(above | below)))]
    for side, bounds in ((above, hidden.low), (below, hidden.high)):
        nodes = Sample(bounds[side], hidden.weights[side])
        if nodes.values.size > 1:
            nodes = condensed(nodes, support)
        ends = nodes.values, np.full(nodes.values.shape, np.inf)
        low, high = ends if side is above else (-ends[1], ends[0])
        parts.append(Censored(low, high, nodes.frequencies))
    columns = (np.concatenate([getattr(p, name) for p in parts]) for name in BOUNDS)
    return replace(sample, censored=Censored(*columns))


def tallied(sample: Sample, support: Support) -> Sample:
    """Return the middles of cells in place of their values, as close to a sample as for a start.

    The sample itself where it has no spread.
    """
    plan = _plan(sample, support, CELLS // 2)
    if plan is None:
        return sample
    fold, grid = plan
    counts = np.zeros(grid.number)
    for values, weights in sample.chunks():
        counts += np.bincount(grid.cells(*fold.sizes(values)), weights, grid.number)
    filled = np.flatnonzero(counts)
    sizes, lower = grid.middles(filled)
    return Sample(fold.values(sizes, lower), counts[filled])


def _plan(sample: Sample, support: Support, most: int = CELLS) -> tuple[Fold, "_Grid"] | None:
    """How to fold a sample and to cut its bulk into cells; None where it has no spread."""
    pilot = np.sort(sample.pilot.values)
    fold = fold_of(pilot, support)
    return None if fold is None else (fold, _Grid.of(fold, pilot, sample.ends, most))


@final
@dataclass(frozen=True)
class _Grid:
    """Cells of sizes, the lower side's first: bits shifted right, less those of the least."""

    shift: int
    least: int
    lower: int
    number: int
    group: int
    """Cells that are merged; a multiple of it are on each side."""

    @classmethod
    def of(cls, fold: Fold, pilot: Array, ends: tuple[float, float], most: int) -> Self:
        """Return the finest grid that has the bulk of the sample in so many cells at most."""
        sizes, sides = fold.sizes(pilot)
        two = 1 if isinstance(sides, int) else 2
        sizes = np.sort(sizes)
        bulk = _bits(np.array([at(sizes, p) for p in BULK])).tolist()
        whole = _bits(np.array(fold.span(*ends))).tolist()
        shift = MANTISSA - FINEST
        while (
            two * ((bulk[1] >> shift) - (bulk[0] >> shift)) >= most
            or two * ((whole[1] >> shift) - (whole[0] >> shift)) >= MOST_CELLS
        ):
            shift += 1
        least, greatest = (end >> shift for end in whole)
        octave = 1 << (MANTISSA - shift)
        group = min(MOST_GROUPED, max(1, octave // FINE)) if two == 2 else MOST_GROUPED
        cells = group * -(-(greatest - least + 1) // group)
        return cls(shift, least, cells if two == 2 else 0, two * cells, group)

    def cells(self, sizes: Array, sides: Integers | int) -> Integers:
        """Cell of each size."""
        cells = _bits(sizes) >> self.shift
        cells -= self.least
        if self.lower:
            cells ^= sides
            cells += self.lower
        return cells

    def middles(self, cells: NDArray[np.intp]) -> tuple[Array, NDArray[np.bool_]]:
        """Size in the middle of each cell, and whether it is on the lower side."""
        lower = cells < self.lower
        places = cells - self.lower
        places ^= -lower.astype(np.int64)
        bits = ((places + self.least) << self.shift) + (1 << self.shift >> 1)
        return bits.view(np.float64), lower


def _bits(sizes: Array) -> Integers:
    return sizes.view(np.int64)


def _merged(fold: Fold, grid: _Grid, moments: Array) -> Sample:
    """Nodes of the cells' moments: two a cell, and three a group of cells where that is fewer."""
    group, filled = grid.group, np.flatnonzero(moments[0] > 0)
    count, first, second = moments[:, filled]
    mean = first / count
    spread = np.sqrt(np.maximum(second / count - mean * mean, 0.0))
    groups, place = np.divmod(filled, group)
    starts, row = np.unique(groups, return_index=True, return_inverse=True)[1:]
    points = np.zeros((starts.size, 2 * group))
    weights = np.zeros_like(points)
    for half, sizes in enumerate((mean - spread, mean + spread)):
        points[row, place + half * group] = np.log(sizes)
        weights[row, place + half * group] = count / 2.0
    nodes, shares = gauss_rules(points, weights)
    few = ~np.isfinite(nodes + shares).all(axis=1)
    kept = weights[few] > 0
    lower = filled[starts] < grid.lower
    sizes = np.exp(np.concatenate([nodes[~few].ravel(), points[few][kept]]))
    sides = np.concatenate([np.repeat(lower[~few], 3), np.repeat(lower[few], kept.sum(axis=1))])
    return Sample(
        fold.values(sizes, sides), np.concatenate([shares[~few].ravel(), weights[few][kept]])
    )
