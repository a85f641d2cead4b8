"""The tape: every step of a run, in columns.

Of a very long run it keeps the newest steps and the highest, and of the others every so many.
Those that are not kept are made again when somebody asks for them, to the same digits.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.stopping import Stop
from engine.tapes.columns import COLUMNS, EPOCH, PARAMETERS
from engine.tapes.kept import Kept
from engine.tapes.outline import Outline
from engine.tapes.recall import STRETCH, Again, Recall
from engine.tapes.stopwatch import Stopwatch

__all__ = ["Block", "Step", "Tape"]

Array = NDArray[np.float64]

ROOM = 1 << 23
"""Bytes that the rows of a tape may take: 131,072 steps of two parameters."""
DRAWN = ("train", "validation")
"""Columns of which there is an outline."""


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
    """Steps so far; index i is epoch i. One thread may append while others read.

    Where ``again`` makes steps again, at most about ``room`` rows are kept; otherwise all.
    """

    def __init__(self, parameters: int, again: Again | None = None, room: int = 0) -> None:
        self._width = len(COLUMNS) + parameters
        self._room = max(room or ROOM // (8 * self._width), 8 * STRETCH)
        self._buffer = np.empty((self._room // 2, self._width))
        self._kept = Kept.of(self._buffer[:0])
        self._recall = Recall(((0, again),) if again else ())
        self._watch = Stopwatch()
        self._highest = dict.fromkeys(DRAWN, (0, 0, -math.inf))
        self._outlines = {name: Outline() for name in DRAWN}
        self.stop: Stop | None = None

    def __len__(self) -> int:
        return len(self._kept)

    def __getitem__(self, index: int) -> Step:
        last = len(self) - 1
        position = range(last + 1)[index]
        row = self.rows(position, position + 1)[0]
        return _step(row, self.stop if position == last else None)

    def append(self, block: Block) -> None:
        """Add a block's steps behind the last; readers see all of them at once."""
        size = len(self._kept.recent) + len(block.rows)
        if size > len(self._buffer):
            if self._recall:
                self._thin_out()
            size = len(self._kept.recent) + len(block.rows)
            self._move(max(size, self._room // 2 if self._recall else 2 * len(self._buffer)))
        self._buffer[size - len(block.rows) : size] = block.rows
        self._kept = replace(self._kept, recent=self._buffer[:size])
        self._watch.read(len(self._kept), block.seconds)
        self.stop = block.stop

    def _thin_out(self) -> None:
        """Let go of old steps, once it is known what curves drawn through them look like."""
        whole = (len(self) - self._room // 4) // STRETCH * STRETCH
        for name, outline in self._outlines.items():
            outline.grow(self._part(name), whole // STRETCH)
        also = {self._peak(name, len(self)) for name in DRAWN}
        self._kept = self._kept.thinned(whole, self._room // 2, also)

    def _move(self, room: int) -> None:
        """Go on in a new buffer; others may still look at the old one."""
        kept = self._kept
        self._buffer = np.empty((room, self._width))
        self._buffer[: len(kept.recent)] = kept.recent
        self._kept = replace(kept, recent=self._buffer[: len(kept.recent)])

    def made(self, begin: int, again: Again) -> None:
        """Note who makes the steps from an epoch on again."""
        self._recall = self._recall.followed(begin, again)

    @property
    def seconds(self) -> float:
        """How long the computation of all steps took."""
        return self._watch.seconds

    def ends_at(self, epoch: int) -> bool:
        """Whether an epoch is the step at which the run stopped."""
        return self.stop is not None and epoch == len(self) - 1

    def elapsed(self, steps: Array) -> Array:
        """Seconds that so many first steps took, even within a block."""
        return self._watch.elapsed(steps)

    def forked(self, epoch: int) -> "Tape":
        """Return a new tape with the steps before an epoch."""
        fork = Tape(self._width - len(COLUMNS), room=self._room)
        kept, begin = self._kept, epoch - epoch % STRETCH
        recent = self.rows(begin, epoch) if epoch < kept.whole else kept.recent[:0]
        fork._kept = kept.before(epoch, begin, recent)
        fork._recall = self._recall.upto(epoch)
        for name, outline in self._outlines.items():
            fork._outlines[name] = Outline(outline.known[: epoch // STRETCH])
        fork._move(max(len(fork._kept.recent), fork._room // 2))
        fork._watch.read(epoch, float(self.elapsed(np.array(float(epoch)))))
        return fork

    def rows(self, begin: int, end: int) -> Array:
        """Rows of all steps of a part; those that are not kept are made again."""
        kept = self._kept
        if (found := kept.between(begin, end)) is not None:
            return found
        split = min(end, kept.whole)
        again = self._recall.rows(begin, split)
        return np.concatenate([again, kept.recent[: end - split]])

    def column(self, name: str, upto: int | None = None) -> Array:
        """One column of the steps that are kept, to the one before ``upto``."""
        return self._kept.column(COLUMNS.index(name), self._within(upto))

    def outline(self, name: str, begin: int, end: int) -> tuple[Array, Array]:
        """Epochs and values of a part of a column; of very many, the extremes of each stretch."""
        kept = self._kept
        at_hand = 0 if kept.stride == 1 else kept.whole
        return self._outlines[name].of(self._part(name), begin, min(end, len(kept)), at_hand)

    def parameters(self, upto: int | None = None) -> Array:
        """Parameters of the steps that are kept, shape (steps, k)."""
        return self._kept.column(PARAMETERS, self._within(upto))

    def kept(self, begin: int = 0, upto: int | None = None) -> Array:
        """Rows of the steps of a part that are kept, and of its first and its last."""
        kept, end = self._kept, self._within(upto)
        rows = kept.column(slice(None), end)[kept.count(begin) :]
        ends = [self.rows(each, each + 1) for each in (begin, end - 1)]
        head = ends[0] if not len(rows) or rows[0, EPOCH] > begin else rows[:0]
        tail = ends[1] if end - 1 > (rows[-1, EPOCH] if len(rows) else begin) else rows[:0]
        return np.concatenate([head, rows, tail]) if len(head) + len(tail) else rows

    def best(self, upto: int | None = None) -> int:
        """Index of the highest validation log-likelihood; the newest where none is measured."""
        end = self._within(upto)
        if np.isnan(self.column("validation", 1)[0]):
            return end - 1
        return self.highest("validation", end)

    def highest(self, name: str, upto: int | None = None) -> int:
        """Index of the highest value of a drawn column, the first of those."""
        end = self._within(upto)
        known, best, height = self._highest[name]
        if known > end:
            return self._peak(name, end)
        if known < end:
            part = self._part(name)
            if known < self._kept.whole:  # it has grown too far since
                place = self._peak(name, end)
            else:
                place = known + int(np.argmax(part(known, end)))
            value = float(part(place, place + 1)[0])
            if value > height:
                best, height = place, value
            self._highest[name] = end, best, height
        return best

    def _peak(self, name: str, end: int) -> int:
        """The same, without anything known of it."""
        kept, part = self._kept, self._part(name)
        if kept.stride == 1:
            return int(np.argmax(kept.column(COLUMNS.index(name), end)))
        stretches = min(end, kept.whole) // STRETCH
        begins = [(stretches * STRETCH, end)] if end > stretches * STRETCH else []
        if stretches:
            first = self._outlines[name].highest(stretches) * STRETCH
            begins.insert(0, (first, first + STRETCH))
        peaks = [(begin, part(begin, until)) for begin, until in begins]
        begin, values = max(peaks, key=lambda peak: float(peak[1].max()))
        return begin + int(np.argmax(values))

    def _part(self, name: str) -> Callable[[int, int], Array]:
        """What gives all values of a column from an epoch to before another."""
        place = COLUMNS.index(name)
        return lambda begin, end: self.rows(begin, end)[:, place]

    def _within(self, upto: int | None) -> int:
        return len(self) if upto is None else min(upto, len(self))
