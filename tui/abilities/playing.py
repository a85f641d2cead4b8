"""Playing: run and pause, step and leap forward and back, at the pace of the moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work

from tui.abilities.base import Bench
from tui.messages import Scrubbed
from tui.pace import PACES

if TYPE_CHECKING:
    from tui.session import Session

__all__ = ["Playing"]


class Playing(Bench):
    """Actions that move the place along the tape."""

    @work(group="play")
    async def play(self, session: Session) -> None:
        """Let the run go on, and show it as it goes."""
        async for _ in session.play(lambda: self.pace):
            self.show()

    def action_run(self) -> None:
        """Run or pause; from the end, begin again."""
        if (session := self.session) is None or session.running:
            self.halt()
            return
        if session.finished:
            session.at = 0
        self.play(session)

    async def go(self, epoch: int) -> None:
        """Pause and move to an epoch."""
        if self.session:
            self.halt()
            await self.session.go(epoch)
            self.show()

    async def action_move(self, epochs: int) -> None:
        """Pause and move by so many epochs."""
        if self.session:
            await self.go(self.session.at + epochs)

    async def action_leap(self, tenths: int) -> None:
        """Pause and move by tenths of the run so far, or of the budget while it is not known."""
        if self.session:
            tape = self.session.tape
            whole = len(tape) - 1 if tape.stop else self.session.training.experiment.epochs
            await self.action_move(tenths * max(round(whole / 10), 1))

    async def action_restart(self) -> None:
        """Go back to the start and wait there."""
        await self.go(0)

    async def action_newest(self) -> None:
        """Go to the newest step that was seen of this branch."""
        if self.session:
            await self.go(self.session.branch.seen)

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
        if self.session and self.session.running:
            self.halt()
        else:
            self.exit(return_code=130)
