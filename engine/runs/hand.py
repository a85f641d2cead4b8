"""A way that somebody chose, measured: parameters moved by hand, a step each."""

import time
from collections.abc import Sequence

import numpy as np

from engine.runs.ascent import Path
from engine.runs.training import Training
from engine.runs.waypoint import Waypoint
from engine.tapes.columns import PARAMETERS
from engine.tapes.tape import Block

__all__ = ["walked"]


def walked(training: Training, points: Sequence[Sequence[float]], at: Waypoint) -> Block:
    """Measure steps at these parameters, from a waypoint of a run on.

    The block ends before the first point at which there is no log-likelihood. The points must
    lie in their domains. Nothing is learned on the way, so that the rates are 0.
    """
    began = time.perf_counter()
    path = Path(len(training.coordinates.free))
    try:
        for point in points:
            z = training.coordinates.place(point)
            path.add(z, training.coordinates.score(*z), 0.0, 0)
    except ArithmeticError:
        pass  # the path ends where its numbers do; measuring it says so
    rows = training.measured(path, at)
    rows[:, PARAMETERS] = np.array(points, dtype=float)[: len(rows)]
    return Block(rows, time.perf_counter() - began)
