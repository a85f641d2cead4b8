"""Limits of a run within a block: epochs may cost so much that its end would come too late."""

import math
from dataclasses import dataclass
from typing import Self

from engine.experiments.experiment import Experiment
from engine.turnstile import COMPUTING

__all__ = ["Limits"]


@dataclass(slots=True)
class Limits:
    """Evaluations that are left, and when the clock of what computes has come to the end."""

    evaluations: float
    until: float

    @classmethod
    def left(cls, wanted: Experiment, evaluations: int, seconds: float) -> Self | None:
        """Return what is left after so many evaluations and seconds; None without any limit."""
        if not (wanted.evaluations or wanted.seconds):
            return None
        return cls(
            wanted.evaluations - evaluations if wanted.evaluations else math.inf,
            COMPUTING.clock() + wanted.seconds - seconds if wanted.seconds else math.inf,
        )

    def spend(self, evaluations: int) -> bool:
        """Take evaluations off; whether the limits are reached."""
        self.evaluations -= evaluations
        return self.evaluations <= 0 or self.until <= COMPUTING.clock()
