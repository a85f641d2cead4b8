"""One cycle: up to a peak, then far down.

    η(t) = η₀ (start + (1 − start) t/r)                           t < r
    η(t) = η₀ (final + (1 − final)(1 + cos(π(t − r)/(T − r)))/2)  t ≥ r

r is the rise in whole updates. Smith & Topin, Super-convergence: Very fast training of
neural networks using large learning rates (2018); here the fall is a cosine.
"""

from dataclasses import dataclass
from typing import final

from engine.fields import Number
from engine.schedules.base import Schedule
from engine.schedules.cosine import fall
from engine.settings import setting

__all__ = ["OneCycle"]


@final
@dataclass(frozen=True)
class OneCycle(Schedule):
    """A linear rise from a fraction of the learning rate to all of it, then a cosine."""

    name = "one-cycle"
    formula = "η(t) = η₀ (start + (1 − start) t/r) for t < r = rise T, then cosine to final"
    reference = "Smith & Topin (2018), arXiv:1708.07120"

    rise: float = setting(
        Number(0, 0.9), 0.3, label="rise", meaning="the share of the run in which the rate rises"
    )
    start: float = setting(
        Number(0, 1, open_low=True),
        0.04,
        label="start",
        meaning="the first rate as a fraction of the learning rate, which is the peak",
    )
    final: float = setting(
        Number(0, 1, open_low=True),
        0.0001,
        label="final",
        meaning="the last rate as a fraction of the learning rate",
    )

    @property
    def turn(self) -> int:
        """Count of updates at which the peak is reached."""
        return min(round(self.rise * self.epochs), self.epochs - 1)

    def shape(self, count: int) -> float:
        """The rise, or the fall."""
        turn = self.turn
        if count < turn:
            return self.start + (1.0 - self.start) * (count / turn)
        return fall((count - turn) / (self.epochs - turn), self.final)
