"""A row of the form: a setting's label and its input, and why what stands there cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Select

from tui.widgets.plain_input import PlainInput

if TYPE_CHECKING:
    from tui.forms import Entry

__all__ = ["Field"]


class Field(Vertical):
    """A label and an input in one line, and below it the reason when the value cannot be."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.reason = ""

    def compose(self) -> ComposeResult:
        """Choose the input that fits the kind of setting."""
        from engine.fields import Choice  # noqa: PLC0415 - heavy: after the first paint

        with Horizontal():
            yield Label(self.entry.label)
            if isinstance(self.entry.kind, Choice):
                names = self.entry.kind.options()
                yield Select(
                    [(name, name) for name in names],
                    value=self.entry.value,
                    allow_blank=False,
                    compact=True,
                )
            else:
                yield PlainInput(self.entry.text, compact=True)
        yield Label("", classes="reason")

    @property
    def text(self) -> str:
        """What stands in the input."""
        return str(self.query_one("Input, Select", Input | Select).value)  # type: ignore[arg-type]

    def suits(self, entry: Entry) -> bool:
        """Whether it can show another entry as it stands."""
        return (entry.label, entry.kind) == (self.entry.label, self.entry.kind)

    def show_entry(self, entry: Entry) -> None:
        """Show another value of the same setting."""
        before, self.entry = self.entry, entry
        if before.value != entry.value or self.reason:
            self.restore()

    def restore(self) -> None:
        """Show the value that is in force, in place of what was typed or chosen."""
        shown = self.query_one("Input, Select")
        if isinstance(shown, Input):
            shown.value = self.entry.text
        elif isinstance(shown, Select):
            shown.value = self.entry.value

    def refuse(self, reason: str) -> None:
        """Show why the value cannot be, or nothing."""
        if reason == self.reason:
            return
        self.reason = reason
        self.set_class(bool(reason), "-refused")
        path = self.entry.path
        shown = self.entry.label + reason[len(path) :] if reason.startswith(f"{path} ") else reason
        self.query_one(".reason", Label).update(Content(shown))
        if reason and self.has_focus_within:
            self.call_after_refresh(self.scroll_visible, animate=False)  # the reason with it
