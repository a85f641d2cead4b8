"""A session in the lab: a journey, the branch and the epoch it is looked at, and the clock."""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from engine.capsules.capsule import Capsule
from engine.capsules.replay import replay
from engine.experiments.experiment import Experiment
from engine.experiments.provenance import same_sample
from engine.fits.curvature import standard_errors
from engine.runs.ground import START, Ground, same_ground
from engine.runs.journey import Branch, Journey
from engine.runs.training import Training
from engine.tapes.tape import Tape
from tui.beside import beside
from tui.pace import FLAT_OUT, Pace, lapse
from tui.terminal.journal import tell_begun

__all__ = ["Session", "begin", "replayed"]

FRAME = 1 / 15
STOPPING = {"epochs", "evaluations", "seconds", "near", "steady", "tolerance", "patience"}
"""Fields that only say when a run ends."""


class Session:
    """Runs with their tapes. Steps are pulled as they are needed and never computed twice.

    ``at`` is the epoch of ``branch`` that is shown; its tape may be ahead of it.
    """

    def __init__(self, training: Training, journey: Journey | None = None) -> None:
        self.journey = journey or Journey(training)
        self.branch = self.journey.branches[-1]
        self.at = 0
        self.running = False
        self.rate: float | None = None
        self._undone: list[tuple[tuple[Branch, ...], Branch, int]] = []
        self.pulling = asyncio.Lock()
        """Held by who computes steps."""
        self._plays = 0

    @property
    def training(self) -> Training:
        """The run of the branch."""
        return self.branch.training

    @property
    def tape(self) -> Tape:
        """The tape of the branch."""
        return self.branch.tape

    @property
    def finished(self) -> bool:
        """Whether the place is the step at which the run stopped."""
        return self.tape.ends_at(self.at)

    @cached_property
    def errors(self) -> tuple[float, ...]:
        """Standard errors at the maximum, by which parameters are nudged; else a tenth of each."""
        best = self.training.training_mle or self.training.start
        found = standard_errors(self.training.train, best)
        return found or tuple(abs(value) / 10 or 0.1 for value in best)

    async def reach(self, epoch: int) -> int:
        """Pull until the tape holds an epoch or the run stops; return the epoch got to."""
        async with self.pulling:
            branch = self.branch
            while branch.tape.stop is None and len(branch.tape) <= epoch:
                await asyncio.to_thread(branch.pull)
        return min(epoch, len(self.tape) - 1)

    async def go(self, epoch: int) -> None:
        """Move the place to an epoch, or as near as there is one."""
        self.at = await self.reach(max(epoch, 0))
        self.branch.seen = max(self.branch.seen, self.at)

    async def move(self, epochs: int) -> None:
        """Move the place by so many epochs, forward or back."""
        await self.go(self.at + epochs)

    def tenths(self, number: int) -> int:
        """Place so many tenths of the run away, or of the budget while its end is not known."""
        whole = len(self.tape) - 1 if self.tape.stop else self.training.experiment.epochs
        return self.at + number * max(round(whole / 10), 1)

    async def travel(self, epoch: float) -> AsyncIterator[None]:
        """Move the place to an epoch as fast as can be, unless told to stop; yield as it moves."""
        if self.tape.stop is None and epoch >= len(self.tape):
            async for _ in self.play(lambda: FLAT_OUT, epoch):
                yield
        else:
            await self.go(int(epoch))
            yield

    async def restart(self) -> None:
        """Move the place to the start."""
        await self.go(0)

    async def newest(self) -> None:
        """Move the place to the newest step that was seen of this branch."""
        await self.go(self.branch.seen)

    async def play(self, pace: Callable[[], Pace], until: float = math.inf) -> AsyncIterator[None]:
        """Move the place at the pace of the moment until told to stop; yield when it moved.

        It yields at most ``1 / FRAME`` times a second, however fast the run goes. A play
        that begins while another is coming to rest takes over from it.
        """
        self.running = True
        self._plays += 1
        this = self._plays
        shown_at, shown = time.monotonic(), self.at
        while self._goes_on(this) and not self.finished and self.at < until:
            current, budget = pace(), self.training.experiment.epochs
            if current.seconds:
                await asyncio.sleep(FRAME)
                elapsed = current.elapsed(self.at, budget) + lapse(shown_at)
                await self._near(max(current.epoch(elapsed, budget), self.at + 1))
            else:
                await self.reach(max(len(self.tape), self.at + 1))
                if self._goes_on(this):  # else the place may be elsewhere by now
                    await self.go(int(min(len(self.tape) - 1, until)))
            now = time.monotonic()
            if now - shown_at >= FRAME or self.finished:
                self.rate = (self.at - shown) / max(now - shown_at, 1e-9)
                shown_at, shown = now, self.at
                yield
            await asyncio.sleep(0)
        if this == self._plays:
            self.running, self.rate = False, None
            yield

    def _goes_on(self, play: int) -> bool:
        """Whether a play was neither paused nor replaced by another."""
        return self.running and play == self._plays

    async def _near(self, epoch: int) -> None:
        """Move towards an epoch, as far as can be computed while a frame is shown."""
        began = time.monotonic()
        while len(self.tape) <= epoch and not self.tape.stop and lapse(began) < FRAME:
            await self.reach(len(self.tape))
        await self.go(min(epoch, len(self.tape) - 1))

    async def steer(self, changes: Mapping[str, Any]) -> None:
        """Go on from the place under other rules; InvalidExperiment where those cannot be.

        A run that has stopped is begun again under them, unless they only say when to stop.
        """
        again = self.finished and not changes.keys() <= STOPPING
        await self._grow(lambda: self.journey.branch(self.branch, 0 if again else self.at, changes))

    async def drive(self, place: Sequence[float]) -> None:
        """Move the parameters by hand, as one more step; InvalidExperiment where there is none."""
        await self._grow(lambda: self.journey.drive(self.branch, self.at, place))

    async def _grow(self, branching: Callable[[], Branch]) -> None:
        async with self.pulling:
            before = self.journey.branches, self.branch, self.at
            grown = await asyncio.to_thread(branching)
            self._undone.append(before)
            self.branch = grown
            self.at = max(min(self.at, len(grown.tape) - 1), 0)  # panes may look before it moves
        await self.go(grown.begin)

    async def capsule(
        self, race: Sequence[str] = (), race_from: tuple[Branch, int] | None = None
    ) -> Capsule:
        """Record the session as it stands, and which optimizers raced from where."""
        seen = self.journey, self.branch, self.at
        async with self.pulling:
            return await asyncio.to_thread(Capsule.of, *seen, race, race_from)

    async def undo(self) -> bool:
        """Return to before the last branch was made; whether there was one."""
        async with self.pulling:  # one that is being made is the last
            if not self._undone:
                return False
            self.journey.branches, self.branch, self.at = self._undone.pop()
        return True

    def nudged(self, parameter: int, errors: float) -> tuple[float, ...]:
        """Parameters of the place with one moved by so many standard errors, in its domain."""
        here = list(self.tape[self.at].parameters)
        domain = self.training.family.parameters()[parameter].domain
        here[parameter] = domain.clamp(here[parameter] + errors * self.errors[parameter])
        return tuple(here)

    def held(self, parameter: str) -> dict[str, float]:
        """Return the held parameters with one more held at its value, or let go."""
        fixed = dict(self.training.experiment.fixed)
        if fixed.pop(parameter, None) is None:
            names = [p.name for p in self.training.family.parameters()]
            fixed[parameter] = self.tape[self.at].parameters[names.index(parameter)]
        return fixed


async def replayed(capsule: Capsule) -> Session:
    """Bring a recorded session back, beside the event loop.

    InvalidCapsule, InvalidExperiment and UnreadableData where it cannot be.
    """
    journey = await asyncio.to_thread(replay, capsule)
    session = Session(journey.branches[0].training, journey)
    session.branch = journey.branches[capsule.shown]
    await session.go(capsule.epoch)
    await asyncio.to_thread(_maxima, session.training)
    return session


async def begin(experiment: Experiment, known: Training | None) -> Session:
    """Set up an experiment beside the event loop and stand at its start.

    A known training serves again if it is of the same experiment, and its ground as far as it
    is the same. InvalidExperiment and UnreadableData as ``Training`` raises them.
    """
    training = known
    if training is None or training.experiment != experiment:
        training = await beside(_prepare, experiment, known)
    session = Session(training)
    await session.move(0)
    return session


def _prepare(experiment: Experiment, known: Training | None) -> Training:
    """Set a training up, and find the maxima that the panes compare it with."""
    ground: Ground | None = None
    if known and same_ground(experiment, known.experiment, START):
        ground = known.ground.starting(experiment)
    kept = known is not None and same_sample(known.experiment, experiment)
    tell_begun(experiment)
    training = Training(experiment, known.sample if known and kept else None, ground)
    _maxima(training)
    return training


def _maxima(training: Training) -> None:
    """Find the maxima, which the ground then keeps."""
    _ = training.sample_mle, training.training_mle
