"""What widgets tell the lab: tiny dataclasses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from engine.experiments.experiment import Experiment

__all__ = [
    "Edited",
    "ExperimentChanged",
    "Explained",
    "FamilyChosen",
    "LaneChosen",
    "LessonChosen",
    "Picked",
    "Scrubbed",
]


@dataclass
class ExperimentChanged(Message):
    """The settings describe another valid experiment."""

    experiment: Experiment


@dataclass
class Edited(Message):
    """What stands in the form is, or is no longer, other than what was run."""

    pending: bool


@dataclass
class Explained(Message):
    """A setting has the focus, of which there is this to tell; nothing when none has it."""

    text: str


@dataclass
class Scrubbed(Message):
    """The place is to be this epoch."""

    epoch: int

    def can_replace(self, message: Message) -> bool:
        """Only the newest place matters."""
        return isinstance(message, Scrubbed)


@dataclass
class FamilyChosen(Message):
    """A family is to be looked at, or to be the lab's."""

    name: str


@dataclass
class LaneChosen(Message):
    """A lane of the race is to be muted, or seen again."""

    name: str


@dataclass
class LessonChosen(Message):
    """A lesson is to begin."""

    name: str


@dataclass
class Picked(Message):
    """A point of the surface was clicked, in fractions of the window from its lower left."""

    across: float
    up: float
