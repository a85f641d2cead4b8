"""A respite: what goes on by itself rests a moment, so that a key is answered first."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress

__all__ = ["Respite", "alone", "no_respite"]

Respite = Callable[[], Awaitable[None]]

SOON = 0.02
"""Seconds in which a slice of computing is over, of all but the largest samples."""


async def no_respite() -> None:
    """Go on at once."""


@asynccontextmanager
async def alone(locks: Iterable[asyncio.Lock]) -> AsyncIterator[None]:
    """Hold locks meanwhile, as far as they are free soon.

    Two threads that share the interpreter would take it from each other at every turn, and a
    key that comes in would wait for both.
    """
    async with AsyncExitStack() as held:
        for lock in locks:
            with suppress(TimeoutError):
                async with asyncio.timeout(SOON):
                    await held.enter_async_context(lock)
        yield
