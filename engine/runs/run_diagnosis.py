"""Named diagnoses of a run: what keeps it from the maximum that the fit found, and the fix."""

from collections.abc import Iterator

import numpy as np

from engine.comparisons.remedy import Remedy
from engine.fits.diagnosis import Diagnosis
from engine.fits.fitting import Fit
from engine.runs.training import Training
from engine.stopping import Stop

__all__ = ["run_diagnoses"]

CONDITION = 1e4
"""Condition of the information from which one rate no longer suits all parameters."""


def run_diagnoses(
    fitted: Fit, training: Training, stop: Stop | None
) -> tuple[tuple[Diagnosis, tuple[Remedy, ...]], ...]:
    """Diagnoses of a run on the fit's sample, each with its fixes; none where all is well."""
    return (*_badly_scaled(fitted, training), *_stopped_short(fitted, training, stop))


def _badly_scaled(
    fitted: Fit, training: Training
) -> Iterator[tuple[Diagnosis, tuple[Remedy, ...]]]:
    """Parameters as written, whose curvatures differ so much that a rate suits only one."""
    if training.experiment.coordinates != "written" or fitted.covariance is None:
        return
    free = np.diag(fitted.covariance) > 0
    information = np.linalg.inv(fitted.covariance[np.ix_(free, free)])
    condition = float(np.linalg.cond(information))
    if condition > CONDITION:
        found = Diagnosis(
            "badly-scaled",
            f"The information of the parameters as written has a condition of {condition:.2g}, so "
            "that a rate which suits one of them is far too large or small for another.",
            "Ascend in coordinates that are measured in standard errors.",
        )
        changes = {"coordinates": "standardized"}
        yield found, (_same(fitted, "ascend in standardized coordinates", changes),)


def _stopped_short(
    fitted: Fit, training: Training, stop: Stop | None
) -> Iterator[tuple[Diagnosis, tuple[Remedy, ...]]]:
    """A run that ended before its maximum, by a method that could not get there in time."""
    if stop is None or stop.converged or training.experiment.optimizer == "newton":
        return
    if fitted.converged and fitted.covariance is not None:
        found = Diagnosis(
            "run-stopped-short",
            stop.reason,
            "Newton's method gets to a maximum like this one in a few steps.",
        )
        yield found, (_same(fitted, "ascend by newton", {"optimizer": "newton"}),)


def _same(fitted: Fit, action: str, changes: dict[str, str]) -> Remedy:
    """A fix of the way there, which leaves the maximum where it is."""
    likelihood = fitted.likelihood
    return Remedy(
        action, likelihood.family, likelihood.sample, changes, fitted.held, fitted.parameters
    )
