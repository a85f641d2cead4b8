"""A race: several trainings from one start on the same likelihood, in lock-step.

The clock is what it costs: likelihood evaluations, a line search's included, or seconds. The
lane that has spent the least is always the next to move, so that at any moment all have had
as much. It runs to its end by iterating, or slice by slice by ``advance``.
"""

import dataclasses
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.experiments.experiment import Experiment, InvalidExperiment
from engine.experiments.provenance import obtain
from engine.likelihoods.likelihood import Likelihood
from engine.optimizers import OPTIMIZERS
from engine.quoting import shown
from engine.runs.ground import Ground
from engine.runs.pulling import SLICE_SECONDS
from engine.runs.spending import spent_by
from engine.runs.training import Training
from engine.samples.sample import Sample
from engine.tapes.columns import EPOCH, EVALUATIONS, TRAIN
from engine.tapes.tape import Block, Step, Tape

__all__ = ["CLOCKS", "Race"]

Array = NDArray[np.float64]

CLOCKS = ("evaluations", "seconds")
"""What a race may be timed by."""
LEAST_GAP = 1e-12


class Race:
    """Lanes by optimizer; iterating gives each one's steps as they come, and fills the tapes.

    Every optimizer but the experiment's own runs at the rate that suits it, unless ``rates``
    names another, and with its own settings' defaults. What the experiment withholds stays
    withheld, but nothing stops a lane early by it. ``sample`` is the training part, where it is
    there already. InvalidExperiment where there is no lane or no such clock, and where a lane
    cannot be; a ``lenient`` race goes without it, as long as there is another one, and keeps the
    reason in ``left_out``.
    """

    def __init__(  # noqa: PLR0913 - all but two have a natural value
        self,
        experiment: Experiment,
        optimizers: Sequence[str],
        rates: Mapping[str, float] | None = None,
        clock: str = "evaluations",
        sample: Sample | None = None,
        *,
        lenient: bool = False,
    ) -> None:
        if clock not in CLOCKS:
            told = f"clock must be {' or '.join(CLOCKS)}, not {shown(clock)}."
            raise InvalidExperiment({"clock": told})
        if not optimizers:
            raise InvalidExperiment({"optimizers": "A race needs an optimizer at least."})
        self.experiment = experiment
        self.clock = clock
        trained = dataclasses.replace(experiment, validation=0.0)
        if sample is None:
            sample, _ = obtain(experiment).split(experiment.validation, experiment.split_seed)
        ground = Ground(trained, sample)
        self.lanes: dict[str, Training] = {}
        self.left_out: dict[str, str] = {}
        for name in optimizers:
            try:
                self.lanes[name] = Training(_entered(trained, name, rates or {}), ground=ground)
            except InvalidExperiment as fault:
                if not lenient:
                    raise
                self.left_out[name] = str(fault).removeprefix("optimizer: ")
        if self.left_out and not self.lanes:
            raise InvalidExperiment({"optimizers": " ".join(self.left_out.values())})
        self.tapes = {name: Tape(len(lane.start), lane.again) for name, lane in self.lanes.items()}
        self._blocks = {name: lane.blocks() for name, lane in self.lanes.items()}

    @property
    def likelihood(self) -> Likelihood:
        """What is climbed."""
        return next(iter(self.lanes.values())).train

    @property
    def maximum(self) -> float:
        """Highest log-likelihood: at the maximum, where one could be shown, or of any step."""
        reached = [float(tape.column("train").max()) for tape in self.tapes.values() if len(tape)]
        return max([*self._known, *reached])

    @cached_property
    def _known(self) -> tuple[float, ...]:
        """Log-likelihood at the maximum, where one could be shown."""
        return () if self.best is None else (self.likelihood.value(self.best),)

    @property
    def level(self) -> float:
        """Gap to the maximum below which log-likelihoods of this size cannot be told apart."""
        return LEAST_GAP * max(1.0, abs(self.maximum))

    def gap(self, values: Array) -> Array:
        """By how much log-likelihoods are below the maximum, and no less than can be told."""
        return np.maximum(self.maximum - values, self.level)

    @cached_property
    def best(self) -> tuple[float, ...] | None:
        """Parameters of the maximum, what is held left where it is; where one could be shown."""
        return next(iter(self.lanes.values())).training_mle

    def course(self, name: str, steps: int | None = None) -> tuple[Array, Array]:
        """What so many first steps of a lane had spent, by the clock, and their log-likelihoods.

        Of a long lane these are the steps that are kept, and the last of them.
        """
        tape = self.tapes[name]
        rows = tape.kept(0, steps)
        counted = self.clock == "evaluations"
        spent = rows[:, EVALUATIONS] if counted else tape.elapsed(rows[:, EPOCH] + 1.0)
        return spent, rows[:, TRAIN]

    def spent(self, name: str, steps: int | None = None) -> float:
        """What a lane had spent by its newest step, or by so many first ones."""
        tape = self.tapes[name]
        return spent_by(tape, self.clock, len(tape) if steps is None else steps)

    @property
    def over(self) -> bool:
        """Whether every lane has stopped."""
        return all(tape.stop for tape in self.tapes.values())

    @property
    def spent_by_all(self) -> float:
        """What every lane that goes on has spent by now; the most of any once all have stopped."""
        going = self._going()
        return min(going.values()) if going else max(map(self.spent, self.tapes))

    def advance(self) -> None:
        """Compute for a little while, always in the lane that goes on and has spent the least."""
        deadline = time.monotonic() + SLICE_SECONDS
        while (going := self._going()) and time.monotonic() < deadline:
            self._block(_hindmost(going))

    def __iter__(self) -> Iterator[tuple[str, Step]]:
        steps = {name: self._steps(name) for name in self.lanes}
        spent = dict.fromkeys(self.lanes, 0.0)
        while spent:
            name = _hindmost(spent)
            try:
                spent[name], step = next(steps[name])
            except StopIteration:
                del spent[name]
            else:
                yield name, step

    def _going(self) -> dict[str, float]:
        """What each lane that goes on had spent by its newest step."""
        return {name: self.spent(name) for name, tape in self.tapes.items() if tape.stop is None}

    def _steps(self, name: str) -> Iterator[tuple[float, Step]]:
        """Further steps of a lane with what they had spent."""
        seconds = 0.0
        while self.tapes[name].stop is None:
            block = self._block(name)
            each = block.seconds / max(len(block.rows), 1)
            for step in block:
                seconds += each
                yield (step.evaluations if self.clock == "evaluations" else seconds), step

    def _block(self, name: str) -> Block:
        """Compute the next block of a lane, and put it on its tape."""
        block = next(self._blocks[name])
        self.tapes[name].append(block)
        return block


def _hindmost(spent: Mapping[str, float]) -> str:
    """Lane that has spent the least, the first of several."""
    return min(spent, key=spent.__getitem__)


def _entered(experiment: Experiment, name: str, rates: Mapping[str, float]) -> Experiment:
    """Experiment of one lane."""
    if name not in OPTIMIZERS:
        raise InvalidExperiment({"optimizers": f"{name} is not an optimizer."})
    own = name == experiment.optimizer
    rate = rates.get(name, experiment.learning_rate if own else OPTIMIZERS[name].rate)
    return dataclasses.replace(
        experiment,
        optimizer=name,
        settings=experiment.settings if own else {},
        learning_rate=rate,
    )
