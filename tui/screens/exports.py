"""Exports: the formats that the report can be written in."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.exports import EXPORTS
from tui.keys.screen_keys import screen_bindings
from tui.screens.dialog import Dialog

__all__ = ["FIT", "ExportScreen"]

FIT = "fit"
"""What is chosen for the document of the sample's fit."""


class ExportScreen(Dialog[str | None]):
    """The formats to choose from; gives how the chosen one's files end, or the fit's document."""

    keys_place: ClassVar[str] = "exports"
    BINDINGS: ClassVar[list[BindingType]] = screen_bindings("exports")

    def compose(self) -> ComposeResult:
        """List them, the first chosen."""
        with Vertical() as box:
            box.border_title = "write the report as"
            box.border_subtitle = "enter writes it in this folder · esc leaves"
            yield OptionList(
                *(Option(Content(each.meaning), each.suffix) for each in EXPORTS),
                Option(Content("JSON: the fit of the sample, as fit --json prints it"), FIT),
            )

    def on_mount(self) -> None:
        """Stand on the first."""
        options = self.query_one(OptionList)
        options.highlighted = 0
        options.focus()

    @on(OptionList.OptionSelected)
    def take(self, event: OptionList.OptionSelected) -> None:
        """Give what was chosen."""
        self.dismiss(event.option_id)
