"""Help: what the keys do, from the table that dispatches them."""

from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.keymap import PLACES, keys_of

__all__ = ["HelpScreen"]

FIELDS = (
    ("tab", "Go to the next field; enter takes its value, escape leaves it"),
    ("esc", "Leave a field, a list or this help"),
)


class HelpScreen(ModalScreen[None]):
    """The keys over the lab, those of what has the focus first; any usual key closes it."""

    BINDINGS: ClassVar = [("escape,q,question_mark,f1", "dismiss", "close")]

    def __init__(self, place: str = "") -> None:
        super().__init__()
        self.place = place

    def compose(self) -> ComposeResult:
        """List every action with its key."""
        table = Table.grid(padding=(0, 2))
        table.add_column(style="bold", justify="right", no_wrap=True)
        table.add_column()
        for place in sorted(PLACES, key=lambda each: each != self.place):
            table.add_row("", Text(PLACES[place], "bold underline"))
            for key in keys_of(self.app):
                if key.place == place:
                    table.add_row(key.shown, key.meaning)
        table.add_row("", Text("in the settings", "bold underline"))
        for shown, meaning in FIELDS:
            table.add_row(shown, meaning)
        with VerticalScroll() as box:
            box.border_title = "keys"
            box.border_subtitle = "↑ ↓ scroll · esc closes"
            yield Static(table)
