"""A respite: what goes on by itself rests a moment, so that a key is answered first."""

from collections.abc import Awaitable, Callable

__all__ = ["Respite", "no_respite"]

Respite = Callable[[], Awaitable[None]]


async def no_respite() -> None:
    """Go on at once."""
