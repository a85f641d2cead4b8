"""A dialog: a screen over the lab that is left once, however many keys say so at a time."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

from tui.beside import beside

__all__ = ["Dialog"]

Result = TypeVar("Result")
P = ParamSpec("P")
T = TypeVar("T")


class Dialog(ModalScreen[Result]):
    """A modal screen that takes no leave when it has taken it; Textual would pop the next one."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave with a result, unless it is no longer what is seen."""
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def stay(self) -> None:
        """CancelledError where it has been left, for then there is nothing to show things on."""
        if self not in self.app.screen_stack:
            raise asyncio.CancelledError

    async def beside(self, function: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        """Compute beside the event loop; what waits for it ends where the dialog is left."""
        try:
            return await beside(function, *given, **named)
        finally:
            self.stay()
