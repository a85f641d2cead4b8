"""Warm-up, then cosine decay.

    η(t) = η₀ (t + 1)/(w + 1)                                     t < w
    η(t) = η₀ (floor + (1 − floor)(1 + cos(π(t − w)/(T − w)))/2)  t ≥ w

w is the warm-up in whole updates. Goyal et al., Accurate, large minibatch SGD (2017), for
the warm-up; Loshchilov & Hutter (2017) for the cosine.
"""

from dataclasses import dataclass
from typing import final

from engine.fields import Number
from engine.schedules.base import Schedule
from engine.schedules.cosine import fall
from engine.settings import setting

__all__ = ["WarmUpCosine"]


@final
@dataclass(frozen=True)
class WarmUpCosine(Schedule):
    """A linear rise over the first share of the run, then the cosine to the floor."""

    name = "warm-up-cosine"
    formula = "η(t) = η₀ (t + 1)/(w + 1) for t < w = warm_up T, then cosine to floor"
    reference = "Goyal et al. (2017), arXiv:1706.02677; Loshchilov & Hutter (2017), ICLR"

    warm_up: float = setting(
        Number(0, 0.9), 0.1, label="warm-up", meaning="the share of the run in which the rate rises"
    )
    floor: float = setting(
        Number(0, 1, open_low=True),
        0.01,
        label="floor",
        meaning="the last rate as a fraction of the learning rate",
    )

    @property
    def turn(self) -> int:
        """Count of updates at which the rise is over."""
        return min(round(self.warm_up * self.epochs), self.epochs - 1)

    def shape(self, count: int) -> float:
        """The rise, or the fall."""
        turn = self.turn
        if count < turn:
            return (count + 1) / (turn + 1)
        return fall((count - turn) / (self.epochs - turn), self.floor)
