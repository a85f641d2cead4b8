"""What is kept of a long run: all of its newest rows, and of those before every so many."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Kept"]

Array = NDArray[np.float64]
Epochs = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """Rows by epoch: ``past`` at ``epochs``, and from ``whole`` on all of them as ``recent``.

    Of the past, the rows of every epoch that ``stride`` divides are there, and some more. It is
    replaced and never changed, so that one thread may look while another adds.
    """

    epochs: Epochs
    past: Array
    whole: int
    recent: Array
    stride: int = 1

    @classmethod
    def of(cls, recent: Array) -> "Kept":
        """Keep rows from epoch 0 on."""
        return cls(np.empty(0, np.int64), np.empty((0, recent.shape[1])), 0, recent)

    def __len__(self) -> int:
        return self.whole + len(self.recent)

    def between(self, begin: int, end: int) -> Array | None:
        """View the rows of all epochs of a part; None where some of them are gone."""
        if begin >= self.whole:
            return self.recent[begin - self.whole : end - self.whole]
        first, last = self.epochs.searchsorted([begin, min(end, self.whole)])
        if last - first < min(end, self.whole) - begin:
            return None
        past = self.past[first:last]
        if end <= self.whole:
            return past
        return np.concatenate([past, self.recent[: end - self.whole]])

    def count(self, end: int) -> int:
        """How many rows of epochs before ``end`` are there."""
        if end <= self.whole:
            return int(self.epochs.searchsorted(end))
        return len(self.epochs) + end - self.whole

    def column(self, place: int | slice, end: int) -> Array:
        """Columns of the rows before an epoch that are there, a view of them where it can be."""
        recent = self.recent[: max(end - self.whole, 0), place]
        if not self.whole:
            return recent
        return np.concatenate([self.past[: self.count(end), place][: len(self.epochs)], recent])

    def thinned(self, whole: int, most: int, also: Collection[int]) -> "Kept":
        """Keep all rows from an epoch on, and of those before about ``most`` and some others."""
        stride = self.stride
        while -(-whole // stride) > most:
            stride *= 2
        older = self.recent[: whole - self.whole]
        epochs = np.concatenate([self.epochs, np.arange(self.whole, whole)])
        stays = (epochs % stride == 0) | np.isin(epochs, list(also))
        split = len(self.epochs)
        rows = np.concatenate([self.past[stays[:split]], older[stays[split:]]])
        return Kept(epochs[stays], rows, whole, self.recent[whole - self.whole :], stride)

    def before(self, epoch: int, whole: int, recent: Array) -> "Kept":
        """Keep what lies before an epoch; where that is in the past, with the last rows given."""
        if epoch >= self.whole:
            return Kept(self.epochs, self.past, self.whole, self.recent[: epoch - self.whole])
        last = self.count(whole)
        return Kept(self.epochs[:last], self.past[:last], whole, recent, self.stride)
