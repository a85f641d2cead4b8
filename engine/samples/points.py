"""Points: a sample as weighted values, the statistics of a family that has no smaller ones."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.samples.sample import DENSE, Sample
from engine.samples.store import CHUNK, ONES, parts

__all__ = ["Points", "all_ones", "total"]

Array = NDArray[np.float64]


def total(weights: Array) -> float:
    """Sum of weights; that of a chunk of ones, which ``chunks`` shares, is known."""
    return float(weights.size if all_ones(weights) else weights.sum())


def all_ones(weights: Array) -> bool:
    """Whether weights are a part of the ones that ``chunks`` shares."""
    return weights.base is ONES


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Values with their frequency weights, shape (m,) each, and the sum ``n`` of the weights."""

    values: Array
    weights: Array
    n: float

    @classmethod
    def of(cls, sample: Sample, *, merge: bool) -> Self:
        """Take a sample as it is, or with equal values merged, which makes counts a histogram."""
        values, weights = _histogram(sample) if merge else (sample.values, sample.frequencies)
        return cls(values, weights, sample.seen)

    def chunks(self) -> Iterator[tuple[Array, Array]]:
        """Values and weights, a part at a time."""
        if self.size <= CHUNK:
            yield self.values, self.weights
            return
        shared = self.weights.strides == (0,) and self.weights[0] == 1.0
        for part in parts(self.values, CHUNK):
            values = self.values[part]
            weights = ONES[: values.size] if shared else self.weights[part]
            yield values, np.ascontiguousarray(weights)

    def added_up(self, of: Callable[[Array, Array], Array]) -> Array:
        """Sum over the chunks of a function of their values and weights."""
        with np.errstate(all="ignore"):
            first, *others = (of(values, weights) for values, weights in self.chunks())
            return sum(others, first)

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


def _histogram(sample: Sample) -> tuple[Array, Array]:
    """Distinct whole numbers and their frequencies."""
    if sample.tally is not None:
        return sample.tally
    values = sample.values
    least, greatest = sample.ends
    if greatest - least > DENSE * values.size:
        distinct, places = np.unique(values, return_inverse=True)
        counts: Array = np.bincount(places, sample.weights, distinct.size).astype(float)
        return distinct, counts
    totals = np.zeros(int(greatest - least) + 1)
    for x, weights in sample.chunks():
        places = (x - least).astype(np.int64)
        totals += np.bincount(places, weights, totals.size)
    filled = np.flatnonzero(totals)
    return least + filled.astype(float), totals[filled]
