"""An event loop that goes first: what computes beside it goes on while it has nothing to do."""

import asyncio
import selectors

from engine.turnstile import COMPUTING

__all__ = ["priority_loop"]


class Idling(selectors.DefaultSelector):
    """Waits for what the loop is to do next, and lets others compute meanwhile."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what has come; the loop has no time where it asks for 0."""
        if timeout is None or timeout > 0:
            COMPUTING.open()
        try:
            return super().select(timeout)
        finally:
            COMPUTING.close()


def priority_loop() -> asyncio.AbstractEventLoop:
    """Make one, for ``asyncio.Runner``."""
    return asyncio.SelectorEventLoop(Idling())
