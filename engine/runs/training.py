"""Training: the one loop that climbs a log-likelihood, plain or asynchronous.

A run is something you iterate: to stop pulling is to pause, to leave is to cancel. Steps
are computed in blocks of a fixed length, the last cut short by a limit: the path first, in
plain floats, for it needs gradients alone; then the log-likelihoods of all its points at once.
As the blocks do not depend on who pulls them, neither do the steps.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace

import numpy as np

from engine.distributions.base import Array
from engine.experiments.experiment import Experiment, InvalidExperiment
from engine.likelihoods.coordinates import COORDINATES
from engine.likelihoods.likelihood import Likelihood
from engine.runs.ascent import Path, ascend
from engine.runs.conclusion import broken, conclude, told
from engine.runs.footing import no_footing
from engine.runs.ground import Ground, same_ground
from engine.runs.holding import Holding
from engine.runs.limits import Limits
from engine.runs.measuring import measured
from engine.runs.pulling import pull
from engine.runs.refinement import Refinement
from engine.runs.trail import Trail
from engine.runs.watch import Watch
from engine.runs.waypoint import Waypoint
from engine.samples.sample import Sample
from engine.tapes.columns import EPOCH, EVALUATIONS
from engine.tapes.tape import Block, Step
from engine.turnstile import COMPUTING

__all__ = ["Training"]

BLOCK = 256
FIRST = 64
WORK = 1 << 14


class Training:
    """A run of an experiment. Iterating gives its steps, from the start to the stop.

    Instead of at the start it may begin at a waypoint of another run on the same ground.
    InvalidExperiment where the sample and the start leave nothing to climb.
    """

    def __init__(
        self, experiment: Experiment, sample: Sample | None = None, ground: Ground | None = None
    ) -> None:
        self.experiment = experiment
        self.ground = Ground(experiment, sample) if ground is None else ground
        self.family = self.ground.family
        self.sample, self.train = self.ground.sample, self.ground.train
        self.validation = self.ground.validation
        names = self.family.names()
        held = {names.index(name): value for name, value in experiment.fixed.items()}
        self.start = tuple(held.get(i, value) for i, value in enumerate(self.ground.start))
        coordinates = COORDINATES[experiment.coordinates](self.train, self.ground.start)
        self.coordinates = Holding(coordinates, self.start, held) if held else coordinates
        self.refinement = Refinement(experiment, self.coordinates, self.ground.trained)
        place = self.coordinates.place(self.start)
        try:
            carried = self.refinement.begin(place)
        except ValueError as reason:
            raise InvalidExperiment({"optimizer": f"optimizer: {reason}."}) from None
        self._begin(Waypoint(0, place, carried, 0))
        size = self.ground.trained.n if experiment.batch else self.train.size
        self._length = max(1, min(BLOCK, WORK // (size + 1)))

    def _begin(self, origin: Waypoint) -> None:
        """Set where the run begins."""
        self.origin = origin
        self._trail = Trail(origin)

    @property
    def whole(self) -> Likelihood:
        """Likelihood of the whole sample, the withheld part included."""
        return self.ground.whole

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on how the sample was understood, and on where the run starts instead."""
        return (*self.sample.notes, *self.ground.notes)

    @property
    def sample_mle(self) -> tuple[float, ...] | None:
        """The maximum on the whole sample, what is held held, where one could be shown."""
        return self.ground.held_mle(self.experiment.fixed, whole=True)

    @property
    def training_mle(self) -> tuple[float, ...] | None:
        """The maximum on what is trained on, likewise."""
        return self.ground.held_mle(self.experiment.fixed, whole=False)

    def __iter__(self) -> Iterator[Step]:
        for block in self.blocks():
            yield from block

    async def __aiter__(self) -> AsyncIterator[Step]:
        async for batch in self.stream():
            for block in batch:
                for step in block:
                    yield step
                await asyncio.sleep(0)

    async def stream(self) -> AsyncIterator[list[Block]]:
        """Blocks as they come, computed beside the event loop in short slices."""
        blocks = self.blocks()
        while batch := await asyncio.to_thread(pull, blocks):
            yield batch

    def blocks(self) -> Iterator[Block]:
        """Steps in blocks of at most ``BLOCK``; the last block carries the stop.

        What breaks a run off on its way is told by the stop; its block may have no steps.
        """
        last: Block | None = None
        try:
            for last in self._blocks():
                yield last
        except InvalidExperiment:
            raise
        except Exception as fault:  # noqa: BLE001 - it is told
            if last is None:
                raise InvalidExperiment({"optimizer": told(fault)}) from None
            yield Block(last.rows[:0], 0.0, broken(int(last.rows[-1, EPOCH]), fault))

    def _blocks(self) -> Iterator[Block]:
        watch = Watch.of(
            self.experiment,
            self.train,
            free=self.coordinates.free,
            strict=self.train is not self.ground.exact,
            validated=self.validation is not None,
        )
        at, due, stop = self.origin, self.origin.epoch, None
        while stop is None:
            began = COMPUTING.clock()
            self._trail.add(at)
            limits = Limits.left(self.experiment, at.evaluations, watch.seconds)
            path, steps, rows = self._block(at, limits)
            if not len(rows):
                raise path.fault or no_footing(self.experiment, self.ground, self.start)
            watch.seconds += COMPUTING.clock() - began
            checked = at.epoch >= due
            if checked and self._length < BLOCK:
                due = at.epoch + at.epoch // 8  # of a large sample, the score costs a pass
            end = watch.end(rows[:steps], goes_on=len(rows) > steps, checked=checked)
            if end is None:
                rows = rows[:steps]
            else:
                rows = rows[: end[0] - at.epoch + 1]
                stop = conclude(self.ground, watch, end, rows[-1], path.fault)
            yield Block(rows, COMPUTING.clock() - began, stop)
            at = _behind(at, path, rows)

    def waypoint(self, epoch: int) -> Waypoint:
        """Where the run stands before a step, which must not lie before its origin."""
        at = self._trail.before(epoch)
        while at.epoch < epoch:
            steps = min(self._length, epoch - at.epoch)
            path = self._path(at, steps)
            at = _behind(at, path, self.measured(path, at)[:steps])
        return at

    def again(self, begin: int, end: int) -> Array:
        """Rows of steps that were made before, from an epoch on, to the same digits."""
        at, found = self._trail.before(begin), []
        while at.epoch < end:
            path, steps, rows = self._block(at)
            found.append(rows[max(begin - at.epoch, 0) : min(end - at.epoch, steps)])
            at = _behind(at, path, rows[:steps])
            self._trail.revisit(at)
        return np.concatenate(found)

    def _block(self, at: Waypoint, limits: Limits | None = None) -> tuple[Path, int, Array]:
        """The path of the block at a waypoint, how many steps it has, and rows of one more."""
        # the first blocks are short, for a run may stop soon
        left = max(self.experiment.epochs + 1 - at.epoch, 1)
        steps = min(self._length, FIRST + at.epoch, left)
        path = self._path(at, steps, limits)
        return path, path.cut or steps, self.measured(path, at)

    def branch(self, at: Waypoint, experiment: Experiment) -> "Training":
        """Return the run that goes on from a waypoint of this one under other rules.

        What the optimizer and the schedule remember goes on where they are the same. Early
        stopping begins anew. ValueError where the ground is another one.
        """
        if not same_ground(self.experiment, experiment):
            raise ValueError("a branch stands on the ground of the run that it leaves")
        onward = Training(experiment, ground=self.ground)
        if experiment.fixed == self.experiment.fixed:
            z: Sequence[float] = at.z
            carried = onward.refinement.taking_over(z, at.carried, self.refinement)
        else:
            z = onward.coordinates.place(self.parameters(at))
            carried = onward.refinement.begin(z)
        onward._begin(Waypoint(at.epoch, z, carried, at.evaluations))
        return onward

    def parameters(self, at: Waypoint) -> tuple[float, ...]:
        """Parameters at a waypoint of this run."""
        return tuple(self.coordinates.parameters(np.array([at.z], dtype=float))[0].tolist())

    def placed(self, parameters: Sequence[float], epoch: int, evaluations: int) -> Waypoint:
        """Return a waypoint at parameters that somebody chose, with nothing remembered."""
        z = self.coordinates.place(parameters)
        return Waypoint(epoch, z, self.refinement.begin(z), evaluations)

    def _path(self, at: Waypoint, steps: int, limits: Limits | None = None) -> Path:
        """Ascend by so many steps at the schedule's rates, and look one further."""
        if not self.refinement.idle:
            return self.refinement.path(at.z, at.carried, at.epoch, steps, limits=limits)
        counts = np.arange(at.epoch, at.epoch + steps)
        rates = np.broadcast_to(self.refinement.schedule(counts), steps).tolist()
        optimizer = self.refinement.optimizer
        path = ascend(self.coordinates, optimizer, rates, at.z, at.carried.state, limits=limits)
        return path.ending(path.z, replace(at.carried, state=path.state))

    def measured(self, path: Path, at: Waypoint) -> Array:
        """Rows of the tape for a path from a waypoint, as far as every number in them is finite."""
        points = self.coordinates.parameters(path.places)
        return measured(path, at, points, self.train, self.validation)


def _behind(at: Waypoint, path: Path, rows: Array) -> Waypoint:
    """Waypoint behind a path whose steps make these rows."""
    return Waypoint(at.epoch + len(rows), path.z, path.state, int(rows[-1, EVALUATIONS]))
