"""The report pane."""

from __future__ import annotations

from time import monotonic

from rich.console import RenderableType
from rich.text import Text

from tui.snapshot import Snapshot
from tui.widgets.pane import Pane

__all__ = ["ReportPane"]

FULL = 56
"""Columns that its titles need in full."""
SECONDS = 1.0
"""Between two reports while a run goes on, for nobody reads faster."""


class ReportPane(Pane, can_focus=True):
    """The report so far, and once the run has stopped the final one.

    While other settings have not been run, the old report stays, and says that it is stale.
    """

    BORDER_TITLE = "report"
    tab = "train"

    _told = 0.0

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Tell the newest, while it runs only so often."""
        if snapshot is None or (snapshot.running and monotonic() - self._told <= SECONDS):
            return
        self._told = monotonic()
        shown = snapshot.stale or snapshot
        stale = shown is not snapshot
        title = "final report" if shown.finished else "report so far"
        self.caption("stale: settings have changed" if stale else title)
        self.set_class(shown.finished and not stale, "-final")
        self.set_class(stale, "-old")
        self.refresh()

    def render(self) -> RenderableType:
        """Lay out the report, without its fine print where the pane is low."""
        if self.snapshot is None:
            return Text()
        from engine.reports.report import report  # noqa: PLC0415 - heavy: after the first paint
        from tui.texts.report import render_report  # noqa: PLC0415

        shown = self.snapshot.stale or self.snapshot
        told = report(shown.training, shown.tape, shown.at)
        return render_report(told, brief=self.content_size.width < FULL, size=self.content_size)
