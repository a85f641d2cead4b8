"""The report's tab: the dossier of what is shown, as a page to scroll."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.beside import beside
from tui.keys.in_use import keyed
from tui.keys.keymap import bindings
from tui.snapshot import Snapshot
from tui.widgets.pane import Pane, Placed

if TYPE_CHECKING:
    from engine.reports.dossier import Dossier
    from tui.gathering import Gathering

__all__ = ["DossierTab", "Page"]

SECONDS = 1.0
"""Between two reports while a run goes on, for nobody reads faster."""
HINT = "{report-export} writes a file · {report-copy} copies"
STALE = "stale: settings have changed"


class Page(ScrollView, Placed, can_focus=True):
    """A dossier, laid out beside the event loop, and anew whenever its room changes."""

    place = "report"
    BINDINGS = bindings("report")

    dossier: Dossier | None = None

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Strip] = []

    def on_mount(self) -> None:
        """Tell the keys."""
        self.border_subtitle = keyed(self.app, HINT)

    async def on_resize(self) -> None:
        """Lay the tables out anew."""
        if self.dossier is not None:
            await self.tell(self.dossier)

    async def tell(self, dossier: Dossier) -> None:
        """Show a dossier; where it is read stays."""
        from tui.texts.dossier import dossier_lines  # noqa: PLC0415 - after the first paint

        self.dossier = dossier
        width = max(self.scrollable_content_region.width, 1)
        lines = await beside(dossier_lines, dossier, width)
        if dossier is self.dossier:
            self.lines = lines
            self.virtual_size = Size(width, len(lines))
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return a line of what is in view."""
        at, width = y + self.scroll_offset.y, self.size.width
        line = (
            self.lines[at]
            if at < len(self.lines)
            else Strip.blank(width, self.visual_style.rich_style)
        )
        return line.crop_extend(0, width, None).apply_style(self.rich_style)


class DossierTab(Pane):
    """The page, gathered beside the event loop; the fit of the sample comes when it is there."""

    tab = "report"

    def __init__(self) -> None:
        super().__init__(id="report")
        self.gathering: Gathering | None = None
        self._due: Snapshot | None = None
        self._busy = False
        self._told = 0.0

    def compose(self) -> ComposeResult:
        """Hold the page."""
        yield Page()

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Have the newest moment told, while it runs only so often."""
        if snapshot is None or (snapshot.running and monotonic() - self._told <= SECONDS):
            return
        self._told = monotonic()
        self._due = snapshot
        if not self._busy:
            self._busy = True
            self.look()

    @work(group="dossier")
    async def look(self) -> None:
        """Tell the newest moment at once, then with the fit of its sample."""
        try:
            gathering = await self.gathered()
            while (due := self._due) is not None:
                self._due = None
                shown = due.stale or due
                found = await beside(gathering.now, shown)
                await self.tell(due, found.run.dossier)
                if self.settled(due) and gathering.known(shown) is None:
                    found = await beside(gathering.whole, shown)
                    if self.settled(due):
                        await self.tell(due, found.run.dossier)
        finally:
            self._busy = False

    def settled(self, told: Snapshot) -> bool:
        """Whether nothing newer is due, and there is time for a fit."""
        return self._due is None and not told.running

    async def gathered(self) -> Gathering:
        """Return what gathers, whose modules are imported when they are needed first."""
        if self.gathering is None:
            from tui.gathering import Gathering  # noqa: PLC0415 - heavy: after the first paint

            self.gathering = Gathering()
        return self.gathering

    async def tell(self, snapshot: Snapshot, dossier: Dossier) -> None:
        """Show a dossier, and in the border whether it is final, or stale."""
        stale = snapshot.stale is not None
        shown = snapshot.stale or snapshot
        title = "final report" if shown.finished else "report so far"
        page = self.query_one(Page)
        page.border_title = STALE if stale else title
        page.set_class(stale, "-old")
        page.set_class(shown.finished and not stale, "-final")
        await page.tell(dossier)
