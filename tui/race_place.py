"""A race where it stands by its clock: what of each lane is shown, and which are muted."""

import numpy as np
from numpy.typing import NDArray

from engine.runs.race import CLOCKS, Race
from engine.runs.spending import steps_within

__all__ = ["LEAST", "RacePlace"]

Array = NDArray[np.float64]

LEAST = {"evaluations": 1.0, "seconds": 1e-6}
"""Where a race begins by each clock: with the gradient at the start, after a microsecond."""


class RacePlace:
    """A race at a place. ``position`` is what has been spent there; lanes may be ahead of it.

    ``seen`` is the farthest place so far.
    """

    def __init__(self, race: Race) -> None:
        self.race = race
        self.position = LEAST[race.clock]
        self.seen = self.position
        self.armed = False
        """Whether the next digit mutes a lane."""
        self.muted: set[str] = set()

    @property
    def clock(self) -> str:
        """What is counted."""
        return self.race.clock

    @property
    def names(self) -> list[str]:
        """The lanes in the order of their digits."""
        return list(self.race.lanes)

    @property
    def start(self) -> tuple[float, ...]:
        """Parameters that all lanes begin at."""
        return self.race.lanes[self.names[0]].start

    @property
    def whole(self) -> float:
        """What the longest lane needs, as far as can be told: as much for each step to come."""
        epochs = self.race.lanes[self.names[0]].experiment.epochs
        limit = getattr(self.race.experiment, self.clock) or np.inf
        needed = [LEAST[self.clock]]
        for name, tape in self.race.tapes.items():
            spent = self.race.spent(name)
            if tape.stop is None:
                step = spent / len(tape)
                spent = max(min(step * (epochs + 1), limit), spent + step)
            needed.append(spent)
        return max(needed)

    @property
    def finished(self) -> bool:
        """Whether the place is the end of the longest lane."""
        return self.race.over and self.position >= self.race.spent_by_all

    def steps(self, name: str) -> int:
        """How many first steps of a lane are shown; its start always is."""
        return max(steps_within(self.race.tapes[name], self.clock, self.position), 1)

    def spent(self, name: str) -> float:
        """What they had spent; a lane on its way to its first step, all there was."""
        return min(self.race.spent(name, self.steps(name)), self.position)

    def course(self, name: str) -> tuple[Array, Array]:
        """What each of them had spent, and its log-likelihood."""
        spent, train = self.race.course(name, self.steps(name))
        return np.minimum(spent, self.position), train

    def mute(self, name: str) -> None:
        """Let a lane no longer be seen, or again."""
        self.muted ^= {name}

    def switch(self) -> None:
        """Count by the other clock, the place being where the lanes are shown up to."""
        shown = {name: self.steps(name) for name in self.names}
        self.race.clock = CLOCKS[1 - CLOCKS.index(self.clock)]
        places = [self.race.spent(name, steps) for name, steps in shown.items()]
        self.position = max(LEAST[self.clock], *places)
        self.seen = max(self.position, *map(self.race.spent, self.names))

    def stand(self, position: float) -> None:
        """Set the place, between the start and the end as far as that is known."""
        self.position = max(position, LEAST[self.clock])
        if self.race.over:
            self.position = min(self.position, self.race.spent_by_all)
        self.seen = max(self.seen, self.position)
