"""Suspending: in the background nothing goes on, and the clock stands still."""

from __future__ import annotations

import asyncio

from textual import on
from textual.driver import Driver

from tui.abilities.base import Bench

__all__ = ["Suspending"]

PATIENCE = 0.2
"""Seconds for which a slice that is being computed is waited for."""


class Suspending(Bench):
    """What goes on is held up between two steps, and goes on when the lab is back."""

    async def action_suspend_process(self) -> None:  # type: ignore[override]
        """Put the lab in the background."""
        locks = [each.pulling for each in (self.session, self.race) if each is not None]
        held = [lock for lock in locks if await _taken(lock)]
        try:
            super().action_suspend_process()
        finally:
            for lock in held:
                lock.release()

    @on(Driver.SignalResume)
    def paint_again(self) -> None:
        """Paint everything, for the terminal has forgotten it."""
        self.refresh(layout=True)
        for screen in self.screen_stack:
            screen.refresh(layout=True)


async def _taken(lock: asyncio.Lock) -> bool:
    """Take a lock, unless somebody keeps it for long."""
    try:
        async with asyncio.timeout(PATIENCE):
            await lock.acquire()
    except TimeoutError:
        return False
    return True
