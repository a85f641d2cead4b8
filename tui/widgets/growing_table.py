"""A table that gets rows while it is looked at."""

from __future__ import annotations

from rich.text import Text
from textual.events import Click
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import DataTable

__all__ = ["GrowingTable"]


class GrowingTable(DataTable[Text]):
    """A table that may get rows many times a second: the screen is not laid out anew for them."""

    virtual_size = Reactive(Size(0, 0))

    def on_click(self, event: Click) -> None:
        """Take a click as a choice; Textual only moves the cursor there."""
        row = event.style.meta.get("row", -1)
        if 0 <= row < self.row_count:
            self.move_cursor(row=row, animate=False)
            self.action_select_cursor()

    def watch_virtual_size(self, size: Size) -> None:
        """Let the scrollbars know, of which one that appears does take room from the rows."""
        self._scroll_update(size)
