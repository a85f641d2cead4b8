"""A pane: anything that shows a snapshot of the run."""

from __future__ import annotations

from typing import ClassVar

from textual.app import RenderResult
from textual.reactive import reactive
from textual.widget import Widget

from tui.palette import DARK, LIGHT, Palette
from tui.snapshot import Snapshot

__all__ = ["Drawing", "Pane"]


class Drawing(Widget):
    """Anything that is drawn in the colours of the theme."""

    place: ClassVar[str] = ""
    """Whose keys of the table act while it has the focus."""

    def render(self) -> RenderResult:
        """Show nothing until there is something to show."""
        return ""

    @property
    def palette(self) -> Palette:
        """Chart colours for the theme of the moment."""
        return DARK if self.app.current_theme.dark else LIGHT


class Pane(Drawing):
    """A drawing that is made anew whenever it is given another snapshot.

    Only panes of the ``tab`` that is shown are given one, and those of none.
    """

    tab: ClassVar[str] = ""

    snapshot: reactive[Snapshot | None] = reactive(None)
