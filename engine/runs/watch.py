"""Whether a run ends with one of the steps that have just been made, and for what cause."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from engine.distributions.base import Array
from engine.experiments.experiment import Experiment
from engine.fits.curvature import score_in_standard_errors
from engine.likelihoods.likelihood import Likelihood
from engine.optimizers import OPTIMIZERS
from engine.stopping import VANISHING, Cause, Patience
from engine.tapes.columns import EPOCH, EVALUATIONS, PARAMETERS, TRAIN, VALIDATION

__all__ = ["Watch"]

OVERSHOT = 1e-6


@dataclass(slots=True)
class Watch:
    """Follows a run, block by block, with the limits of its experiment.

    Without a validation sample nothing is watched for early stopping, only for the best step.
    ``free`` are the places of the parameters that may move.
    ``strict`` asks the likelihood for half the distance, where it stands for another one.
    """

    experiment: Experiment
    likelihood: Likelihood
    free: tuple[int, ...]
    strict: bool
    validated: bool
    patience: Patience
    seconds: float = 0.0
    before: float = np.nan
    """Log-likelihood of the step before the next block's first."""
    highest: float = -np.inf
    best: tuple[float, ...] = ()
    """Parameters of the best step."""

    @property
    def rising(self) -> bool:
        """Whether no step had a noticeably higher log-likelihood than the last."""
        return self.before >= self.highest - OVERSHOT * max(1.0, abs(self.highest))

    @classmethod
    def of(
        cls,
        experiment: Experiment,
        likelihood: Likelihood,
        *,
        free: tuple[int, ...],
        strict: bool,
        validated: bool,
    ) -> Self:
        """Begin to watch."""
        # a rule that goes by values alone stands still for a while, which is not level ground
        level = experiment.tolerance if "score" in OPTIMIZERS[experiment.optimizer].needs else 0.0
        patience = (experiment.patience, level) if validated else (0, 0.0)
        return cls(experiment, likelihood, free, strict, validated, Patience(*patience))

    def end(self, rows: Array, *, goes_on: bool, checked: bool) -> tuple[int, Cause] | None:
        """Epoch at which the run ends among these rows and why; None where it goes on.

        ``checked`` is whether the score is looked at, which costs more than a step.
        """
        ends = [each for each in self._ends(rows, goes_on=goes_on, checked=checked) if each]
        first = min(ends, key=lambda each: each[0], default=None)
        epoch = int(rows[0, EPOCH])
        if first is not None:
            rows = rows[: first[0] - epoch + 1]
        watched = rows[:, VALIDATION if self.validated else TRAIN]
        patient = self.patience.watch(epoch, watched.tolist())
        if self.patience.best_epoch >= epoch:
            self.best = tuple(rows[self.patience.best_epoch - epoch, PARAMETERS].tolist())
        self.before = float(rows[-1, TRAIN])
        self.highest = max(self.highest, float(rows[:, TRAIN].max()))
        return patient or first

    def _ends(self, rows: Array, *, goes_on: bool, checked: bool) -> list[tuple[int, Cause] | None]:
        """Every reason to end, the gravest first."""
        last = int(rows[-1, EPOCH])
        wanted = self.experiment
        return [
            self._near(rows) if checked else None,
            self._steady(rows) if wanted.steady else None,
            self._spent(rows) if wanted.evaluations else None,
            (last, Cause.SECONDS) if 0 < wanted.seconds <= self.seconds else None,
            (last, Cause.BUDGET) if last >= wanted.epochs else None,
            None if goes_on else (last, Cause.DIVERGED),
        ]

    def _near(self, rows: Array) -> tuple[int, Cause] | None:
        """First step that is near the maximum, if the last one is."""
        limit = self.experiment.near
        if not self._within(rows[-1], limit):
            return None
        place = next(i for i, row in enumerate(rows) if self._within(row, limit))
        cause = Cause.VANISHED if self._within(rows[place], VANISHING) else Cause.NEAR
        return int(rows[place, EPOCH]), cause

    def _within(self, row: Array, limit: float) -> bool:
        at = tuple(row[PARAMETERS].tolist())
        near = limit / 2.0 if self.strict else limit
        return score_in_standard_errors(self.likelihood, at, self.free) <= near

    def _steady(self, rows: Array) -> tuple[int, Cause] | None:
        """First step whose log-likelihood is that of the one before, but for a small share."""
        values = np.concatenate([[self.before], rows[:, TRAIN]])
        change = np.abs(np.diff(values)) <= self.experiment.steady * np.abs(values[1:])
        return (int(rows[int(np.argmax(change)), EPOCH]), Cause.STEADY) if change.any() else None

    def _spent(self, rows: Array) -> tuple[int, Cause] | None:
        """First step by which the evaluations are used up."""
        over = rows[:, EVALUATIONS] >= self.experiment.evaluations
        return (int(rows[int(np.argmax(over)), EPOCH]), Cause.EVALUATIONS) if over.any() else None
