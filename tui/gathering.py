"""Gathering what the report tells: the run's findings, and the fit of its sample beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from engine.fits.fitting import NoFit, fit
from engine.inference.intervals import raised
from engine.reports.dossier import Section
from engine.reports.fit_document import fit_document, intervals
from engine.runs.training import Training
from engine.samples.sample import Sample
from tui.exports.findings import Findings
from tui.findings import EVERY, Asked, fit_findings, run_findings
from tui.fit_view import FitView
from tui.snapshot import Snapshot
from tui.texts.command_line import fit_line

if TYPE_CHECKING:
    from tui.analysis import Analysis

__all__ = ["Gathered", "Gathering"]

RESAMPLED = ("--intervals", "wald,profile,bootstrap", "--p-values")
"""What the command is asked for where samples like the one in hand were drawn."""
KINDS = "wald", "profile"
"""Intervals of the fit, as the command has them unless told otherwise."""
PENDING = Section("The maximum", ("The fit of the sample follows once the run rests.",))


@dataclass(frozen=True)
class Gathered:
    """Findings of the run, and of the fit of its sample where there is one."""

    run: Findings
    fit: Findings | None


@dataclass(frozen=True, eq=False)
class _Fitted:
    """What was fitted, and what came out: findings, or the reason why there are none."""

    sample: Sample
    family: type
    fixed: Mapping[str, float]
    level: float
    found: Findings | str

    def of(self, training: Training, level: float) -> bool:
        """Whether it is the fit of a run's sample, with intervals at a level."""
        return self.level == level and _same(self, training)


class Gathering:
    """Findings of moments of a run; the last fit is kept, for most moments share it."""

    def __init__(self, every: int = EVERY) -> None:
        self.every = every
        """Epochs of a row in the run's document."""
        self._lock = Lock()
        self._fitted: _Fitted | None = None

    def known(self, snapshot: Snapshot) -> Findings | str | None:
        """What is known of the fit: from its own tab, which may know more, or from before."""
        training, last = snapshot.training, self._fitted
        seen = snapshot.fit.analysis if snapshot.fit else None
        if seen and seen.fitted and seen.complete and _same(seen, training):
            flags = (*_level_flag(seen.level), *(RESAMPLED if seen.drawn else ()))
            line = fit_line(training.experiment, *flags)
            asked = Asked(seen.kinds, seen.level, training.experiment.data, line)
            return fit_findings(seen.fitted, seen.sample, seen.told, asked)
        return last.found if last and last.of(training, _level(snapshot)) else None

    def now(self, snapshot: Snapshot) -> Gathered:
        """Gather what can be had at once; the fit only where it is there already."""
        if (found := self.known(snapshot)) is None:
            return Gathered(run_findings(snapshot, (PENDING,), self.every), None)
        return self._joined(snapshot, found)

    def whole(self, snapshot: Snapshot) -> Gathered:
        """Gather everything, which may take a fit."""
        with self._lock:
            if (found := self.known(snapshot)) is None:
                self._fitted = _fitted(snapshot.training, _level(snapshot))
                found = self._fitted.found
        return self._joined(snapshot, found)

    def _joined(self, snapshot: Snapshot, found: Findings | str) -> Gathered:
        if isinstance(found, str):
            section = Section("The maximum", (f"The sample has no fit: {found}.",))
            return Gathered(run_findings(snapshot, (section,), self.every), None)
        return Gathered(run_findings(snapshot, found.dossier.sections, self.every), found)


def _level(snapshot: Snapshot) -> float:
    """Level at which intervals are told."""
    return (snapshot.fit or FitView()).level


def _level_flag(level: float) -> tuple[str, ...]:
    """What the command is asked for where it would tell intervals at another level."""
    return () if level == FitView().level else ("--level", repr(level))


def _same(one: _Fitted | Analysis, training: Training) -> bool:
    """Whether a fit is that of a run's sample."""
    same = one.sample is training.sample and one.family is training.family
    return same and one.fixed == training.experiment.fixed


def _fitted(training: Training, level: float) -> _Fitted:
    """Fit the family to the whole sample, with the parameters held that the run holds."""
    experiment, sample = training.experiment, training.sample
    found: Findings | str
    try:
        fitted = raised(fit(training.family, sample, experiment.fixed), level)
    except NoFit as reason:
        found = str(reason)
    else:
        asked = Asked(KINDS, level, experiment.data, fit_line(experiment, *_level_flag(level)))
        told = fit_document(fitted, sample, intervals(fitted, level, KINDS))
        found = fit_findings(fitted, sample, told, asked)
    return _Fitted(sample, training.family, experiment.fixed, level, found)
