"""What a schedule is: the learning rate as a function of the count of updates made so far."""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, overload

import numpy as np
from numpy.typing import NDArray

__all__ = ["Schedule"]

LEAST = math.ulp(0.0)
"""The least double above 0, where a decay ends that goes on for very long."""


@dataclass(frozen=True)
class Schedule(ABC):
    """A shape in the count of updates, which begins at 0, times the learning rate.

    ``epochs`` is the budget of the run. A count beyond it holds the last rate. A rate is
    finite and above 0. It is computed in plain floats, one count at a time, so that the
    rate of a count does not depend on its neighbours in an array. Settings of its own are
    the further fields of the dataclass, declared as settings.
    """

    name: ClassVar[str]
    formula: ClassVar[str]
    """The rate in one line, η₀ being the learning rate, t the count, T the budget."""
    reference: ClassVar[str]
    adaptive: ClassVar[bool] = False
    """Whether the rate depends on progress, so that ``after`` must see every step.

    The plain call then gives the rates of a run that never stalls.
    """

    learning_rate: float
    epochs: int = 10_000

    @abstractmethod
    def shape(self, count: int) -> float:
        """Rate relative to the learning rate, for a count from 0 to the budget."""

    def rate(self, count: int) -> float:
        """Rate for one count from 0."""
        return max(self.learning_rate * self.shape(min(count, self.epochs)), LEAST)

    @overload
    def __call__(self, epoch: int) -> float: ...

    @overload
    def __call__(self, epoch: NDArray[np.integer[Any]]) -> NDArray[np.float64]: ...

    def __call__(self, epoch: int | NDArray[np.integer[Any]]) -> float | NDArray[np.float64]:
        """Rate of the update that leaves this epoch, or of each in an array."""
        if np.ndim(epoch) == 0:
            return self.rate(int(epoch))
        return self.rates(np.asarray(epoch))

    def rates(self, counts: NDArray[np.integer[Any]]) -> NDArray[np.float64]:
        """Rates for an array of counts, in its form."""
        each = map(self.rate, counts.ravel().tolist())
        return np.fromiter(each, float, counts.size).reshape(counts.shape)

    def begin(self) -> Any:
        """State before the first step; none where progress plays no part.

        It is passed in and out, never kept or changed in place, so that a run may branch
        at any step.
        """
        return None

    def after(self, state: Any, epoch: int, value: float) -> tuple[float, Any]:
        """Return the rate of the update that leaves this epoch, and the next state.

        ``value`` is the mean log-likelihood of the training sample at this epoch.
        """
        return self.rate(epoch), state
