"""The screen of the lab itself, which renders what has changed and not what is beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual._compositor import Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

if TYPE_CHECKING:
    from textual._compositor import ChopsUpdate

__all__ = ["MainScreen"]


class MainScreen(Screen[None]):
    """The first screen, of many small panes that change one at a time."""

    def __init__(self) -> None:
        super().__init__(id="_default")
        self._compositor = NearCompositor()


class NearCompositor(Compositor):
    """Looks only at widgets and rows that meet what is to be painted.

    Textual's own renders every widget whose container meets a rectangle around all of it, from
    the first row to the last, and then leaves most of that out.
    """

    _changed: tuple[Region, ...] = ()

    def render_partial_update(self) -> ChopsUpdate | None:
        """Render what has changed."""
        self._changed = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Yield widgets from the front to the back: where each is seen, and its strips there."""
        screen = self.size.region
        left = [region.intersection(screen) for region in self._changed] or [crop or screen]
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip)
            if met := [each for each in left if shown.intersection(each)]:
                # whole rows, for the strips are cut where widgets begin and end
                top, bottom = min(r.y for r in met), max(r.bottom for r in met)
                seen = shown.intersection(Region(0, top, screen.width, bottom - top))
                yield seen, seen, widget.render_lines(seen.translate(-region.offset))
                left = [each for each in left if not shown.contains_region(each)]
                if not left:
                    return
