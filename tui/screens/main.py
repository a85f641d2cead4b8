"""The screen of the lab itself, which renders what has changed and not what is beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual._compositor import Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

if TYPE_CHECKING:
    from textual._compositor import ChopsUpdate, LayoutUpdate

__all__ = ["MainScreen"]


class MainScreen(Screen[None]):
    """The first screen, of many small panes that change one at a time."""

    def __init__(self) -> None:
        super().__init__(id="_default")
        self._compositor = NearCompositor()


class NearCompositor(Compositor):
    """Looks only at widgets and rows that meet what is to be painted, and paints what is new.

    Textual's own renders every widget whose container meets a rectangle around all of it, from
    the first row to the last, leaves most of that out, and writes the rest, changed or not.
    """

    _changed: tuple[Region, ...] = ()
    _standing: Sequence[dict[int, Strip]] = ()
    """What stands on the terminal in each row, by the column where it begins."""
    _layout: list[list[int]] | None = None
    """Where the pieces of the rows begin and end that stand there."""

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        """Render all there is."""
        self._layout = None
        return super().render_full_update(simplify)

    def render_partial_update(self) -> ChopsUpdate | None:
        """Render what has changed."""
        self._changed = tuple(self._dirty_regions)
        try:
            update = super().render_partial_update()
        finally:
            self._changed = ()
        if update is not None:
            update.spans = list(self._news(update))
        return update if update is not None and update.spans else None

    def _news(self, update: ChopsUpdate) -> Iterator[tuple[int, int, int]]:
        """Yield row, begin and end of pieces that are other than those which stand there."""
        if self._layout is not self.cuts:
            self._layout, self._standing = self.cuts, [{} for _ in self.cuts]
        for y, begin, end in update.spans:
            standing = self._standing[y]
            for (x, strip), stop in zip(update.chops[y].items(), update.chop_ends[y], strict=False):
                met = x < end and begin < stop
                if met and strip is not None and standing.get(x) != strip:
                    standing[x] = strip
                    yield y, x, stop

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
