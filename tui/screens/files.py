"""Opening data: a path that completes itself over what there is, and the bundled samples."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from tui.browsing import Offer, offers, shown
from tui.keys.in_use import keyed
from tui.keys.screen_keys import screen_bindings
from tui.screens.dialog import Dialog
from tui.widgets.plain_input import PlainInput

__all__ = ["FilesScreen"]


HINT = (
    "{files-previous} {files-next} choose · {files-complete} completes · enter opens · esc leaves"
)
NONE = "There is no such file here, nor a bundled sample."
NOTHING = "Choose a file or a bundled sample."


class FilesScreen(Dialog[str | None]):
    """A path to be typed, and what begins so; gives the name of a file or a bundled sample."""

    keys_place: ClassVar[str] = "files"
    BINDINGS: ClassVar[list[BindingType]] = screen_bindings("files")

    def __init__(self) -> None:
        super().__init__()
        self.offered: list[Offer] = []
        self.offered_for: str | None = None
        """What was typed when this was offered."""

    def compose(self) -> ComposeResult:
        """Put the path over what is offered."""
        with Vertical() as box:
            box.border_title = "open data"
            box.border_subtitle = keyed(self.app, HINT)
            yield PlainInput(
                placeholder="a file (CSV, TSV, Parquet), or a sample's name", compact=True
            )
            yield OptionList()
            yield Label("", id="refusal")

    def on_mount(self) -> None:
        """Offer what is in the present folder."""
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()
        self.offer()

    @on(Input.Changed)
    @work(group="offer", exclusive=True)
    async def offer(self) -> None:
        """List what begins as typed."""
        typed = self.query_one(Input).value
        self.offered = await self.beside(offers, typed)
        self.offered_for = typed
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Option(_line(each)) for each in self.offered])
        listed.highlighted = 0 if self.offered else None
        empty = "" if self.offered else NONE
        self.query_one("#refusal", Label).update(empty)

    def action_move(self, rows: int) -> None:
        """Go up or down in the list."""
        listed = self.query_one(OptionList)
        if rows > 0:
            listed.action_cursor_down()
        else:
            listed.action_cursor_up()

    async def action_complete(self) -> None:
        """Type the rest of what is chosen."""
        if chosen := await self.chosen():
            self.type(chosen.name)

    def type(self, name: str) -> None:
        """Put a name in place of what is typed."""
        field = self.query_one(Input)
        field.value = name
        field.cursor_position = len(name)

    async def chosen(self) -> Offer | None:
        """What the list stands on; its first where it is of something else than is typed now."""
        typed = self.query_one(Input).value
        if typed != self.offered_for:
            return next(iter(await self.beside(offers, typed)), None)
        at = self.query_one(OptionList).highlighted
        return self.offered[at] if at is not None and at < len(self.offered) else None

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    async def take(self) -> None:
        """Give what is typed where it is a file, else what is chosen; enter a folder."""
        typed = self.query_one(Input).value
        chosen = await self.chosen()
        if typed and _is_file(typed):
            self.dismiss(str(Path(typed).expanduser()))
        elif chosen is None:
            self.query_one("#refusal", Label).update(NONE if typed else NOTHING)
        elif chosen.folder:
            self.type(chosen.name)
        else:
            tilde = chosen.name.startswith("~")
            self.dismiss(str(Path(chosen.name).expanduser()) if tilde else chosen.name)


def _is_file(typed: str) -> bool:
    try:
        return Path(typed).expanduser().is_file()
    except (OSError, ValueError, RuntimeError):
        return False


def _line(offer: Offer) -> Text:
    """A name, and what it is."""
    line = Text(no_wrap=True, overflow="ellipsis")
    return line.append(shown(offer.name)).append("  ").append(offer.told, "dim")
