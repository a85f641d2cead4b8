"""The surface of the log-likelihood over two parameters, and the slices along each of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import reactive

from tui.keys.keymap import bindings
from tui.messages import Picked
from tui.snapshot import Snapshot
from tui.widgets.guarded import guarding
from tui.widgets.pane import Drawing, Pane

if TYPE_CHECKING:
    from tui.survey import Survey
    from tui.view import View

__all__ = ["RaceMap", "SliceChart", "SurfaceMap", "SurfaceTab"]

GRIPS = ("start", "place", "window")
"""What the arrow keys may move."""


class SurfaceMap(Drawing, can_focus=True):
    """The map."""

    place = "surface"
    BINDINGS = bindings("surface")
    BORDER_TITLE = "surface"

    view: reactive[View | None] = reactive(None, repaint=False, always_update=True)

    def __init__(self, *, keyed: bool = True) -> None:
        super().__init__()
        self.can_focus = keyed
        self.hint = ""
        """What the border says below."""

    @guarding
    def watch_view(self, view: View | None) -> None:
        """Say in the border what is drawn."""
        if view is not None:
            self.caption(view.title, self.hint)
        self.redraw()

    def picture(self) -> Text:
        """Draw the map at the pane's size."""
        return self.view.map_picture(self.content_size, self.palette) if self.view else Text()

    def on_click(self, event: events.Click) -> None:
        """Tell which point was clicked."""
        offset = event.get_content_offset(self)
        if self.can_focus and offset is not None and self.view is not None:
            found = self.view.fractions_at(offset.x, offset.y, self.content_size)
            if found is not None:
                self.post_message(Picked(*found))


class SliceChart(Drawing):
    """The log-likelihood along one of the parameters, with the place and its tangent."""

    view: reactive[View | None] = reactive(None, repaint=False, always_update=True)

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number

    @guarding
    def watch_view(self, view: View | None) -> None:
        """Say in the border what is drawn; stay away where there is no such parameter."""
        if view is not None:
            self.display = len(view.slices) > 1
            if self.display:
                self.caption(view.slice_title(self.number))
        self.redraw()

    def picture(self) -> Text:
        """Draw the slice at the pane's size."""
        if self.view is None or self.number >= len(self.view.slices):
            return Text()
        return self.view.slice_picture(self.number, self.content_size, self.palette)


class Surveyed(Pane):
    """A pane that has a survey made, beside the event loop, of what its parts show."""

    def __init__(self, name: str) -> None:
        super().__init__(id=name)
        self.survey: Survey | None = None
        self._due: Snapshot | None = None
        self._busy = False

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Have the newest moment surveyed."""
        self._due = snapshot
        if snapshot is not None and not self._busy:
            self._busy = True
            self.look()

    def on_resize(self) -> None:
        """Survey anew at another size."""
        self.watch_snapshot(self.snapshot)

    @work(group="survey")
    async def look(self) -> None:
        """Survey the newest moment, then refine the grid, until there is nothing left to do."""
        from tui.survey import Survey  # noqa: PLC0415 - heavy: after the first paint

        survey = self.survey = self.survey or Survey()
        chart = self.query_one(SurfaceMap)
        view: View | None = None
        try:
            while self._due is not None or survey.refining:
                if (due := self._due) is not None:
                    self._due = None
                    view = await asyncio.to_thread(survey.look, due, chart.content_size)
                else:
                    await asyncio.to_thread(survey.refine)
                if view is not None:
                    self.show_view(view.finer(survey.grid))
        finally:
            self._busy = False

    def show_view(self, view: View) -> None:
        """Hand a view on to the map."""
        self.query_one(SurfaceMap).view = view


class SurfaceTab(Surveyed):
    """The map with both slices."""

    tab = "surface"

    def __init__(self) -> None:
        super().__init__("surface")
        self.grip = GRIPS[0]

    def take_another_grip(self) -> None:
        """Let the arrows move something else."""
        self.grip = GRIPS[(GRIPS.index(self.grip) + 1) % len(GRIPS)]

    def compose(self) -> ComposeResult:
        """Stand side by side."""
        yield SurfaceMap()
        with Vertical(id="slices"):
            yield SliceChart(0)
            yield SliceChart(1)

    def show_view(self, view: View) -> None:
        """Hand a view on to every part."""
        self.query_one(SurfaceMap).hint = f"arrows move {self.grip} · g next"
        super().show_view(view)
        for each in self.query(SliceChart):
            each.view = view


class RaceMap(Surveyed):
    """The map with the lanes of a race instead of the run's own path."""

    tab = "race"

    def __init__(self) -> None:
        super().__init__("race-map")

    def compose(self) -> ComposeResult:
        """Stand alone."""
        yield SurfaceMap(keyed=False)

    def show_view(self, view: View) -> None:
        """Hand a view with the lanes on."""
        super().show_view(view.racing())
