"""The ground of a run: a sample in two parts, their likelihoods, where ascent starts, the maxima.

All that branches of one run, or the lanes of a race, have in common and need not have twice.
"""

import copy
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Self

import numpy as np

from engine.experiments.experiment import Experiment, InvalidExperiment
from engine.experiments.provenance import ORIGIN, obtain
from engine.fits.curvature import covariance, length, separation
from engine.fits.feasible_starts import observable
from engine.fits.fitting import BEYOND, NoFit, maximum
from engine.fits.units import measurable, standing, unit
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Sample
from engine.samples.support import outside
from engine.stopping import VANISHING

__all__ = ["GROUND", "Ground", "same_ground"]

GROUND = (
    *ORIGIN,
    *("start", "coordinates", "validation", "split_seed"),
)
"""Fields of an experiment that a run cannot change on its way."""

UNMEASURABLE = (
    "double precision does not hold the curvature of its likelihood at values of about {:.0e}; "
    "use a {} unit"
)
LEVEL = 1e-9
"""Share of a log-likelihood by which another one is as high."""
START = ("start", "coordinates")
"""Those among them that leave the likelihoods as they are."""


def same_ground(one: Experiment, other: Experiment, but: Sequence[str] = ()) -> bool:
    """Whether two experiments agree in what a run cannot change, some fields left aside."""
    return all(getattr(one, name) == getattr(other, name) for name in GROUND if name not in but)


@contextmanager
def _within_doubles(experiment: Experiment) -> Iterator[None]:
    """Compute, and turn what double precision does not hold into InvalidExperiment."""
    try:
        with np.errstate(all="ignore"):
            yield
    except (ArithmeticError, ValueError) as fault:
        if isinstance(fault, ValueError) and type(fault) is not ValueError:
            raise  # it says what it is; math calls a logarithm of 0 a plain ValueError
        raise experiment.unusable(f"{experiment.family}: {BEYOND}") from None


class Ground:
    """What an experiment climbs. InvalidExperiment where the sample leaves nothing to climb.

    ``train`` and ``validation`` are likelihoods that an epoch costs little of, ``exact`` that of
    the training part itself. ``notes`` are sentences on where ascent starts instead.
    """

    notes: tuple[str, ...] = ()

    def __init__(self, experiment: Experiment, sample: Sample | None = None) -> None:
        self.family = experiment.distribution
        self.sample = obtain(experiment) if sample is None else sample
        self.trained, validation = self.sample.split(experiment.validation, experiment.split_seed)
        self._held: dict[object, tuple[float, ...] | None] = {}
        self._check(experiment)
        with _within_doubles(experiment):
            self._measure(experiment, validation)

    def _measure(self, experiment: Experiment, validation: Sample | None) -> None:
        """Set the likelihoods up, and find the start."""
        self.exact = Likelihood(self.family, self.trained)
        statistics = self.exact.condensed.statistics
        if self.trained.plain and (obstacle := self.family.obstacle(statistics)):
            raise experiment.unusable(obstacle)
        self._check_size(experiment)
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
        if self.sample.n < k:
            few = "1 value is" if self.sample.n == 1 else f"{self.sample.n} values are"
            raise experiment.unusable(f"{few} too few for {k} parameters")
        if n < k:
            left = f"{n} of {self.sample.n} values are left to train on"
            raise InvalidExperiment({"validation": f"{left}; {k} parameters need at least {k}."})
        if fault := outside(self.family.support, self.sample, self.family.name):
            raise experiment.unusable(fault)

    def _check_size(self, experiment: Experiment) -> None:
        """Refuse values so large or so small that no step could be measured."""
        size, quick = unit(self.family, standing(self.trained)), self.exact.condensed
        if size != 1.0 and not measurable(quick, self._guess(quick.sample)):
            told = UNMEASURABLE.format(size, "larger" if size > 1.0 else "smaller")
            raise experiment.unusable(f"{self.family.name}: {told}")

    def _start(self, experiment: Experiment) -> tuple[float, ...]:
        """Parameters at which ascent begins: those that are told, or a cheap guess.

        What is told is left for the guess where the sample could not have come from it.
        """
        quick = self.exact.condensed
        self.notes = ()
        told = self.family(**experiment.start).values() if experiment.start else None
        if told is not None and math.isfinite(quick.value(told)):
            return told
        guess = self._guess(quick.sample)
        if told is None or not math.isfinite(quick.value(guess)):
            return told or guess
        names = self.family.names()
        place = " and ".join(f"{n} {v:g}" for n, v in zip(names, guess, strict=True))
        self.notes = (f"The sample has no likelihood at start; the run begins at {place} instead.",)
        return guess

    def _guess(self, sample: Sample) -> tuple[float, ...]:
        """A cheap start, from likely values where bounds are all that is known of some."""
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

    def held_mle(self, fixed: Mapping[str, float], *, whole: bool) -> tuple[float, ...] | None:
        """The maximum with some parameters held, of the whole sample or what is trained on."""
        if not fixed:
            return self.sample_mle if whole else self.training_mle
        whole = whole or self.trained is self.sample
        asked = (whole, *sorted(fixed.items()))
        if asked not in self._held:
            self._held[asked] = maximum(self.family, self.sample if whole else self.trained, fixed)
        return self._held[asked]

    def _quick(self, likelihood: Likelihood, start: tuple[float, ...]) -> Likelihood:
        """Likelihood that an epoch costs little of, where it is as good from start to end."""
        if likelihood.condensed is likelihood:
            return likelihood
        ends = [start] if self.training_mle is None else [start, self.training_mle]
        return likelihood.standing_in(*ends)

    def shortfall(self, parameters: Sequence[float], fixed: Mapping[str, float]) -> float:
        """By how much the maximum with some parameters held is higher, where one is known.

        0 where rounding may be all of it.
        """
        maximum = self.held_mle(fixed, whole=False)
        if maximum is None:
            return 0.0
        level = self.exact.value(maximum)
        below = level - self.exact.value(parameters)
        return below if below > LEVEL * max(1.0, abs(level)) else 0.0

    def score_length(self, parameters: Sequence[float], free: Sequence[int]) -> float:
        """Length of the score over the free parameters, in standard errors.

        The score is that of the training part itself.
        """
        matrix = covariance(self.train, parameters, free)
        return length(self.exact.score(parameters), matrix)

    def kinked(self, fixed: Mapping[str, float], free: Sequence[int]) -> bool:
        """Whether the score does not vanish at the maximum, which is at a corner or a kink."""
        maximum = self.held_mle(fixed, whole=False)
        return maximum is not None and not self.score_length(maximum, free) <= VANISHING

    def distance(self, parameters: Sequence[float], fixed: Mapping[str, float]) -> float | None:
        """How far the maximum with some parameters held is, in standard errors.

        Infinite where it has no curvature to tell by; None where none could be shown.
        """
        maximum = self.held_mle(fixed, whole=False)
        if maximum is None:
            return None
        found = separation(self.train, parameters, maximum)
        return math.inf if found is None else found
