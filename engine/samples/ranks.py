"""A sample in order with running totals, from which sums of distances to any point are read off."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from engine.samples.sample import Sample

__all__ = ["Ranks"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """Sorted values, shape (m,), and the weights and weighted sums below each, shape (m + 1,).

    Sums are about the middle value, so that they do not cancel far from 0.
    """

    values: Array
    below: Array
    sums: Array
    middle: float
    n: float

    size = 1
    """A look-up costs as much as one term, whatever the sample."""

    @classmethod
    def of(cls, sample: Sample) -> Self:
        """Sort a sample; n log n once."""
        order = np.argsort(sample.values)
        values, weights = sample.values[order], sample.frequencies[order]
        middle = float(values[values.size // 2])
        with np.errstate(over="ignore"):
            sums = np.cumsum(weights * (values - middle))
        below = np.cumsum(weights)
        return cls(values, np.append(0.0, below), np.append(0.0, sums), middle, float(below[-1]))

    def distance(self, at: Any) -> Any:
        """Σ w |x − a|, for one or many a."""
        place, a = np.searchsorted(self.values, at), at - self.middle
        return a * (2.0 * self.below[place] - self.n) - 2.0 * self.sums[place] + self.sums[-1]

    def balance(self, at: float) -> float:
        """Weight above a point less the weight below it."""
        under, upto = (np.searchsorted(self.values, at, side) for side in ("left", "right"))
        return float(self.n - self.below[upto] - self.below[under])
