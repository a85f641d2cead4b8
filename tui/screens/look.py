"""A look: a screen over the lab about the converged fit, which is computed once it is open."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import work
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from tui.keys.screen_keys import screen_bindings
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from engine.fits.fitting import Fit

__all__ = ["Look"]

Result = TypeVar("Result")


class Look(Dialog[Result]):
    """The frame of a screen that asks for the fit, and says so while it waits.

    ``asking`` gives the fit, computed beside the event loop, or raises NoFit with a sentence.
    """

    BINDINGS: ClassVar[list[BindingType]] = screen_bindings("look")

    DEFAULT_CSS = """
    Look {
        align: center middle;
        #look { width: 100%; height: 100%; padding: 0 1; }
        #look { border: round $accent; background: $surface; }
        #told { height: auto; max-height: 6; color: $text-muted; }
    }
    """

    def __init__(self, asking: Callable[[], Awaitable[Fit]]) -> None:
        super().__init__()
        self.asking = asking

    def on_mount(self) -> None:
        """Begin to fit."""
        self.say_here("Fitting the whole sample …")
        self.ask()

    @work(group="ask", exclusive=True)
    async def ask(self) -> None:
        """Wait for the fit and show it; where there is none, say why."""
        from engine.fits.fitting import NoFit  # noqa: PLC0415 - heavy: after the first paint

        try:
            fitted = await self.asking()
        except NoFit as reason:
            self.stay()
            self.say_here(f"There is no fit to look at: {reason}.")
            return
        self.stay()
        self.say_here("")
        await self.open(fitted)

    async def open(self, fitted: Fit) -> None:
        """Show the fit."""
        raise NotImplementedError

    def say_here(self, text: str) -> None:
        """Write a sentence on the screen's own line."""
        told = self.query_one("#told", Static)
        told.update(Content(text))
        told.display = bool(text)
