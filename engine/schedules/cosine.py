"""Cosine decay.

    η(t) = η₀ (floor + (1 − floor)(1 + cos(πt/T))/2)

Loshchilov & Hutter, SGDR: Stochastic gradient descent with warm restarts (2017); here
without the restarts.
"""

import math
from dataclasses import dataclass
from typing import final

from engine.fields import Number
from engine.schedules.base import Schedule
from engine.settings import setting

__all__ = ["Cosine", "fall"]


def fall(share: float, end: float) -> float:
    """Fall from 1 to an end along half a cosine, of which a share is done."""
    return end + (1.0 - end) * ((1.0 + math.cos(math.pi * share)) / 2.0)


@final
@dataclass(frozen=True)
class Cosine(Schedule):
    """Slow at both ends of the run and fast between; the end is exactly the floor."""

    name = "cosine"
    formula = "η(t) = η₀ (floor + (1 − floor)(1 + cos(πt/T))/2)"
    reference = "Loshchilov & Hutter (2017), ICLR, arXiv:1608.03983"

    floor: float = setting(
        Number(0, 1, open_low=True),
        0.01,
        label="floor",
        meaning="the last rate as a fraction of the learning rate",
    )

    def shape(self, count: int) -> float:
        """Half a cosine over the budget."""
        return fall(count / self.epochs, self.floor)
