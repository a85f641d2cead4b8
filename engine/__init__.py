"""The engine of maximum likelihood: distributions, ascent, and what a fit is worth.

It knows numpy and scipy, and no screen. The way of the data has one direction:
Experiment → Training → Step → Tape → Report.

A name is imported when it is asked for, so that who needs a small part waits for no more.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.distributions import FAMILIES
    from engine.experiments.experiment import Experiment, InvalidExperiment
    from engine.files import UnreadableData
    from engine.fits.fitting import NoFit, fit
    from engine.presets import preset
    from engine.reports.report import Report
    from engine.runs.training import Training
    from engine.samples.sample import Sample
    from engine.tapes.tape import Step, Tape

__all__ = [
    "FAMILIES",
    "Experiment",
    "InvalidExperiment",
    "NoFit",
    "Report",
    "Sample",
    "Step",
    "Tape",
    "Training",
    "UnreadableData",
    "fit",
    "preset",
]

HOMES = {
    "FAMILIES": "engine.distributions",
    "Experiment": "engine.experiments.experiment",
    "InvalidExperiment": "engine.experiments.experiment",
    "NoFit": "engine.fits.fitting",
    "Report": "engine.reports.report",
    "Sample": "engine.samples.sample",
    "Step": "engine.tapes.tape",
    "Tape": "engine.tapes.tape",
    "Training": "engine.runs.training",
    "UnreadableData": "engine.files",
    "fit": "engine.fits.fitting",
    "preset": "engine.presets",
}
"""The module of each name; one that is a module's as well could not be told from it."""


def __getattr__(name: str) -> Any:
    """Import a name that the package offers."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(HOMES[name]), name)
