"""Folds: values written as positive sizes on one of two sides, to be cut into cells by size."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import final

import numpy as np
from numpy.typing import NDArray

from engine.samples.support import Support

__all__ = ["Fold", "at", "fold_of"]

Array = NDArray[np.float64]
Integers = NDArray[np.int64]


class Fold(ABC):
    """How values are written as positive sizes on one of two sides."""

    @abstractmethod
    def sizes(self, x: Array) -> tuple[Array, Integers | int]:
        """Size of each value, and its side: −1 for the lower, 0 for the upper one."""

    @abstractmethod
    def values(self, sizes: Array, lower: NDArray[np.bool_]) -> Array:
        """Values of these sizes."""

    @abstractmethod
    def span(self, low: float, high: float) -> tuple[float, float]:
        """Bounds of the sizes of values between two."""


@final
class _Positive(Fold):
    """Numbers above 0, by themselves."""

    def sizes(self, x: Array) -> tuple[Array, Integers | int]:
        """The values themselves, all on the upper side."""
        return x, 0

    def values(self, sizes: Array, lower: NDArray[np.bool_]) -> Array:
        """The sizes themselves."""
        return sizes

    def span(self, low: float, high: float) -> tuple[float, float]:
        """The same bounds."""
        return low, high


@final
class _Fraction(Fold):
    """Numbers between 0 and 1, by the distance from the nearer end."""

    def sizes(self, x: Array) -> tuple[Array, Integers | int]:
        """Distance from the nearer end, the lower side being that of 0."""
        return np.minimum(x, 1.0 - x), -(x < 0.5).astype(np.int64)

    def values(self, sizes: Array, lower: NDArray[np.bool_]) -> Array:
        """The distances, taken from their ends."""
        return np.where(lower, sizes, 1.0 - sizes)

    def span(self, low: float, high: float) -> tuple[float, float]:
        """From the least distance to the middle."""
        return min(low, 1.0 - high), 0.5


@final
@dataclass(frozen=True)
class _Centred(Fold):
    """Numbers by the distance from a centre in units, plus 1, so that cells there are not thin."""

    centre: float
    unit: float

    def sizes(self, x: Array) -> tuple[Array, Integers | int]:
        """Distance from the centre in units, plus 1."""
        sizes = x - self.centre
        sizes *= 1.0 / self.unit
        sides = sizes.view(np.int64) >> 63
        np.abs(sizes, out=sizes)
        sizes += 1.0
        return sizes, sides

    def values(self, sizes: Array, lower: NDArray[np.bool_]) -> Array:
        """The distances, taken from the centre."""
        return self.centre + self.unit * np.where(lower, 1.0 - sizes, sizes - 1.0)

    def span(self, low: float, high: float) -> tuple[float, float]:
        """From the centre to the farther end."""
        return 1.0, 1.0 + max(high - self.centre, self.centre - low) / self.unit


def fold_of(pilot: Array, support: Support) -> Fold | None:
    """Fold that suits a sample, from a sorted part of it; None where it has no spread."""
    quarter, centre, three = (at(pilot, p) for p in (0.25, 0.5, 0.75))
    if not np.finfo(float).tiny <= three - quarter < np.inf:
        return None
    if support.low == 0.0:
        return _Fraction() if support.high == 1.0 else _Positive()
    return _Centred(centre, three - quarter)


def at(ordered: Array, p: float) -> float:
    """Quantile of sorted values."""
    return float(ordered[int(p * (ordered.size - 1))])
