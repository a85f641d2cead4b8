"""An event loop that goes first: what computes beside it goes on while it has nothing to do."""

import asyncio
import os
import selectors
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from engine.turnstile import COMPUTING

__all__ = ["priority_loop", "step_back"]

NICE = 5
"""By how much a thread that computes is nicer. A much nicer one could hold the interpreter while
other programs keep it from the processor, and the lab would stand still."""


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
    loop = asyncio.SelectorEventLoop(Idling())
    loop.set_default_executor(ThreadPoolExecutor(initializer=step_back))
    return loop


def step_back() -> None:
    """Let this thread, which is to compute, give way to the one that reads keys, as Linux can."""
    if sys.platform == "linux":  # elsewhere this would be the whole program's
        with suppress(OSError):
            os.nice(NICE)
