"""The intervals on the fit's tab."""

from __future__ import annotations

from rich.text import Text
from textual.reactive import reactive

from tui.fit_view import FitView
from tui.keys.in_use import keyed
from tui.keys.keymap import bindings
from tui.texts.format import percent
from tui.widgets.guarded import guarding
from tui.widgets.pane import Drawing

__all__ = ["IntervalChart"]


class IntervalChart(Drawing, can_focus=True):
    """Wald's and profile intervals of each parameter on one axis, and the bootstrap's."""

    place = "fit"
    BINDINGS = [*bindings("fit"), *bindings("profile")]  # noqa: RUF012 - typed by Textual
    BORDER_TITLE = "intervals"

    view: reactive[FitView | None] = reactive(None, repaint=False)

    @guarding
    def watch_view(self, view: FitView | None) -> None:
        """Say in the border what there is besides."""
        if view is not None:
            hint = "{fit-intervals} " + ("without bootstrap" if view.bootstrap else "bootstrap too")
            told = f"{view.busy} …" if view.busy else keyed(self.app, hint)
            self.caption(f"{percent(view.level)} intervals", told)
            self.redraw()

    def picture(self) -> Text:
        """Draw the intervals at the pane's size."""
        view = self.view
        if view is None or view.analysis is None or view.analysis.fitted is None:
            return Text()
        from tui.pictures.intervals import interval_picture  # noqa: PLC0415 - heavy

        return interval_picture(
            view.analysis,
            view.chosen,
            self.content_size,
            self.palette,
            bootstrap=view.bootstrap,
        )
