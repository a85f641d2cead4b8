"""The stopwatch: how long the computation of so many first steps took."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["Stopwatch"]

Array = NDArray[np.float64]

MOST = 1 << 13
"""Readings that are kept; of more, every second one is left out."""


class Stopwatch:
    """Readings after each block, between which steps are taken to have lasted alike."""

    def __init__(self, readings: tuple[tuple[int, float], ...] = ((0, 0.0),)) -> None:
        self._readings = list(readings)

    @property
    def seconds(self) -> float:
        """What all steps took."""
        return self._readings[-1][1]

    def read(self, steps: int, seconds: float) -> None:
        """Note that by a number of steps so many more seconds were spent."""
        readings = self._readings
        readings.append((steps, readings[-1][1] + seconds))
        if len(readings) > MOST:
            # another thread reads the old list or this one
            self._readings = [*readings[:-1:2], readings[-1]]

    def elapsed(self, steps: Array) -> Array:
        """Seconds that so many first steps took, even within a block."""
        counts, seconds = zip(*self._readings, strict=True)
        elapsed: Array = np.interp(steps, counts, seconds)
        return elapsed
