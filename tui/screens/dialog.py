"""A dialog: a screen over the lab that is left once, however many keys say so at a time."""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

__all__ = ["Dialog"]

Result = TypeVar("Result")


class Dialog(ModalScreen[Result]):
    """A modal screen that takes no leave when it has taken it; Textual would pop the next one."""

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave with a result, unless it is no longer what is seen."""
        return super().dismiss(result) if self.is_current else AwaitComplete()
