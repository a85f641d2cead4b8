"""A pane: anything that shows a snapshot of the run."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Self

from rich.text import Text
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip

from tui.palette import DARK, Palette
from tui.pictures.strips import strips
from tui.snapshot import Snapshot
from tui.widgets.guarded import Guarded

if TYPE_CHECKING:
    from textual.app import RenderResult

__all__ = ["Drawing", "Framed", "Pane", "Picture", "Placed"]


class Placed(Guarded):
    """Anything whose keys are those of a part of the table."""

    place: ClassVar[str] = ""
    """The part; nothing where only the keys of the whole lab act."""


class Framed(Guarded):
    """Anything whose border says what is in it."""

    _caption: tuple[str | None, str | None] = (None, None)

    def render(self) -> RenderResult:
        """Nothing, until something is in it: Textual would write the name of its class."""
        return ""

    def caption(self, title: str | None = None, subtitle: str | None = None) -> None:
        """Write above and below; Textual paints all of the widget, so only what is new."""
        before, self._caption = self._caption, (title, subtitle)
        if title != before[0] and title is not None:
            self.border_title = title
        if subtitle != before[1] and subtitle is not None:
            self.border_subtitle = subtitle

    @property
    def palette(self) -> Palette:
        """Chart colours for the theme of the moment."""
        found: Palette = getattr(self.app, "chart_colors", DARK)
        return found


class Drawing(Framed, Placed):
    """Anything that is drawn in the colours of the theme."""

    rows_at_once = 0
    """How many rows may be painted at once on a slow line; 0 for all."""
    unfinished = False
    """Whether rows that have changed wait for their turn."""

    _drawn: tuple[Size, list[Strip]] | None = None
    _last = -1

    def picture(self) -> Text:
        """Draw at the size of the content; nothing until there is something to show."""
        return Text()

    def redraw(self) -> None:
        """Draw anew, and have those lines painted that have changed."""
        self.unfinished = False
        if self._drawn is None or self._drawn[0] != self.content_size:
            self.refresh()
            return
        old, new = self._drawn[1], self._lines()
        self._drawn = self.content_size, new
        if len(old) != len(new):
            super().refresh()
        elif changed := self._portion([y for y, line in enumerate(new) if line != old[y]]):
            if self.unfinished:
                kept = set(changed)
                new = [line if y in kept else old[y] for y, line in enumerate(new)]
                self._drawn = self.content_size, new
            super().refresh(*(Region(0, y, self.content_size.width, 1) for y in changed))

    def _portion(self, rows: list[int]) -> list[int]:
        """Rows that are painted now, those that have waited the longest."""
        self.unfinished = 0 < self.rows_at_once < len(rows)
        if not self.unfinished:
            return rows
        waiting = [y for y in rows if y > self._last] + [y for y in rows if y <= self._last]
        portion = waiting[: self.rows_at_once]
        self._last = portion[-1]
        return portion

    def refresh(self, *regions: Region, **how: bool) -> Self:
        """Draw anew at the next paint."""
        self._drawn = None
        return super().refresh(*regions, **how)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Leave out what paints the terminal's own colours in others, which no drawing has."""
        filters = super().get_line_filters()
        return [each for each in filters if not isinstance(each, ANSIToTruecolor)]

    def render_line(self, y: int) -> Strip:
        """Return a line of the picture, which is drawn once for all of them."""
        if self._drawn is None or self._drawn[0] != self.content_size:
            self._drawn = self.content_size, self._lines()
        lines = self._drawn[1]
        if y < len(lines):
            return lines[y]
        return Strip.blank(self.size.width, self.visual_style.rich_style)

    def _lines(self) -> list[Strip]:
        if not self.content_size:  # there is not a cell to draw on
            return []
        return strips(self._picture(), self.visual_style.rich_style)

    def _picture(self) -> Text:
        """Draw, or tell why that cannot be."""
        try:
            return self.picture()
        except Exception as fault:  # noqa: BLE001 - whatever it is, the lab is to go on
            lines = textwrap.wrap(self.fail(fault), max(self.content_size.width, 1))
            return Text("\n".join(lines))


class Pane(Framed):
    """What is told of every moment, to hand it on to its parts or to draw it.

    Only panes of the ``tab`` that is shown are given a snapshot, and those of none.
    """

    tab: ClassVar[str] = ""

    first: ClassVar[bool] = False
    """Whether it is drawn before others that wait, because it is small."""

    at_once: ClassVar[tuple[str, ...]] = ()
    """Fields of the snapshot that keys change, and that are shown without waiting for a turn."""

    snapshot: reactive[Snapshot | None] = reactive(None, repaint=False)

    def give(self, snapshot: Snapshot | None) -> None:
        """Show a moment; where that cannot be, the border says so."""
        with self.guarded():
            self.snapshot = snapshot

    def answers(self, snapshot: Snapshot) -> bool:
        """Whether a snapshot has what is to be shown at once."""
        last = self.snapshot
        return last is None or any(
            getattr(last, name) != getattr(snapshot, name) for name in self.at_once
        )


class Picture(Pane, Drawing):
    """A drawing that is made anew whenever it is given another snapshot."""

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Tell it in the border, and draw it."""
        if snapshot is not None:
            with self.guarded():
                self.tell(snapshot)
            self.redraw()

    def tell(self, snapshot: Snapshot) -> None:
        """Say in the border what is drawn."""
