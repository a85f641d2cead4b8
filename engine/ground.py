"""The ground of a run: a sample in two parts, their likelihoods, where ascent starts, the maxima.

All that branches of one run, or the lanes of a race, have in common and need not have twice.
"""

import copy
from collections.abc import Sequence
from functools import cached_property
from typing import Self

from engine.experiment import Experiment, InvalidExperiment
from engine.fitting import NoFit, maximum, observable
from engine.inference import inverted, length
from engine.likelihood import Likelihood
from engine.provenance import ORIGIN, obtain
from engine.sample import Sample
from engine.support import outside

__all__ = ["GROUND", "Ground", "same_ground"]

GROUND = (
    *ORIGIN,
    *("start", "coordinates", "validation", "split_seed"),
)
"""Fields of an experiment that a run cannot change on its way."""

START = ("start", "coordinates")
"""Those among them that leave the likelihoods as they are."""


def same_ground(one: Experiment, other: Experiment, but: Sequence[str] = ()) -> bool:
    """Whether two experiments agree in what a run cannot change, some fields left aside."""
    return all(getattr(one, name) == getattr(other, name) for name in GROUND if name not in but)


class Ground:
    """What an experiment climbs. InvalidExperiment where the sample leaves nothing to climb.

    ``train`` and ``validation`` are likelihoods that an epoch costs little of, ``exact`` that of
    the training part itself.
    """

    def __init__(self, experiment: Experiment, sample: Sample | None = None) -> None:
        self.family = experiment.distribution
        self.sample = obtain(experiment) if sample is None else sample
        self.trained, validation = self.sample.split(experiment.validation, experiment.split_seed)
        self._check(experiment)
        self.exact = Likelihood(self.family, self.trained)
        statistics = self.exact.condensed.statistics
        if self.trained.plain and (obstacle := self.family.obstacle(statistics)):
            where = "data" if experiment.data else "n"
            raise InvalidExperiment({where: f"{where}: {obstacle}."})
        self.start = self._start(experiment)
        self.train = self._quick(self.exact, self.start)
        self.validation = (
            None
            if validation is None
            else self._quick(Likelihood(self.family, validation), self.start)
        )

    def _check(self, experiment: Experiment) -> None:
        """Refuse a sample that is too small, or that the family cannot hold."""
        n, k = self.trained.n, len(self.family.parameters())
        if n < k:
            left = f"{n} of {self.sample.n} values are left to train on"
            raise InvalidExperiment({"validation": f"{left}; {k} parameters need at least {k}."})
        if fault := outside(self.family.support, self.sample, self.family.name):
            where = "data" if experiment.data else "n"
            raise InvalidExperiment({where: f"{where}: {fault}."})

    def _start(self, experiment: Experiment) -> tuple[float, ...]:
        """Parameters at which ascent begins: those that are told, or a cheap guess."""
        if experiment.start:
            return self.family(**experiment.start).values()
        sample = self.exact.condensed.sample
        try:
            return self.family.guess(sample if sample.plain else observable(self.exact)).values()
        except NoFit as reason:
            raise InvalidExperiment({"data": f"data: {reason}."}) from None

    def starting(self, experiment: Experiment) -> Self:
        """Return the same ground with the start of an experiment that differs in nothing else."""
        moved = copy.copy(self)
        moved.start = self._start(experiment)
        moved.train = self._quick(self.exact, moved.start)
        return moved

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
        if self.trained is self.sample:
            return self.sample_mle
        return maximum(self.family, self.trained)

    def _quick(self, likelihood: Likelihood, start: tuple[float, ...]) -> Likelihood:
        """Likelihood that an epoch costs little of, where it is as good from start to end."""
        if likelihood.condensed is likelihood:
            return likelihood
        ends = [start] if self.training_mle is None else [start, self.training_mle]
        return likelihood.standing_in(*ends)

    def distance(self, parameters: Sequence[float], free: Sequence[int]) -> float:
        """How far the maximum over the free parameters is, in standard errors.

        The score is that of the training part itself.
        """
        matrix = inverted(self.train.information(parameters), free)
        return length(self.exact.score(parameters), matrix)
