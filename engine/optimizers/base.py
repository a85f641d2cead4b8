"""What an optimizer is: hyperparameters in a frozen dataclass, and a pure rule for a direction."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar, cast

from engine.likelihoods.coordinates import Coordinates

__all__ = ["Optimizer", "State"]

State = TypeVar("State")


class Optimizer(ABC, Generic[State]):
    """A rule that turns the gradient at a point into a direction to move in.

    The length of the move is the schedule's learning rate times the direction. Memory is
    passed in and out as ``state``, never kept or changed in place, so that a run may branch
    at any step. Hyperparameters are the fields of the dataclass, declared as settings.
    """

    name: ClassVar[str]
    update: ClassVar[str]
    """The rule as a formula, z being the coordinates, g the mean log-likelihood's gradient."""
    reference: ClassVar[str]
    needs: ClassVar[tuple[str, ...]] = ("score",)
    """What it evaluates of the surface: value, score, curvature, expectation."""
    rate: ClassVar[float] = 0.1
    """Learning rate that suits it where none is told."""

    def init(self, coordinates: Coordinates, z: Sequence[float]) -> State:
        """State before the first step: None, unless the rule says otherwise."""
        return cast("State", None)

    @abstractmethod
    def step(
        self, coordinates: Coordinates, z: Sequence[float], gradient: Sequence[float], state: State
    ) -> tuple[Sequence[float], State, int]:
        """Return the direction, the next state, and how many evaluations beyond ``gradient``.

        An evaluation is a pass over the sample, of the value, the score or the curvature. A
        rule that does not use the gradient subtracts its evaluation again.
        """
