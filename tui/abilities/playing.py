"""Playing: run and pause, step and leap forward and back, at the pace of the moment."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from textual import on, work

from tui.abilities.base import Bench
from tui.messages import Scrubbed
from tui.pace import PACES
from tui.player import Player

__all__ = ["Playing"]

MOMENT = 0.25
"""Seconds for which keys wait for a place that is not computed yet."""


class Playing(Bench):
    """Actions that move the place along the tape."""

    eager = False
    """Whether it was asked to run before there was anything to be run."""

    @work(group="play")
    async def play(self, player: Player) -> None:
        """Let it go on, and show it as it goes."""
        async for _ in player.play(lambda: self.pace):
            self.show()

    @work(group="play")
    async def travel(self, player: Player, place: float, arrived: asyncio.Event) -> None:
        """Let it go to a place, and show it on the way, which may take long."""
        try:
            async for _ in player.travel(place):
                self.show()
        finally:
            arrived.set()

    async def go_to(self, player: Player, place: float) -> None:
        """Do so, and wait a moment, so that mostly a key typed behind this one finds it there."""
        arrived = asyncio.Event()
        self.travel(player, place, arrived)
        with suppress(TimeoutError):
            await asyncio.wait_for(arrived.wait(), MOMENT)

    async def action_run(self) -> None:
        """Run or pause; from the end, begin again. A lab that is still opening runs once it is."""
        if self.session is None:
            self.eager = not self.eager
            return
        if (player := self.player) is None or self.moving:
            self.halt()
            return
        if player.finished:
            await player.restart()
        self.play(player)

    async def go(self, epoch: int) -> None:
        """Pause and move to an epoch."""
        if self.session:
            self.halt()
            await self.go_to(self.session, epoch)

    async def action_move(self, steps: int) -> None:
        """Pause and move by so many steps."""
        if player := self.resting():
            await player.move(steps)
            self.show()

    async def action_leap(self, tenths: int) -> None:
        """Pause and move by tenths of the whole."""
        if player := self.resting():
            await self.go_to(player, player.tenths(tenths))

    async def action_restart(self) -> None:
        """Go back to the start and wait there."""
        if player := self.resting():
            await player.restart()
            self.show()

    async def action_newest(self) -> None:
        """Go as far as was seen."""
        if player := self.resting():
            await player.newest()
            self.show()

    def resting(self) -> Player | None:
        """Pause, and return what the keys play."""
        self.halt()
        return self.player

    @on(Scrubbed)
    async def scrub(self, message: Scrubbed) -> None:
        """Go where the timeline was clicked or dragged to."""
        await self.go(message.epoch)

    def action_pace(self, change: int) -> None:
        """Take the next faster or slower pace."""
        self.pace = PACES[min(max(PACES.index(self.pace) + change, 0), len(PACES) - 1)]
        self.show()

    def action_interrupt(self) -> None:
        """Pause a run that goes on; otherwise leave, as a shell command would."""
        if self.moving:
            self.halt()
        else:
            self.exit(return_code=130)
