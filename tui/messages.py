"""What widgets tell the lab: tiny dataclasses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from engine.experiment import Experiment

__all__ = ["ExperimentChanged"]


@dataclass
class ExperimentChanged(Message):
    """The settings describe another valid experiment."""

    experiment: Experiment
