"""What the keys play: a run or a race."""

from collections.abc import AsyncIterator, Callable
from typing import Protocol

from tui.pace import Pace

__all__ = ["Player"]


class Player(Protocol):
    """What can be played: a place that moves at a pace, by steps, by tenths, to its ends."""

    running: bool

    @property
    def finished(self) -> bool:
        """Whether the place is the end."""

    def play(self, pace: Callable[[], Pace]) -> AsyncIterator[None]:
        """Move until told to stop; yield when there is something to show."""

    def travel(self, place: float) -> AsyncIterator[None]:
        """Move to a place, unless told to stop; yield when there is something to show."""

    def tenths(self, number: int) -> float:
        """Place so many tenths of the whole away."""

    async def move(self, steps: int) -> None:
        """Move by so many steps, forward or back."""

    async def restart(self) -> None:
        """Move to the start."""

    async def newest(self) -> None:
        """Move as far as was seen."""
