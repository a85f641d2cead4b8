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
MOST = 1024
"""Stretches that are told apart; of more, several next to each other become one."""


class Outline:
    """The lowest and the highest of each stretch of values, found once as the column grows."""

    def __init__(self, known: Array | None = None) -> None:
        self.known: Array = np.empty((0, 2)) if known is None else known
        """Both of each stretch, the one first that its first value is closer to."""
        self._growing = Lock()

    def of(self, part: Part, begin: int, end: int, at_hand: int = 0) -> tuple[Array, Array]:
        """Return positions and values from ``begin`` to before ``end``.

        Of a long part, the two extremes of each whole stretch stand at its first position, and
        of a very long one those of several. What is not finite may stand for a stretch. Values
        from ``at_hand`` on are there already.
        """
        if end - begin < (LONG if begin >= at_hand else FEW):
            return np.arange(begin, end, dtype=float), part(begin, end)
        first, last = -(-begin // STRETCH), end // STRETCH
        self.grow(part, last)
        several = -(-(last - first) // MOST)
        single = last - (last - first) % several
        joined = _extremes(self.known[first:single].reshape(-1, 2 * several))
        begins = np.append(np.arange(first, single, several), np.arange(single, last)) * STRETCH
        head, tail = np.arange(begin, first * STRETCH), np.arange(last * STRETCH, end)
        places = np.concatenate([head, np.repeat(begins, 2), tail]).astype(float)
        inner = joined.ravel(), self.known[single:last].ravel()
        return places, np.concatenate(
            [part(begin, first * STRETCH), *inner, part(last * STRETCH, end)]
        )

    def grow(self, part: Part, stretches: int) -> None:
        """Find the extremes of at least so many first stretches."""
        with self._growing:
            known = self.known
            if len(known) >= stretches:
                return
            values = part(len(known) * STRETCH, stretches * STRETCH).reshape(-1, STRETCH)
            # set in one go: another thread reads the old ones or these
            self.known = np.concatenate([known, _extremes(values)])

    def highest(self, stretches: int) -> int:
        """Which of so many first stretches has the highest value, the first of those."""
        return int(np.argmax(np.fmax.reduce(self.known[:stretches], axis=1)))


def _extremes(values: Array) -> Array:
    """The lowest and the highest in each row, the one first that its first is closer to."""
    low, high = np.fmin.reduce(values, axis=1), np.fmax.reduce(values, axis=1)
    rising = values[:, 0] <= (low + high) / 2
    return np.where(rising, [low, high], [high, low]).T
