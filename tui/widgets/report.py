"""The report pane."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text

from tui.widgets.pane import Pane

__all__ = ["ReportPane"]

FULL = (56, 14)


class ReportPane(Pane):
    """The report so far, and once the run has stopped the final one."""

    BORDER_TITLE = "report"

    def render(self) -> RenderableType:
        """Lay out the report, without its fine print where the pane is low."""
        if self.snapshot is None:
            return Text()
        from engine.report import report  # noqa: PLC0415 - heavy: after the first paint
        from tui.report_text import render_report  # noqa: PLC0415

        told = report(self.snapshot.training, self.snapshot.tape, self.snapshot.at)
        self.border_title = "final report" if told.stop else "report so far"
        self.set_class(told.stop is not None, "-final")
        width, height = self.content_size
        return render_report(told, brief=width < FULL[0] or height < FULL[1])
