"""Ascent with refinements: mini-batches, rates of their own, noise, clipping, averaging.

    z ← z + η_t s ∘ direction(clip(g + noise)),   once for every batch of an epoch

Bottou, Curtis & Nocedal, Optimization methods for large-scale machine learning (SIAM Review
60, 2018); the noise is that of Neelakantan et al., Adding gradient noise improves learning
for very deep networks (2015), clipping that of Pascanu, Mikolov & Bengio (2013), averaging
that of Polyak & Juditsky (1992).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from engine.experiments.experiment import Experiment
from engine.likelihoods.coordinates import Coordinates
from engine.likelihoods.likelihood import Likelihood
from engine.optimizers import OPTIMIZERS, Optimizer
from engine.runs.ascent import Path
from engine.runs.batches import batches
from engine.runs.limits import Limits
from engine.samples.sample import Sample
from engine.schedules import SCHEDULES, Schedule
from engine.settings import built
from engine.turnstile import COMPUTING

__all__ = ["Carried", "Refinement"]

FADING = 0.55
"""Power by which the variance of the noise falls with the epochs."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a stretch of ascent hands on to the next."""

    state: Any
    plan: Any
    """State of an adaptive schedule."""
    averaged: int = 0
    total: tuple[float, ...] = ()
    """Sum of the places that were averaged so far."""


class Refinement:
    """All that an experiment puts between a gradient and a step; ValueError where it cannot be."""

    def __init__(self, wanted: Experiment, coordinates: Coordinates, sample: Sample) -> None:
        self.wanted, self.coordinates, self.sample = wanted, coordinates, sample
        self.optimizer: Optimizer[Any] = built(OPTIMIZERS[wanted.optimizer], wanted.settings)
        self.schedule: Schedule = built(
            SCHEDULES[wanted.schedule],
            wanted.schedule_settings,
            wanted.learning_rate,
            wanted.epochs,
        )
        names = coordinates.likelihood.family.names()
        rates = (wanted.rates.get(names[i], wanted.learning_rate) for i in coordinates.free)
        self.scales = tuple(rate / wanted.learning_rate for rate in rates)
        """Rate of each coordinate over the schedule's."""

    @property
    def idle(self) -> bool:
        """Whether everything is off, so that plain ascent does the same."""
        wanted = self.wanted
        on = wanted.rates or wanted.batch or wanted.noise or wanted.clip or wanted.average_from
        return not (on or self.schedule.adaptive)

    def begin(self, z: Sequence[float]) -> Carried:
        """Begin a run at a place."""
        plan = self.schedule.begin()
        return Carried(self.optimizer.init(self.coordinates, z), plan, 0, (0.0,) * len(z))

    def taking_over(self, z: Sequence[float], carried: Carried, before: Self) -> Carried:
        """Go on at a place from what others carried, as far as it serves under these rules."""
        fresh = self.begin(z)
        return Carried(
            carried.state if self.optimizer == before.optimizer else fresh.state,
            carried.plan if self.schedule == before.schedule else fresh.plan,
            *(
                (carried.averaged, carried.total)
                if self.wanted.average_from == before.wanted.average_from
                else (fresh.averaged, fresh.total)
            ),
        )

    def path(
        self,
        z: Sequence[float],
        carried: Carried,
        epoch: int,
        steps: int,
        *,
        limits: Limits | None = None,
    ) -> Path:
        """Ascend by so many epochs and look one further, or as far as limits or doubles go."""
        path, average_from = Path(len(z)), self.wanted.average_from
        here, state, plan = list(z), carried.state, carried.plan
        averaged, total = carried.averaged, carried.total
        try:
            for current in range(epoch, epoch + steps):
                if COMPUTING.shut:
                    COMPUTING.wait()
                gradient = self.coordinates.score(*here)
                shown = here
                if average_from and current >= average_from:
                    averaged += 1
                    total = tuple(a + b for a, b in zip(total, here, strict=True))
                    shown = [a / averaged for a in total]
                norm = gradient if shown is here else self.coordinates.score(*shown)
                rate, plan, spent = self._rate(plan, current, here)
                path.visit(shown, norm, rate)
                here, state, more = self._updated(here, state, gradient, rate, current)
                path.extra.append(spent + more)
                if limits is not None and limits.spend(1 + spent + more):
                    path.cut = len(path.extra)
                    break
            path.add(here, self.coordinates.score(*here), 0.0, 0)
        except Exception as fault:  # noqa: BLE001 - it is told, and the steps before it are kept
            path.break_off(fault)
        return path.ending(here, Carried(state, plan, averaged, total))

    def _rate(self, plan: Any, epoch: int, z: Sequence[float]) -> tuple[float, Any, int]:
        """Rate of the update that leaves this epoch, and the evaluations that it took."""
        if not self.schedule.adaptive:
            return float(self.schedule(epoch)), plan, 0
        rate, plan = self.schedule.after(plan, epoch, self.coordinates.value(z))
        return rate, plan, 1

    def _updated(
        self, z: list[float], state: Any, gradient: Sequence[float], rate: float, epoch: int
    ) -> tuple[list[float], Any, int]:
        """Where an epoch's updates lead, and what they took beyond the gradient."""
        size, seed = self.wanted.batch, self.wanted.split_seed
        if not size:
            return self._step(self.coordinates, z, state, gradient, rate, epoch, 0)
        extra = 0.0
        for i, part in enumerate(batches(self.sample, size, seed, epoch)):
            surface = self.coordinates.over(Likelihood(self.coordinates.likelihood.family, part))
            slope = surface.score(*z)
            z, state, more = self._step(surface, z, state, slope, rate, epoch, i)
            extra += more * part.total / self.sample.total
        # a pass over all batches is one evaluation, and the gradient of all is for the tape alone
        return z, state, math.ceil(extra)

    def _step(
        self,
        surface: Coordinates,
        z: list[float],
        state: Any,
        gradient: Sequence[float],
        rate: float,
        *time: int,
    ) -> tuple[list[float], Any, int]:
        """Make one update."""
        changed = self._clipped(self._noisy(gradient, *time))
        direction, state, more = self.optimizer.step(surface, z, changed, state)
        moved = [a + rate * s * d for a, s, d in zip(z, self.scales, direction, strict=True)]
        for i, low, high in surface.bounds:
            moved[i] = min(max(low, moved[i]), high)
        return moved, state, more

    def _noisy(self, gradient: Sequence[float], epoch: int, batch: int) -> Sequence[float]:
        if not self.wanted.noise:
            return gradient
        deviation = self.wanted.noise * (1.0 + epoch) ** (-FADING / 2.0)
        seed = [self.wanted.split_seed, epoch, batch]
        drawn = np.random.default_rng(seed).normal(size=len(gradient))
        return tuple(g + deviation * e for g, e in zip(gradient, drawn.tolist(), strict=True))

    def _clipped(self, gradient: Sequence[float]) -> Sequence[float]:
        size, most = math.hypot(*gradient), self.wanted.clip
        return gradient if not most or size <= most else tuple(g * most / size for g in gradient)
