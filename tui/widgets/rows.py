"""A table of very many rows, of which only those in view are ever written."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray
from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.guarded import Guarded

if TYPE_CHECKING:
    from tui.ledger_order import Column

__all__ = ["RowTable"]

NONE: NDArray[np.intp] = np.zeros(0, dtype=np.intp)


class RowTable(ScrollView, Guarded, can_focus=True):
    """Rows in an order, under a head that stays; ``struck`` are the places that are struck out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "up"),
        Binding("down,j", "move(1)", "down"),
        Binding("pageup", "page(-1)", "page up"),
        Binding("pagedown", "page(1)", "page down"),
        Binding("home", "move(-1_000_000_000)", "first"),
        Binding("end", "move(1_000_000_000)", "last"),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--head", "rows--sorted", "rows--cursor"}
    DEFAULT_CSS = """
    RowTable {
        background: $surface;
        scrollbar-size: 1 1;
        .rows--head { color: $text-muted; background: $panel; }
        .rows--sorted { color: $text; background: $panel; text-style: bold; }
        .rows--cursor { background: $primary-muted; }
        &:focus .rows--cursor { background: $primary; color: $text; }
    }
    """

    @dataclass
    class Highlighted(Message):
        """The cursor stands on another place of the sample."""

        place: int

    @dataclass
    class HeadClicked(Message):
        """A column's head was clicked."""

        column: int

    def __init__(self) -> None:
        super().__init__()
        self.columns: Sequence[Column] = ()
        self.places = NONE
        self.cursor = 0
        self.sorted = (0, False)
        self.struck: Container[int] = ()

    def show(
        self, columns: Sequence[Column], places: NDArray[np.intp], by: int, *, falls: bool
    ) -> None:
        """Show rows of these places in this order, and stand on the first."""
        self.columns, self.places, self.sorted = columns, places, (by, falls)
        width = sum(column.width + 1 for column in columns)
        self.virtual_size = Size(width, len(places) + 1)
        self.scroll_to(0, 0, animate=False)
        self.move_to(0)
        self.refresh()

    @property
    def place(self) -> int | None:
        """Place in the sample of the row under the cursor."""
        return int(self.places[self.cursor]) if len(self.places) else None

    def move_to(self, row: int) -> None:
        """Stand on a row, or on the nearest there is, and have it in view."""
        if not len(self.places):
            return
        self.cursor = min(max(row, 0), len(self.places) - 1)
        top, height = round(self.scroll_offset.y), max(self.scrollable_content_region.height - 1, 1)
        if not top <= self.cursor < top + height:
            to = self.cursor if self.cursor < top else self.cursor - height + 1
            self.scroll_to(y=to, animate=False)
        self.refresh()
        self.post_message(self.Highlighted(int(self.places[self.cursor])))

    def action_move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.move_to(self.cursor + rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by what is in view."""
        self.move_to(self.cursor + pages * max(self.scrollable_content_region.height - 2, 1))

    def on_click(self, event: events.Click) -> None:
        """Stand on the row, or tell which column's head was clicked."""
        inside = event.get_content_offset(self)
        if inside is None or not self.columns:
            return
        if inside.y > 0:
            row = inside.y - 1 + round(self.scroll_offset.y)
            if row < len(self.places):
                self.move_to(row)
            return
        ends = np.cumsum([column.width + 1 for column in self.columns])
        column = int(np.searchsorted(ends, inside.x + self.scroll_offset.x, side="right"))
        if column < len(self.columns):
            self.post_message(self.HeadClicked(column))

    def render_line(self, y: int) -> Strip:
        """Write the head, or the row that is there."""
        left, width = round(self.scroll_offset.x), self.size.width
        base = self.rich_style
        if y == 0:
            return self._head().crop_extend(left, left + width, base)
        row = y - 1 + round(self.scroll_offset.y)
        if row >= len(self.places):
            return Strip.blank(width, base)
        place = int(self.places[row])
        style = base
        if row == self.cursor:
            style += self.get_component_rich_style("rows--cursor")
        if place in self.struck:
            style += Style(strike=True, dim=row != self.cursor)
        cells = [_right(column.cell(place), column.width, style) for column in self.columns]
        return Strip(cells).crop_extend(left, left + width, style)

    def refresh_row(self, place: int) -> None:
        """Write a place's row anew, where it is in view."""
        top, height = round(self.scroll_offset.y), self.size.height
        found = np.flatnonzero(self.places[top : top + height] == place)
        for row in found.tolist():
            self.refresh(Region(0, row + 1, self.size.width, 1))

    def _head(self) -> Strip:
        plain = self.get_component_rich_style("rows--head")
        bold = self.get_component_rich_style("rows--sorted")
        cells = []
        for i, column in enumerate(self.columns):
            mark = ("▼" if self.sorted[1] else "▲") if i == self.sorted[0] else ""
            cells.append(_right(f"{column.head}{mark}", column.width, bold if mark else plain))
        return Strip(cells)


def _right(text: str, width: int, style: Style) -> Segment:
    """A cell's text at the right of its column, cut with an ellipsis where it is too long."""
    if len(text) > width:
        text = f"{text[: width - 1]}…"
    return Segment(set_cell_size(f"{text:>{width}} ", width + 1), style)
