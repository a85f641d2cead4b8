"""Reduction on a plateau.

    η ← max(factor η, floor η₀) after so many steps without a better log-likelihood

Senior, Heigold, Ranzato & Yang, An empirical study of learning rates in deep neural
networks for speech recognition (2013), who call it performance scheduling.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple, final

from engine.fields import Number, Whole
from engine.schedules.base import LEAST, Schedule
from engine.settings import setting

__all__ = ["Plateau", "Progress"]


@final
class Progress(NamedTuple):
    """What a plateau is known by."""

    fraction: float = 1.0
    """The rate relative to the learning rate."""
    best: float = -math.inf
    waited: int = 0
    """Steps without a better value, since the best or the last cut."""


@final
@dataclass(frozen=True)
class Plateau(Schedule):
    """A cut each time that the mean training log-likelihood stops rising.

    A value is better that exceeds the best by more than the threshold. The step that ends
    the patience is left at the lower rate already. The budget plays no part.
    """

    name = "plateau"
    formula = "η ← max(factor η, floor η₀) after patience steps without a better ℓ/n"
    reference = "Senior, Heigold, Ranzato & Yang (2013), ICASSP, 6724–6728"
    adaptive = True

    factor: float = setting(
        Number(0, 1, open_low=True),
        0.5,
        label="factor",
        meaning="what each cut multiplies the rate by",
    )
    patience: int = setting(
        Whole(1, 10**9), 10, label="patience", meaning="the steps without a better value to a cut"
    )
    threshold: float = setting(
        Number(0),
        1e-6,
        label="threshold",
        meaning="how far the mean log-likelihood must rise to be better",
    )
    floor: float = setting(
        Number(0, 1, open_low=True),
        0.001,
        label="floor",
        meaning="the least rate as a fraction of the learning rate",
    )

    def shape(self, count: int) -> float:
        """One, as if nothing ever stalled."""
        return 1.0

    def begin(self) -> Progress:
        """The full rate, and any value is better."""
        return Progress()

    def after(self, state: Progress, epoch: int, value: float) -> tuple[float, Progress]:
        """Count the steps without a better value, and cut when patience ends."""
        fraction, best, waited = state
        if value > best + self.threshold:
            best, waited = value, 0
        else:
            waited += 1
        if waited >= self.patience:
            fraction, waited = max(self.factor * fraction, self.floor), 0
        return max(self.learning_rate * fraction, LEAST), Progress(fraction, best, waited)
