"""A race in the lab: where it stands by its clock, what is muted, and the run it goes along with.

The panes look at one place. As the race is played, the run that it left from follows to the
step that has spent as much; as that run is moved, the race follows to what its step has spent.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable

import numpy as np
from numpy.typing import NDArray

from engine.race import CLOCKS, Race
from engine.spending import spent_by, steps_within
from tui.pace import Pace, lapse
from tui.respite import Respite, no_respite
from tui.session import FRAME, Session

__all__ = ["LabRace"]

Array = NDArray[np.float64]

LEAST = {"evaluations": 1.0, "seconds": 1e-6}
"""Where a race begins by each clock: with the gradient at the start, after a microsecond."""


class LabRace:
    """A race from an epoch of a session's branch. Lanes are computed as they are needed.

    ``position`` is what has been spent at the place shown; the lanes may be ahead of it.
    """

    def __init__(self, race: Race, session: Session, epoch: int) -> None:
        self.race = race
        self.session = session
        self.branch = session.branch
        self.epoch = epoch
        self.position = LEAST[race.clock]
        self.seen = self.position
        self.running = False
        self.armed = False
        """Whether the next digit mutes a lane."""
        self.muted: set[str] = set()
        self._agreed = session.at
        self.pulling = asyncio.Lock()
        """Held by who computes steps."""
        self._plays = 0

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
            spent = float(self.race.spent(name)[-1])
            if tape.stop is None:
                step = spent / len(tape)
                spent = max(min(step * (epochs + 1), limit), spent + step)
            needed.append(spent)
        return max(needed)

    @property
    def finished(self) -> bool:
        """Whether the place is the end of the longest lane."""
        return self.race.over and self.position >= self.race.spent_by_all

    @property
    def left(self) -> bool:
        """Whether the session goes other ways than the one that the race started on."""
        return self.session.branch is not self.branch

    @property
    def behind(self) -> bool:
        """Whether lanes are still to be computed up to the place."""
        return not self.race.over and self.race.spent_by_all < self.position

    @property
    def computing(self) -> bool:
        """Whether lanes are being computed at this moment."""
        return self.pulling.locked()

    def steps(self, name: str) -> int:
        """How many first steps of a lane are shown; its start always is."""
        return max(int(np.searchsorted(self.race.spent(name), self.position, "right")), 1)

    def spent(self, name: str) -> Array:
        """What each of them had spent; a lane on its way to its first step, all there was."""
        return np.minimum(self.race.spent(name)[: self.steps(name)], self.position)

    def mute(self, name: str) -> None:
        """Let a lane no longer be seen, or again."""
        self.muted ^= {name}

    async def reach(self) -> None:
        """Compute every lane up to the place, or to its stop."""
        async with self.pulling:
            while self.behind:
                await asyncio.to_thread(self.race.advance)

    async def go(self, position: float) -> None:
        """Move the place, or as near as there is one, and the session's with it."""
        await self._stand(position)
        await self._lead()

    async def move(self, steps: int) -> None:
        """Move by so many evaluations, or hundredths of the seconds."""
        step = 1.0 if self.clock == "evaluations" else self.whole / 100
        await self.go(self.position + steps * step)

    async def leap(self, tenths: int) -> None:
        """Move by tenths of the whole."""
        step = self.whole / 10
        if self.clock == "evaluations":
            step = max(round(step), 1)
        await self.go(self.position + tenths * step)

    async def restart(self) -> None:
        """Move to the start."""
        await self.go(LEAST[self.clock])

    async def newest(self) -> None:
        """Move as far as was seen."""
        await self.go(self.seen)

    async def play(
        self, pace: Callable[[], Pace], respite: Respite = no_respite
    ) -> AsyncIterator[None]:
        """Move at the pace of the moment until told to stop; yield when the session has followed.

        It yields at most ``1 / FRAME`` times a second, however fast the race goes.
        """
        self.running = True
        self._plays += 1
        this = self._plays
        shown_at = time.monotonic()
        while self._goes_on(this) and not (self.finished or self.left):
            await respite()
            clock, wanted = self.clock, await self._paced(pace(), shown_at)
            # somebody may have paused and moved the place meanwhile, or changed the clock
            if self._goes_on(this) and clock == self.clock:
                await self._stand(max(wanted, self.position))
            if time.monotonic() - shown_at >= FRAME:
                shown_at = time.monotonic()
                await self._lead()
                yield
            await asyncio.sleep(0)
        if this == self._plays:
            self.running = False
            await self._lead()
            yield

    def _goes_on(self, play: int) -> bool:
        """Whether a play was neither paused nor replaced by another."""
        return self.running and play == self._plays

    async def _paced(self, pace: Pace, since: float) -> float:
        """Let a frame pass, or a slice of computing, and return the place to be at then."""
        if pace.seconds:
            await asyncio.sleep(FRAME)
            elapsed = pace.elapsed(self.position, self.whole) + lapse(since)
            return pace.place(elapsed, self.whole)
        async with self.pulling:
            if not self.race.over:
                await asyncio.to_thread(self.race.advance)
        return self.race.spent_by_all

    async def _stand(self, position: float) -> None:
        """Set the place between the start and the end."""
        self.position = max(position, LEAST[self.clock])
        await self.reach()
        if self.race.over:
            self.position = min(self.position, self.race.spent_by_all)
        self.seen = max(self.seen, self.position)

    async def _lead(self) -> None:
        """Let the session stand at the step that has spent as much, if it is still this one's."""
        session = self.session
        if self.left or session.at != self._agreed:
            return
        while (
            session.tape.stop is None and self._spent_by_session(len(session.tape)) <= self.position
        ):
            await session.reach(len(session.tape))
            if self.left:
                return
        limit = self.position + self._spent_before()
        steps = steps_within(self.branch.tape, self.clock, limit)
        await session.go(max(steps - 1, self.epoch))
        self._agreed = session.at

    def follow(self) -> None:
        """Stand where the session's step has spent as much, if the session was moved."""
        session = self.session
        if self.running or self.left or session.at == self._agreed:
            return
        self._agreed = session.at
        self.position = max(self._spent_by_session(session.at + 1), LEAST[self.clock])
        if self.race.over:
            self.position = min(self.position, self.race.spent_by_all)
        self.seen = max(self.seen, self.position)

    def _spent_before(self) -> float:
        """What had been spent by what led to the race's start."""
        return spent_by(self.branch.tape, self.clock, self.epoch)

    def _spent_by_session(self, steps: int) -> float:
        """What so many first steps of the session's run have spent beyond that."""
        return spent_by(self.branch.tape, self.clock, steps) - self._spent_before()

    def switch(self) -> None:
        """Count by the other clock, the place being where the lanes are shown up to."""
        shown = {name: self.steps(name) for name in self.names}
        self.race.clock = CLOCKS[1 - CLOCKS.index(self.clock)]
        ends = [self.race.spent(name) for name in self.names]
        places = [spent[shown[name] - 1] for name, spent in zip(self.names, ends, strict=True)]
        self.position = max(LEAST[self.clock], *map(float, places))
        self.seen = max(self.position, *(float(spent[-1]) for spent in ends))
