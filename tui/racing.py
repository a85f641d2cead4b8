"""A race in the lab: it is played, and the run that it left from goes along with it.

The panes look at one place. As the race is played, the run that it left from follows to the
step that has spent as much; as that run is moved, the race follows to what its step has spent.
"""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable

from engine.runs.race import Race
from engine.runs.spending import spent_by, steps_within
from tui.pace import FLAT_OUT, Pace, lapse
from tui.race_place import LEAST, RacePlace
from tui.session import FRAME, Session

__all__ = ["LabRace"]


class LabRace(RacePlace):
    """A race from an epoch of a session's branch. Lanes are computed as they are needed."""

    def __init__(self, race: Race, session: Session, epoch: int) -> None:
        super().__init__(race)
        self.session = session
        self.branch = session.branch
        self.epoch = epoch
        self.running = False
        self._agreed = session.at
        self.pulling = asyncio.Lock()
        """Held by who computes steps."""
        self._plays = 0

    @property
    def left(self) -> bool:
        """Whether the session goes other ways than the one that the race started on."""
        return self.session.branch is not self.branch

    @property
    def behind(self) -> bool:
        """Whether lanes are still to be computed up to the place."""
        return not self.race.over and self.race.spent_by_all < self.position

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

    def tenths(self, number: int) -> float:
        """Place so many tenths of the whole away."""
        step = self.whole / 10
        if self.clock == "evaluations":
            step = max(round(step), 1)
        return self.position + number * step

    async def travel(self, place: float) -> AsyncIterator[None]:
        """Move to a place as fast as can be, unless told to stop; yield as it moves."""
        if not self.race.over and place > self.race.spent_by_all:
            async for _ in self.play(lambda: FLAT_OUT, place):
                yield
        else:
            await self.go(place)
            yield

    async def restart(self) -> None:
        """Move to the start."""
        await self.go(LEAST[self.clock])

    async def newest(self) -> None:
        """Move as far as was seen."""
        await self.go(self.seen)

    async def play(self, pace: Callable[[], Pace], until: float = math.inf) -> AsyncIterator[None]:
        """Move at the pace of the moment until told to stop; yield when the session has followed.

        It yields at most ``1 / FRAME`` times a second, however fast the race goes.
        """
        self.running = True
        self._plays += 1
        this = self._plays
        shown_at = time.monotonic()
        while self._goes_on(this) and self.position < until and not (self.finished or self.left):
            clock, wanted = self.clock, await self._paced(pace(), shown_at)
            # somebody may have paused and moved the place meanwhile, or changed the clock
            if self._goes_on(this) and clock == self.clock:
                await self._stand(min(max(wanted, self.position), until))
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
        """Set the place, and again when the lanes are there and their end is known."""
        self.stand(position)
        await self.reach()
        self.stand(self.position)

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
        self.stand(self._spent_by_session(session.at + 1))

    def _spent_before(self) -> float:
        """What had been spent by what led to the race's start."""
        return spent_by(self.branch.tape, self.clock, self.epoch)

    def _spent_by_session(self, steps: int) -> float:
        """What so many first steps of the session's run have spent beyond that."""
        return spent_by(self.branch.tape, self.clock, steps) - self._spent_before()
