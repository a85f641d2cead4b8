"""What an optimizer is: hyperparameters in a frozen dataclass, and a pure rule for a direction."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from engine.coordinates import Coordinates

__all__ = ["Optimizer", "State"]

State = TypeVar("State")


class Optimizer(ABC, Generic[State]):
    """A rule that turns the gradient at a point into a direction to move in.

    The length of the move is the schedule's learning rate times the direction. Memory is
    passed in and out as ``state``, never kept, so that a run may branch at any step.
    """

    name: ClassVar[str]
    reference: ClassVar[str]

    @abstractmethod
    def init(self, coordinates: Coordinates, z: Sequence[float]) -> State:
        """State before the first step."""

    @abstractmethod
    def step(
        self, coordinates: Coordinates, z: Sequence[float], gradient: Sequence[float], state: State
    ) -> tuple[Sequence[float], State, int]:
        """Return the direction, the next state, and how many evaluations beyond ``gradient``."""
