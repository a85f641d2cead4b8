"""The report's tab: the dossier of what is shown, as a page to scroll."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from tui.keymap import bindings
from tui.snapshot import Snapshot
from tui.widgets.pane import Pane

if TYPE_CHECKING:
    from engine.dossier import Dossier
    from tui.gathering import Gathering

__all__ = ["DossierTab", "Page"]

SECONDS = 1.0
"""Between two reports while a run goes on, for nobody reads faster."""
STALE = "stale: settings have changed"


class Page(VerticalScroll, can_focus=True):
    """A dossier, laid out anew whenever its room changes."""

    place = "report"
    BINDINGS = bindings("report")

    dossier: Dossier | None = None

    def compose(self) -> ComposeResult:
        """Hold one text."""
        yield Static()

    def on_resize(self) -> None:
        """Lay the tables out anew."""
        self.tell(self.dossier)

    def tell(self, dossier: Dossier | None) -> None:
        """Show a dossier; where it is read stays."""
        self.dossier = dossier
        if dossier is not None:
            from tui.dossier_text import render_dossier  # noqa: PLC0415 - after the first paint

            width = max(self.scrollable_content_region.width, 1)
            self.query_one(Static).update(render_dossier(dossier, width))


class DossierTab(Pane):
    """The page, gathered beside the event loop; the fit of the sample comes when it is there."""

    BORDER_SUBTITLE = "x writes a file · c copies"
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
        gathering = await self.gathered()
        try:
            while (due := self._due) is not None:
                self._due = None
                shown = due.stale or due
                found = await asyncio.to_thread(gathering.now, shown)
                self.tell(due, found.run.dossier)
                if self.settled(due) and not gathering.knows(shown.training):
                    found = await asyncio.to_thread(gathering.whole, shown)
                    if self.settled(due):
                        self.tell(due, found.run.dossier)
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

    def tell(self, snapshot: Snapshot, dossier: Dossier) -> None:
        """Show a dossier, and in the border whether it is final, or stale."""
        stale = snapshot.stale is not None
        shown = snapshot.stale or snapshot
        title = "final report" if shown.finished else "report so far"
        self.caption(STALE if stale else title)
        self.set_class(stale, "-old")
        self.set_class(shown.finished and not stale, "-final")
        self.query_one(Page).tell(dossier)
