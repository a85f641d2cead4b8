"""The tape: every step of a run, in columns."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.outline import Outline
from engine.stopping import Stop

__all__ = ["COLUMNS", "Block", "Step", "Tape"]

Array = NDArray[np.float64]

COLUMNS = ("epoch", "train", "validation", "gradient_norm", "learning_rate", "evaluations")
"""What a row of the tape holds before the parameters."""

WIDTH = len(COLUMNS)
ROOM = 1 << 22
"""Rows that a tape has room for at first. Memory is taken only as they are written."""


@dataclass(frozen=True, slots=True)
class Step:
    """Where a run stands after ``epoch`` updates; epoch 0 is the start.

    The log-likelihoods, sums over the training and the validation sample, and the norm of
    the mean log-likelihood's gradient are those at ``parameters``. ``learning_rate`` is
    that of the update which leaves this step. ``evaluations`` counts likelihood
    evaluations so far, this step's gradient included. ``stop`` is set on the last step.
    """

    epoch: int
    parameters: tuple[float, ...]
    train: float
    validation: float | None
    gradient_norm: float
    learning_rate: float
    evaluations: int
    stop: Stop | None = None


def _step(row: Array, stop: Stop | None) -> Step:
    epoch, train, validation, norm, rate, evaluations, *parameters = row.tolist()
    return Step(
        epoch=int(epoch),
        parameters=tuple(parameters),
        train=train,
        validation=None if math.isnan(validation) else validation,
        gradient_norm=norm,
        learning_rate=rate,
        evaluations=int(evaluations),
        stop=stop,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Consecutive steps as rows of ``COLUMNS`` and parameters, and how long they took."""

    rows: Array
    seconds: float
    stop: Stop | None = None

    def __iter__(self) -> Iterator[Step]:
        last = len(self.rows) - 1
        for i, row in enumerate(self.rows):
            yield _step(row, self.stop if i == last else None)


class Tape:
    """Every step so far; index i is epoch i. One thread may append while others read."""

    def __init__(self, parameters: int) -> None:
        self._rows = np.empty((ROOM, WIDTH + parameters))
        self._length = 0
        self._clock = [(0, 0.0)]
        self._best = (0, 0)
        self._outlines = {name: Outline() for name in COLUMNS}
        self.stop: Stop | None = None

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: int) -> Step:
        last = len(self) - 1
        position = range(len(self))[index]
        return _step(self._rows[position], self.stop if position == last else None)

    def append(self, block: Block) -> None:
        """Add a block's steps behind the last; readers see all of them at once."""
        length = self._length + len(block.rows)
        if length > len(self._rows):
            grown = np.empty((max(length, 2 * len(self._rows)), self._rows.shape[1]))
            grown[: self._length] = self._rows[: self._length]
            self._rows = grown
        self._rows[self._length : length] = block.rows
        self._length = length
        self._clock.append((length, self.seconds + block.seconds))
        self.stop = block.stop

    @property
    def seconds(self) -> float:
        """How long the computation of all steps took."""
        return self._clock[-1][1]

    def elapsed(self, steps: Array) -> Array:
        """Seconds that so many first steps took, even within a block."""
        lengths, seconds = zip(*self._clock, strict=True)
        elapsed: Array = np.interp(steps, lengths, seconds)
        return elapsed

    def forked(self, epoch: int) -> "Tape":
        """Return a new tape with the steps before an epoch."""
        fork = Tape(self._rows.shape[1] - WIDTH)
        seconds = float(self.elapsed(np.array(float(epoch))))
        fork.append(Block(self._rows[: self._within(epoch)], seconds))
        return fork

    def column(self, name: str, upto: int | None = None) -> Array:
        """View one column, to the step before ``upto``."""
        return self._rows[: self._within(upto), COLUMNS.index(name)]

    def outline(self, name: str, begin: int, end: int) -> tuple[Array, Array]:
        """Epochs and values of a part of a column; of very many, the extremes of each stretch."""
        return self._outlines[name].of(self.column(name), begin, end)

    def parameters(self, upto: int | None = None) -> Array:
        """View the parameters, shape (steps, k)."""
        return self._rows[: self._within(upto), WIDTH:]

    def best(self, upto: int | None = None) -> int:
        """Index of the highest validation log-likelihood; the newest where none is measured."""
        values = self.column("validation", upto)
        if np.isnan(values[0]):
            return len(values) - 1
        known, best = self._best
        if known > len(values):
            return int(np.argmax(values))
        if known < len(values):
            newer = known + int(np.argmax(values[known:]))
            best = newer if known == 0 or values[newer] > values[best] else best
            self._best = len(values), best
        return best

    def _within(self, upto: int | None) -> int:
        return self._length if upto is None else min(upto, self._length)
