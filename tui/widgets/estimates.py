"""The estimates on the fit's tab, and what they are worth."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.reactive import reactive
from textual.widgets import Static

from tui.fit_view import FitView
from tui.keys.in_use import keyed
from tui.keys.keymap import bindings
from tui.widgets.guarded import guarding
from tui.widgets.pane import Framed

__all__ = ["Estimates"]


class Estimates(VerticalScroll, Framed):
    """Estimates with intervals, what follows from them, the goodness of fit and the verdict."""

    BINDINGS = bindings("fit")
    BORDER_TITLE = "estimates"
    place = "fit"

    view: reactive[FitView | None] = reactive(None, repaint=False)

    def compose(self) -> ComposeResult:
        """Hold the text."""
        yield Static(id="summary")

    @guarding
    def watch_view(self, view: FitView | None) -> None:
        """Tell the newest."""
        if view is None or view.analysis is None:
            return
        from tui.texts.fit_summary import summary  # noqa: PLC0415 - heavy: after the first paint

        family = view.analysis.family.name
        title = "estimates" if family == view.lab else f"estimates · {family}, not the lab's"
        hint = keyed(self.app, "↑ ↓ scroll · {fit-p-values} p-values")
        self.caption(title, f"{view.busy} …" if view.busy else hint)
        width = self.scrollable_content_region.width
        told = summary(view, view.analysis, width, self.palette, keyed(self.app, "{fit-rank}"))
        self.query_one("#summary", Static).update(told)

    def on_resize(self) -> None:
        """Lay the table out for the room there is now."""
        self.watch_view(self.view)
