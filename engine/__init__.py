"""The engine of maximum likelihood: distributions, ascent, and what a fit is worth.

It knows numpy and scipy, and no screen. The way of the data has one direction:
Experiment → Training → Step → Tape → Report.

A name is imported when it is asked for, so that who needs a small part waits for no more.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.experiment import Experiment, InvalidExperiment
    from engine.files import UnreadableData
    from engine.presets import preset
    from engine.report import Report
    from engine.tape import Step, Tape
    from engine.training import Training

__all__ = [
    "Experiment",
    "InvalidExperiment",
    "Report",
    "Step",
    "Tape",
    "Training",
    "UnreadableData",
    "preset",
]

HOMES = {
    "Experiment": "engine.experiment",
    "InvalidExperiment": "engine.experiment",
    "Report": "engine.report",
    "Step": "engine.tape",
    "Tape": "engine.tape",
    "Training": "engine.training",
    "UnreadableData": "engine.files",
    "preset": "engine.presets",
}
"""The module of each name; one that is a module's as well could not be told from it."""


def __getattr__(name: str) -> Any:
    """Import a name that the package offers."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(HOMES[name]), name)
