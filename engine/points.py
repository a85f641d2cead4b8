"""Points: a sample as weighted values, the statistics of a family that has no smaller ones."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.sample import Sample

__all__ = ["Points"]

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Values with their frequency weights, shape (m,) each, and the sum ``n`` of the weights."""

    values: Array
    weights: Array
    n: float

    @classmethod
    def of(cls, sample: Sample, *, merge: bool) -> Self:
        """Take a sample as it is, or with equal values merged, which makes counts a histogram."""
        values, weights = sample.values, sample.frequencies
        if merge:
            values, places = np.unique(values, return_inverse=True)
            weights = np.bincount(places, weights, values.size).astype(float)
        return cls(values, weights, float(weights.sum()))

    @property
    def size(self) -> int:
        """How many terms a likelihood on these has."""
        return self.values.size

    @property
    def largest_share(self) -> float:
        """Fraction of the observations that are at the most frequent value."""
        _, places = np.unique(self.values, return_inverse=True)
        return float(np.max(np.bincount(places, self.weights))) / self.n

    def average(self, of: Array) -> float:
        """Weighted mean of a function's values at the points."""
        return float(self.weights @ of) / self.n
