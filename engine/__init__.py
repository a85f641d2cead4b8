"""The engine of maximum likelihood: distributions, ascent, and what a fit is worth.

It knows numpy and scipy, and no screen. The way of the data has one direction:
Experiment → Training → Step → Tape → Report.
"""

from engine.experiment import Experiment, InvalidExperiment
from engine.files import UnreadableData
from engine.presets import preset, presets
from engine.report import Report, report
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
    "presets",
    "report",
]
