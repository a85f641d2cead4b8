"""The stopwatch: how long the computation of so many first steps took."""

import numpy as np
from numpy.typing import NDArray

from engine.tapes.spaced import Spaced

__all__ = ["Stopwatch"]

Array = NDArray[np.float64]

MOST = 1 << 12
"""Readings that are kept beside the newest."""


class Stopwatch:
    """Readings after each block, between which steps are taken to have lasted alike."""

    def __init__(self) -> None:
        self._newest = (0, 0.0)
        self._readings = Spaced(self._newest, MOST)

    @property
    def seconds(self) -> float:
        """What all steps took."""
        return self._newest[1]

    def read(self, steps: int, seconds: float) -> None:
        """Note that by a number of steps so many more seconds were spent."""
        self._newest = (steps, self.seconds + seconds)
        self._readings.add(self._newest)

    def elapsed(self, steps: Array) -> Array:
        """Seconds that so many first steps took, even within a block."""
        newest = self._newest
        earlier = [reading for reading in self._readings.entries if reading[0] < newest[0]]
        counts, seconds = zip(*earlier, newest, strict=True)
        elapsed: Array = np.interp(steps, counts, seconds)
        return elapsed
