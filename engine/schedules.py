"""Schedules: the learning rate as a function of the epoch.

A schedule is any function of the count of updates made so far, beginning at 0; it takes
one count or an array of them, by broadcasting.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, final

import numpy as np
from numpy.typing import NDArray

__all__ = ["SCHEDULES", "Constant", "Schedule"]


Count = int | NDArray[np.int64]


class Schedule(ABC):
    """A learning rate for every epoch, scaled from the experiment's ``learning_rate``."""

    name: ClassVar[str]
    formula: ClassVar[str]
    learning_rate: float

    @abstractmethod
    def __call__(self, epoch: Count) -> float | NDArray[np.float64]:
        """Rate of the update that leaves this epoch."""


@final
@dataclass(frozen=True)
class Constant(Schedule):
    """The same rate throughout."""

    name = "constant"
    formula = "η(t) = η₀"
    learning_rate: float

    def __call__(self, epoch: Count) -> float:
        """η₀."""
        return self.learning_rate


SCHEDULES: dict[str, type[Constant]] = {schedule.name: schedule for schedule in (Constant,)}
"""Every schedule by name; each is built from the learning rate."""
