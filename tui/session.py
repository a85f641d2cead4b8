"""One run in the lab: its tape, the place it is read at, and the clock that moves that place."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable

from engine.experiment import Experiment
from engine.provenance import same_sample
from engine.sample import Sample
from engine.tape import Tape
from engine.training import Training
from tui.pace import Pace

__all__ = ["Session", "begin"]

FRAME = 1 / 15


class Session:
    """A training with its tape. Steps are pulled as they are needed and never computed twice.

    ``at`` is the epoch that is shown; the tape may be ahead of it.
    """

    def __init__(self, training: Training) -> None:
        self.training = training
        self.tape = Tape(len(training.start))
        self.at = 0
        self.running = False
        self.rate: float | None = None
        self._stream = training.stream()
        self._pulling = asyncio.Lock()
        self._plays = 0

    @property
    def finished(self) -> bool:
        """Whether the place is the step at which the run stopped."""
        return self.tape.stop is not None and self.at == len(self.tape) - 1

    async def reach(self, epoch: int) -> int:
        """Pull until the tape holds an epoch or the run stops; return the epoch got to."""
        async with self._pulling:
            while self.tape.stop is None and len(self.tape) <= epoch:
                for block in await anext(self._stream):
                    self.tape.append(block)
        return min(epoch, len(self.tape) - 1)

    async def move(self, epochs: int) -> None:
        """Move the place by so many epochs, forward or back."""
        self.at = await self.reach(max(self.at + epochs, 0))

    async def play(self, pace: Callable[[], Pace]) -> AsyncIterator[None]:
        """Move the place at the pace of the moment until told to stop; yield when it moved.

        It yields at most ``1 / FRAME`` times a second, however fast the run goes. A play
        that begins while another is coming to rest takes over from it.
        """
        self.running = True
        self._plays += 1
        this = self._plays
        budget = self.training.experiment.epochs
        shown_at, shown = time.monotonic(), self.at
        while self.running and this == self._plays and not self.finished:
            current = pace()
            if current.seconds:
                await asyncio.sleep(FRAME)
                elapsed = current.elapsed(self.at, budget) + time.monotonic() - shown_at
                target = max(current.epoch(elapsed, budget), self.at + 1)
            else:
                target = max(len(self.tape), self.at + 1)
            self.at = await self.reach(target)
            if not current.seconds:
                self.at = len(self.tape) - 1
            now = time.monotonic()
            if now - shown_at >= FRAME or self.finished:
                self.rate = (self.at - shown) / max(now - shown_at, 1e-9)
                shown_at, shown = now, self.at
                yield
            await asyncio.sleep(0)
        if this == self._plays:
            self.running, self.rate = False, None
            yield


async def begin(experiment: Experiment, known: Training | None) -> Session:
    """Set up an experiment beside the event loop and stand at its start.

    A known training serves again if it is of the same experiment, and its sample if it is
    the same sample. InvalidExperiment and UnreadableData as ``Training`` raises them.
    """
    training = known
    if training is None or training.experiment != experiment:
        kept = training is not None and same_sample(training.experiment, experiment)
        sample = training.sample if training and kept else None
        training = await asyncio.to_thread(_prepare, experiment, sample)
    session = Session(training)
    await session.move(0)
    return session


def _prepare(experiment: Experiment, sample: Sample | None) -> Training:
    """Set a training up, and find the maxima that the panes compare it with."""
    training = Training(experiment, sample)
    _ = training.sample_mle, training.training_mle
    return training
