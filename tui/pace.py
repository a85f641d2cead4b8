"""Pace: how fast a run is shown.

On a stage the first epochs matter most and the last ones least, so the epoch grows with
the cube of time: each of the first is seen by itself, and the budget still ends on time.
"""

import time
from dataclasses import dataclass

__all__ = ["FLAT_OUT", "PACES", "STAGE", "Pace", "lapse"]

LONGEST = 0.25
"""Seconds after which a frame that has not come was held up, in the background or asleep."""


@dataclass(frozen=True)
class Pace:
    """A speed: the seconds in which a whole budget of epochs passes; 0 for as fast as it goes."""

    name: str
    seconds: float

    def place(self, elapsed: float, budget: float) -> float:
        """How much of a budget is to be spent after so many seconds from the start."""
        return float(budget * min(elapsed / self.seconds, 1.0) ** 3)

    def epoch(self, elapsed: float, budget: int) -> int:
        """Epoch to be at after so many seconds from the start."""
        return round(self.place(elapsed, budget))

    def elapsed(self, spent: float, budget: float) -> float:
        """Seconds from the start at which an epoch, or so much of a budget, is reached."""
        return float(self.seconds * (spent / budget) ** (1 / 3))


STAGE = Pace("stage", 15.0)
FLAT_OUT = Pace("flat out", 0.0)
PACES = (STAGE, Pace("brisk", 4.0), FLAT_OUT)
"""From slow to fast."""


def lapse(since: float) -> float:
    """Seconds since a moment of the monotonic clock, of which those held up do not count."""
    return min(time.monotonic() - since, LONGEST)
