"""A table whose rows have names, of which one is chosen, and something is told below it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from rich.text import Text
from textual import events
from textual.widgets import DataTable, Static

__all__ = ["NamedRows"]

LEAST = 20
"""Columns that a text is laid out in at the least."""


class NamedRows(DataTable[Text]):
    """A table of which a row is chosen by one click; told of are its names, in their order."""

    names: Sequence[str] = ()
    told: Mapping[str, str]
    """What there is to tell of each."""

    def on_click(self, event: events.Click) -> None:
        """Choose the row, wherever the cursor was."""
        row = event.style.meta.get("row", -1)
        if row >= 0:
            event.prevent_default().stop()
            self.move_cursor(row=row, animate=False)
            self.action_select_cursor()

    @property
    def chosen(self) -> str:
        """Name of the row that the cursor stands on; nothing without a row."""
        return self.names[self.cursor_row] if self.cursor_row < len(self.names) else ""

    def tell_of(self, told: Mapping[str, str], chosen: str) -> None:
        """Take what is told of the rows, in order, and stand on one of them if it is there."""
        self.names, self.told = list(told), told
        if chosen in told:
            self.move_cursor(row=self.names.index(chosen), animate=False)

    def tell(self, below: Static) -> None:
        """Tell of the row under the cursor, with an ellipsis where there is no room."""
        room = max(below.size.height, 1)
        text = self.told.get(self.chosen, "") if self.names else ""
        width = max(below.size.width, LEAST)
        lines = textwrap.wrap(text, width, max_lines=room, placeholder=" …")
        below.update(Text("\n".join(lines)))
