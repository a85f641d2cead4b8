"""Training: the one loop that climbs a log-likelihood, plain or asynchronous.

A run is something you iterate: to stop pulling is to pause, to leave is to cancel. Steps
are computed in blocks of a fixed length: the path first, in plain floats, for it needs
gradients alone; then the log-likelihoods of all its points at once. As the blocks do not
depend on who pulls them, neither do the steps.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from engine.ascent import Path, ascend
from engine.coordinates import COORDINATES
from engine.distributions.base import Array
from engine.experiment import Experiment, InvalidExperiment
from engine.fitting import maximum
from engine.inference import covariance, length
from engine.likelihood import Likelihood
from engine.optimizers import OPTIMIZERS
from engine.provenance import obtain
from engine.refinement import Refinement
from engine.sample import Sample
from engine.schedules import SCHEDULES
from engine.settings import built
from engine.stopping import VANISHING, Cause, Stop, reason
from engine.support import outside
from engine.tape import Block, Step
from engine.watch import Watch

__all__ = ["Training"]

BLOCK = 1024
FIRST = 64
WORK = 1 << 18
SLICE_SECONDS = 0.01


class Training:
    """A run of an experiment. Iterating gives its steps, from the start to the stop.

    InvalidExperiment where the sample and the start leave nothing to climb.
    """

    def __init__(self, experiment: Experiment, sample: Sample | None = None) -> None:
        self.experiment = experiment
        self.family = experiment.distribution
        self.sample = obtain(experiment) if sample is None else sample
        training, validation = self.sample.split(experiment.validation, experiment.split_seed)
        if training.n < len(self.family.parameters()):
            parameters = len(self.family.parameters())
            raise InvalidExperiment(
                {
                    "validation": f"{training.n} of {self.sample.n} values are left to train on; "
                    f"{parameters} parameters need at least {parameters}."
                }
            )
        where = "data" if experiment.data else "n"
        if fault := outside(self.family.support, self.sample, self.family.name):
            raise InvalidExperiment({where: f"{where}: {fault}."})
        self._exact = Likelihood(self.family, training)
        if obstacle := self.family.obstacle(self._exact.condensed.statistics):
            raise InvalidExperiment({where: f"{where}: {obstacle}."})
        start = self.family(**experiment.start) if experiment.start else None
        self.start = (start or self.family.guess(self._exact.condensed.sample)).values()
        self.train = self._quick(self._exact)
        self.validation = (
            None if validation is None else self._quick(Likelihood(self.family, validation))
        )
        self._coordinates = COORDINATES[experiment.coordinates](self.train, self.start)
        self._refinement = self._refined(training)
        try:
            self._begun = self._refinement.begin(self._coordinates.place(self.start))
        except ValueError as reason:
            raise InvalidExperiment({"optimizer": f"optimizer: {reason}."}) from None
        size = training.n if experiment.batch else self.train.size
        self._length = max(1, min(BLOCK, WORK // (size + 1)))

    def _refined(self, training: Sample) -> Refinement:
        """Build how updates are made; InvalidExperiment where the optimizer cannot serve."""
        wanted = self.experiment
        names = (p.name for p in self.family.parameters())
        rates = (wanted.rates.get(name, wanted.learning_rate) for name in names)
        return Refinement(
            self._coordinates,
            built(OPTIMIZERS[wanted.optimizer], wanted.settings),
            built(
                SCHEDULES[wanted.schedule],
                wanted.schedule_settings,
                wanted.learning_rate,
                wanted.epochs,
            ),
            training,
            tuple(rate / wanted.learning_rate for rate in rates) if wanted.rates else (),
            wanted.batch,
            wanted.split_seed,
            wanted.noise,
            wanted.clip,
            wanted.average_from,
        )

    @cached_property
    def whole(self) -> Likelihood:
        """Likelihood of the whole sample, the withheld part included."""
        return Likelihood(self.family, self.sample).condensed

    @cached_property
    def sample_mle(self) -> tuple[float, ...] | None:
        """The maximum on the whole sample, where one could be shown."""
        return maximum(self.family, self.sample)

    @cached_property
    def training_mle(self) -> tuple[float, ...] | None:
        """The maximum on what is trained on, where one could be shown."""
        training, _ = self.sample.split(self.experiment.validation, self.experiment.split_seed)
        return self.sample_mle if training is self.sample else maximum(self.family, training)

    def _quick(self, likelihood: Likelihood) -> Likelihood:
        """Likelihood that an epoch costs little of, where it is as good from start to end."""
        if likelihood.condensed is likelihood:
            return likelihood
        ends = [self.start] if self.training_mle is None else [self.start, self.training_mle]
        return likelihood.standing_in(*ends)

    def _distance(self, parameters: tuple[float, ...]) -> float:
        """How far the maximum of the training sample itself is, in standard errors."""
        matrix = covariance(self.train, parameters)
        return length(self._exact.score(parameters), matrix)

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
        while batch := await asyncio.to_thread(_pull, blocks):
            yield batch

    def blocks(self) -> Iterator[Block]:
        """Steps in blocks of at most ``BLOCK``; the last block carries the stop."""
        watch = Watch.of(
            self.experiment,
            self.train,
            strict=self.train is not self._exact,
            validated=self.validation is not None,
        )
        z: Sequence[float] = self._coordinates.place(self.start)
        state: Any = self._begun.state if self._refinement.idle else self._begun
        epoch, evaluations, best, due = 0, 0, self.start, 0
        stop = None
        while stop is None:
            began = time.perf_counter()
            # the first blocks are short, for a run may stop soon
            steps = min(self._length, FIRST + epoch, self.experiment.epochs + 1 - epoch)
            path = self._path(z, state, epoch, steps)
            rows = self._measure(path, epoch, evaluations)
            if not len(rows):
                raise InvalidExperiment(
                    {"start": "start has no finite log-likelihood; begin nearer to the data."}
                )
            checked = epoch >= due
            watch.seconds += time.perf_counter() - began
            end = watch.end(rows[:steps], goes_on=len(rows) > steps, checked=checked)
            due = max(due, epoch + epoch // 8 if self._length < BLOCK else 0) if checked else due
            rows = rows[:steps] if end is None else rows[: end[0] - epoch + 1]
            if epoch <= watch.patience.best_epoch < epoch + len(rows):
                best = _parameters(rows[watch.patience.best_epoch - epoch])
            if end is not None:
                stop = self._conclude(*end, watch, best, rows[-1])
            yield Block(rows, time.perf_counter() - began, stop)
            epoch, evaluations = epoch + len(rows), int(rows[-1, 5])
            z, state = path.z, path.state

    def _path(self, z: Sequence[float], state: Any, epoch: int, steps: int) -> Path:
        """Ascend by so many steps at the schedule's rates."""
        if not self._refinement.idle:
            return self._refinement.path(z, state, epoch, steps)
        counts = np.arange(epoch, epoch + steps)
        rates = np.broadcast_to(self._refinement.schedule(counts), steps).tolist()
        return ascend(self._coordinates, self._refinement.optimizer, rates, z, state)

    def _measure(self, path: Path, epoch: int, evaluations: int) -> Array:
        """Rows of the tape for the path, as far as every number in them is finite."""
        n = len(path.rates)
        points = self._coordinates.parameters(path.places)
        rows = np.empty((n, 6 + points.shape[1]))
        rows[:, 0] = np.arange(epoch, epoch + n)
        rows[:, 1] = self.train.values(points)
        rows[:, 2] = 0.0 if self.validation is None else self.validation.values(points)
        with np.errstate(over="ignore", invalid="ignore"):
            rows[:, 3] = np.sqrt(np.sum(path.gradients * path.gradients, axis=1))
        rows[:, 4] = path.rates
        rows[:, 5] = evaluations + np.cumsum(1.0 + np.array(path.extra, dtype=float))
        rows[:, 6:] = points
        finite = np.isfinite(rows).all(axis=1)
        rows = rows if finite.all() else rows[: int(np.argmin(finite))]
        if self.validation is None:
            rows[:, 2] = np.nan
        return rows

    def _conclude(
        self, epoch: int, cause: Cause, watch: Watch, best: tuple[float, ...], last: Array
    ) -> Stop:
        """Build the stop: which step is the estimate, and how far it is from the maximum."""
        chosen = watch.patience.best_epoch
        if self.validation is None:
            level = last[1] >= watch.patience.best - self.experiment.tolerance
            if level or cause is Cause.VANISHED:
                chosen, best = epoch, _parameters(last)
        distance = self._distance(best)
        patience = self.experiment.patience
        if cause is Cause.BUDGET and not watch.rising:
            cause = Cause.OVERSHOT
        sentence = reason(cause, epoch, chosen, distance, patience)
        return Stop(epoch, cause, sentence, chosen, converged=distance <= VANISHING)


def _parameters(row: Array) -> tuple[float, ...]:
    return tuple(row[6:].tolist())


def _pull(blocks: Iterator[Block]) -> list[Block]:
    """Take blocks until the slice of time is over; none when the run is."""
    pulled: list[Block] = []
    deadline = time.monotonic() + SLICE_SECONDS
    for block in blocks:
        pulled.append(block)
        if time.monotonic() > deadline:
            break
    return pulled
