"""Mean and variance of a sample to the last digits, whatever its offset and size.

Sums are taken about a fixed shift inside the data, so that the subtraction which gives the
variance cancels nothing that matters (Chan, Golub & LeVeque, Algorithms for Computing the
Sample Variance, The American Statistician 37, 1983): within a chunk in several lanes, and
exactly over the chunks.
"""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.samples.store import CHUNK, ONES, every, parts

__all__ = ["Moments"]

ROWS = 5
"""Chunks that are worked on at a time, each a row: a call sums all of them."""
PILOT = 32
"""Values, or up to twice as many, whose middle is the shift."""


@dataclass(frozen=True, slots=True)
class Moments:
    """The sufficient statistics of a normal sample.

    ``n`` is the number of observations, ``mean`` their arithmetic mean and ``variance``
    the mean squared deviation from it (divisor n), in the data's units and their square.
    """

    n: float
    mean: float
    variance: float

    @property
    def size(self) -> int:
        """How many terms a likelihood on these has: they stand for the sample as one."""
        return 1

    @classmethod
    def of(cls, values: NDArray[np.float64], weights: NDArray[np.float64] | None = None) -> Self:
        """Condense a vector and its frequencies; not finite where squares overflow."""
        pilot = sorted(every(values, max(values.size // PILOT, 1)).tolist())
        shift = pilot[len(pilot) // 2]
        width = min(values.size, CHUNK)
        rows = np.empty((min(-(-values.size // width), ROWS), width))
        deviations, ones = rows.reshape(-1), ONES[:width]
        sums: list[float] = []
        squares: list[float] = []
        with np.errstate(all="ignore"):
            for part in parts(values, rows.size):
                some = values[part]
                np.subtract(some, shift, out=deviations[: some.size])
                deviations[some.size :] = 0.0
                weighted = rows if weights is None else _weighted(rows, weights[part])
                # BLAS adds in half the time of np.add.reduce
                sums += np.vecdot(weighted, ones).tolist()
                squares += np.vecdot(weighted, rows).tolist()
        n = float(values.size if weights is None else weights.sum())
        if not all(map(math.isfinite, sums + squares)):
            return cls(n, float(np.average(values, weights=weights)), math.inf)
        first, second = math.fsum(sums), math.fsum(squares)
        offset = first / n
        return cls(n, shift + offset, max((second - offset * first) / n, 0.0))


def _weighted(rows: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Rows times the weights of their first entries; the others are 0."""
    products = rows.copy()
    products.reshape(-1)[: weights.size] *= weights
    return products
