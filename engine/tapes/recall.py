"""Steps that a tape no longer has, made again to the same digits by who made them."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["STRETCH", "Again", "Recall"]

Array = NDArray[np.float64]
Again = Callable[[int, int], Array]
"""Gives the rows from an epoch to before another."""

STRETCH = 256
"""Steps that are made again at once."""
REMEMBERED = 64


class Recall:
    """Who made the steps from which epoch on, and the stretches that were asked for lately."""

    def __init__(self, makers: tuple[tuple[int, Again], ...] = ()) -> None:
        self.makers = makers
        self._stretch = lru_cache(REMEMBERED)(self._made)

    def __bool__(self) -> bool:
        return bool(self.makers)

    def followed(self, begin: int, again: Again) -> "Recall":
        """Let somebody else have made the steps from an epoch on."""
        return Recall((*self.upto(begin).makers, (begin, again)))

    def upto(self, epoch: int) -> "Recall":
        """Who made the steps before an epoch."""
        return Recall(tuple(maker for maker in self.makers if maker[0] < epoch))

    def rows(self, begin: int, end: int) -> Array:
        """Rows of the steps from an epoch to before another."""
        first, last = begin // STRETCH, -(-end // STRETCH)
        rows = np.concatenate([self._stretch(i) for i in range(first, last)])
        return rows[begin - first * STRETCH : end - first * STRETCH]

    def _made(self, number: int) -> Array:
        begin, end = number * STRETCH, (number + 1) * STRETCH
        parts, until = [], end
        for start, again in reversed(self.makers):
            if start < until:
                parts.append(again(max(start, begin), until))
                until = max(start, begin)
            if until == begin:
                break
        return np.concatenate(parts[::-1])
