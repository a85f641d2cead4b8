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

from engine.store import every, parts

__all__ = ["Moments"]

CHUNK = 10_000
"""Values that are summed at a time: in the cache, and the most that BLAS takes in one thread."""
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
        sums = []
        with np.errstate(all="ignore"):
            for part in parts(values, CHUNK):
                deviations = values[part] - shift
                weighted = deviations
                if weights is not None:
                    weighted = deviations * weights[part]
                sums.append((float(weighted.sum()), float(weighted @ deviations)))
        n = float(values.size if weights is None else weights.sum())
        if not all(math.isfinite(first) and math.isfinite(second) for first, second in sums):
            return cls(n, float(np.average(values, weights=weights)), math.inf)
        first, second = (math.fsum(column) for column in zip(*sums, strict=True))
        offset = first / n
        return cls(n, shift + offset, max((second - offset * first) / n, 0.0))
