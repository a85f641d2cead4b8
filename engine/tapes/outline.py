"""The outline of a column that grows: of very many values, the extremes of each stretch."""

from collections.abc import Callable
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from engine.tapes.recall import STRETCH

__all__ = ["LONG", "Outline"]

Array = NDArray[np.float64]
Part = Callable[[int, int], Array]
"""Gives the values from a position to before another."""

LONG = 256 * STRETCH
"""Values from which on an outline stands for them."""
FEW = 4 * STRETCH
"""As many, where they would have to be found anew."""


class Outline:
    """The lowest and the highest of each stretch of values, found once as the column grows."""

    def __init__(self, known: Array | None = None) -> None:
        self.known: Array = np.empty((0, 2)) if known is None else known
        """Both of each stretch, the one first that its first value is closer to."""
        self._growing = Lock()

    def of(self, part: Part, begin: int, end: int, at_hand: int = 0) -> tuple[Array, Array]:
        """Return positions and values from ``begin`` to before ``end``.

        Of a long part, the two extremes of each whole stretch stand at its first position. What
        is not finite may stand for a stretch. Values from ``at_hand`` on are there already.
        """
        if end - begin < (LONG if begin >= at_hand else FEW):
            return np.arange(begin, end, dtype=float), part(begin, end)
        first, last = -(-begin // STRETCH), end // STRETCH
        self.grow(part, last)
        head, tail = np.arange(begin, first * STRETCH), np.arange(last * STRETCH, end)
        places = np.repeat(np.arange(first, last) * STRETCH, 2)
        ends = [part(begin, first * STRETCH), part(last * STRETCH, end)]
        found = [ends[0], self.known[first:last].ravel(), ends[1]]
        return np.concatenate([head, places, tail]).astype(float), np.concatenate(found)

    def grow(self, part: Part, stretches: int) -> None:
        """Find the extremes of at least so many first stretches."""
        with self._growing:
            known = self.known
            if len(known) >= stretches:
                return
            values = part(len(known) * STRETCH, stretches * STRETCH).reshape(-1, STRETCH)
            newer = np.column_stack(
                [np.fmin.reduce(values, axis=1), np.fmax.reduce(values, axis=1)]
            )
            rising = values[:, 0] <= newer.mean(axis=1)
            ordered = np.where(rising[:, None], newer, newer[:, ::-1])
            # set in one go: another thread reads the old ones or these
            self.known = np.concatenate([known, ordered])

    def highest(self, stretches: int) -> int:
        """Which of so many first stretches has the highest value, the first of those."""
        return int(np.argmax(np.fmax.reduce(self.known[:stretches], axis=1)))
