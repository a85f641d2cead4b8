"""The fit's tab: a chart, the intervals, what the fit is worth, and how the families stand."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget

from tui.snapshot import Snapshot
from tui.widgets.estimates import Estimates
from tui.widgets.fit_chart import FitChart
from tui.widgets.intervals import IntervalChart
from tui.widgets.pane import Pane
from tui.widgets.ranking import RankingPane

__all__ = ["FitTab"]

WIDE = 120
"""Columns of the screen from which all panes stand side by side."""
PAGED: dict[str, type[Widget]] = {
    "estimates": Estimates,
    "intervals": IntervalChart,
    "ranking": RankingPane,
}


class FitTab(Pane):
    """All parts in two rows; where it is narrow, the chart and one of the others."""

    tab = "fit"
    at_once = ("fit",)

    def __init__(self) -> None:
        super().__init__(id="fit")

    def compose(self) -> ComposeResult:
        """Lay out the parts."""
        yield FitChart()
        yield IntervalChart()
        yield Estimates()
        yield RankingPane()

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Hand on what is known, to those parts that it is news to."""
        if snapshot is None or snapshot.fit is None:
            return
        self.turn()
        self.query_one(FitChart).view = snapshot.fit
        self.query_one(IntervalChart).view = snapshot.fit
        self.query_one(Estimates).view = snapshot.fit
        self.query_one(RankingPane).view = snapshot.fit

    def on_resize(self) -> None:
        """Show as many parts as there is room for now."""
        self.turn()

    def turn(self) -> None:
        """Show all parts, or where it is narrow only the page that is turned to."""
        wide = self.app.size.width >= WIDE
        view = self.snapshot.fit if self.snapshot else None
        page = view.page if view else "estimates"
        for name, part in PAGED.items():
            pane, shown = self.query_one(part), wide or name == page
            if pane.has_focus_within and not shown:
                self.query_one(FitChart).focus()  # the keys of the tab act where the focus is
            pane.display = shown
