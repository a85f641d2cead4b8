"""Mean and variance of a sample to the last digits, whatever its offset and size.

Sums are taken about a fixed shift inside the data, so that the subtraction which gives the
variance cancels nothing that matters (Chan, Golub & LeVeque, Algorithms for Computing the
Sample Variance, The American Statistician 37, 1983): pairwise within a chunk, and exactly
over the chunks.
"""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.samples.store import every, parts

__all__ = ["Moments"]

CHUNK = 10_000
"""Values that are summed at a time: in the cache, and the most that BLAS takes in one thread."""
BLOCK = 5 * CHUNK
"""Values that are worked on at a time, as a row for each chunk: a call sums all of its rows."""
PILOT = 1024


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
        pilot = every(values, max(values.size // PILOT, 1)).copy()
        pilot.partition(pilot.size // 2)
        shift = float(pilot[pilot.size // 2])
        deviations = np.empty(min(values.size, BLOCK))
        sums: list[float] = []
        squares: list[float] = []
        with np.errstate(all="ignore"):
            for part in parts(values, BLOCK):
                some = values[part]
                here = weighted = np.subtract(some, shift, out=deviations[: some.size])
                if weights is not None:
                    weighted = here * weights[part]
                for one, other in zip(_rows(weighted), _rows(here), strict=True):
                    sums += np.add.reduce(one, 1).tolist()
                    squares += np.vecdot(one, other).tolist()
        n = float(values.size if weights is None else weights.sum())
        if not all(map(math.isfinite, sums + squares)):
            return cls(n, float(np.average(values, weights=weights)), math.inf)
        first, second = math.fsum(sums), math.fsum(squares)
        offset = first / n
        return cls(n, shift + offset, max((second - offset * first) / n, 0.0))


def _rows(vector: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Chunks of a vector as rows, and what is left over as a single row."""
    whole = vector.size // CHUNK * CHUNK
    pieces = vector[:whole].reshape(-1, CHUNK), vector[np.newaxis, whole:]
    return [piece for piece in pieces if piece.size]
