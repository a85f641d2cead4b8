"""Help: what the keys do, from the table that dispatches them, found by typing."""

from collections.abc import Iterable
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Input, Static

from tui.keys.in_use import every_key, keyed
from tui.keys.keymap import PLACES, Key
from tui.keys.screen_keys import WHERE, screen_bindings
from tui.keys.words import WORDS, Wanted
from tui.screens.dialog import Dialog
from tui.widgets.plain_input import PlainInput

__all__ = ["HelpScreen", "keys_table"]

FIELDS = (
    ("tab", "Go to the next field; enter takes its value, escape leaves it"),
    ("esc", "Leave a field, a list or this help"),
)
OWN = {
    "fit": ("fit", "profile"),
    **{each: (each, "look") for each in ("ledger", "lens", "doctor")},
}
"""Places whose keys act together."""
NOTHING = "No key does that. Try another word, or ctrl+p."


def keys_table(keys: Iterable[Key], place: str, query: str = "") -> Table:
    """List the keys that have every word of a query, those of a place first."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", justify="right", no_wrap=True)
    table.add_column()
    own = OWN.get(place, (place,))
    places = [*own, *(each for each in WHERE if each not in own)]
    parts = [(WHERE[each], _keys(keys, each, query)) for each in places]
    fields = [each for each in FIELDS if not query or Wanted(query).match(each[0], each[1])]
    for title, rows in [*parts, ("in the settings", fields)]:
        if rows:
            table.add_row("", Text(title, "bold underline"))
        for shown, meaning in rows:
            table.add_row(Text(shown), Text(meaning))
    if not table.row_count:
        table.add_row("", Text(NOTHING))
    return table


def _keys(keys: Iterable[Key], place: str, query: str) -> list[tuple[str, str]]:
    """Keys of a place with their meanings."""
    return [
        (key.shown, key.meaning)
        for key in keys
        if key.place == place and (not query or Wanted(query).match(*_told(key)))
    ]


def _told(key: Key) -> tuple[str, str]:
    """What a key is found by, and what it is found by as well."""
    words = WORDS.get(key.action, "") if key.place in PLACES else ""
    return f"{key.shown} {key.label}", f"{key.meaning} {words} {WHERE[key.place]}"


class HelpScreen(Dialog[None]):
    """The keys over the lab, those of what has the focus first; what is typed picks some."""

    BINDINGS: ClassVar[list[BindingType]] = screen_bindings("help")

    def __init__(self, place: str = "") -> None:
        super().__init__()
        self.place = place

    def compose(self) -> ComposeResult:
        """List every action with its key below a line to type into."""
        with Vertical() as box:
            box.border_title = "keys"
            hint = "type to find · {help-up} {help-down} scroll · esc closes"
            box.border_subtitle = keyed(self.app, hint)
            yield PlainInput(placeholder="what do you want to do?", compact=True)
            with VerticalScroll(can_focus=False):
                yield Static(keys_table(every_key(self.app), self.place))

    def on_mount(self) -> None:
        """Be ready to be typed into."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def pick(self, message: Input.Changed) -> None:
        """Show the keys that have to do with what is typed; a second question mark closes."""
        if message.value.startswith("?"):
            self.dismiss()
            return
        self.query_one(Static).update(
            keys_table(every_key(self.app), self.place, message.value.strip())
        )
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_scroll(self, rows: int) -> None:
        """Move what is listed by so many rows."""
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)
