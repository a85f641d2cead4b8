"""Schedules out of schedules: one after another, and products; a rise to begin with.

Only schedules of the count alone compose, not those that depend on progress.
"""

from dataclasses import dataclass, field
from typing import final

from engine.schedules.base import Schedule

__all__ = ["Rise", "Then", "Times"]


@final
@dataclass(frozen=True)
class Rise(Schedule):
    """A linear rise that reaches the learning rate where its budget ends.

    Goyal et al., Accurate, large minibatch SGD (2017).
    """

    name = "rise"
    formula = "η(t) = η₀ (t + 1)/(T + 1)"
    reference = "Goyal et al. (2017), arXiv:1706.02677"

    def shape(self, count: int) -> float:
        """(t + 1)/(T + 1)."""
        return (count + 1) / (self.epochs + 1)


@final
@dataclass(frozen=True)
class Then(Schedule):
    """The first schedule up to a turn, then the second, whose count begins at the turn.

    Both keep their rates. The learning rate that others scale is the first one's. The
    budget ends where the second's does. ValueError where the turn is before the start.
    """

    name = "then"
    formula = "η(t) = first(t) for t < turn, then second(t − turn)"
    reference = "by definition"

    learning_rate: float = field(init=False, repr=False)
    epochs: int = field(init=False, repr=False)
    first: Schedule
    turn: int
    second: Schedule

    def __post_init__(self) -> None:
        _refuse_adaptive(self.first, self.second)
        if self.turn < 0:
            raise ValueError(f"turn must be at least 0, not {self.turn}")
        object.__setattr__(self, "learning_rate", self.first.learning_rate)
        object.__setattr__(self, "epochs", self.turn + self.second.epochs)

    def shape(self, count: int) -> float:
        """Rate relative to the first's learning rate."""
        return self.rate(count) / self.learning_rate

    def rate(self, count: int) -> float:
        """Rate of whichever has its turn, to the bit."""
        if count < self.turn:
            return self.first.rate(count)
        return self.second.rate(count - self.turn)


@final
@dataclass(frozen=True)
class Times(Schedule):
    """The product of two shapes, each relative to its learning rate, times the first's rate.

    Each shape holds beyond its own budget; the product's is the longer.
    """

    name = "times"
    formula = "η(t) = one(t) other(t)/η₀(other)"
    reference = "by definition"

    learning_rate: float = field(init=False, repr=False)
    epochs: int = field(init=False, repr=False)
    one: Schedule
    other: Schedule

    def __post_init__(self) -> None:
        _refuse_adaptive(self.one, self.other)
        object.__setattr__(self, "learning_rate", self.one.learning_rate)
        object.__setattr__(self, "epochs", max(self.one.epochs, self.other.epochs))

    def shape(self, count: int) -> float:
        """Product of the shapes."""
        return self.one.relative(count) * self.other.relative(count)


def _refuse_adaptive(*parts: Schedule) -> None:
    """ValueError where a part depends on progress, which a whole would not tell it."""
    for part in parts:
        if part.adaptive:
            raise ValueError(f"{part.name} depends on progress and cannot be part of another")
