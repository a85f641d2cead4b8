"""The outline of a column that grows: of very many values, the extremes of each stretch."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["Outline"]

Array = NDArray[np.float64]

STRETCH = 256
LONG = 256 * STRETCH
"""Values from which on an outline stands for them."""


class Outline:
    """The lowest and the highest of each stretch of values, found once as the column grows."""

    def __init__(self) -> None:
        self._known: Array = np.empty((0, 2))

    def of(self, values: Array, begin: int, end: int) -> tuple[Array, Array]:
        """Return positions and values from ``begin`` to before ``end``.

        Of a long part, the two extremes of each whole stretch stand at its first position, the
        one first that its first value is closer to. What is not finite may stand for a stretch.
        """
        end = min(end, len(values))
        first, last = -(-begin // STRETCH), end // STRETCH
        if end - begin < LONG:
            return np.arange(begin, end, dtype=float), values[begin:end]
        known = self._grown(values, last)[first:last]
        starts = values[first * STRETCH : last * STRETCH : STRETCH]
        rising = starts <= known.mean(axis=1)
        pairs = np.where(rising[:, None], known, known[:, ::-1])
        head, tail = np.arange(begin, first * STRETCH), np.arange(last * STRETCH, end)
        places = np.repeat(np.arange(first, last) * STRETCH, 2)
        found = [values[head], pairs.ravel(), values[tail]]
        return np.concatenate([head, places, tail]).astype(float), np.concatenate(found)

    def _grown(self, values: Array, stretches: int) -> Array:
        """Extremes of at least so many first stretches."""
        known = self._known
        if len(known) < stretches:
            part = values[len(known) * STRETCH : stretches * STRETCH].reshape(-1, STRETCH)
            newer = np.column_stack([np.fmin.reduce(part, axis=1), np.fmax.reduce(part, axis=1)])
            # set in one go: another thread reads the old ones or these
            self._known = known = np.concatenate([known, newer])
        return known
