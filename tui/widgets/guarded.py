"""A widget whose faults are told in its place: the rest of the lab goes on."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TypeVar

from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

__all__ = ["Guarded", "guarding"]

Shown = TypeVar("Shown", bound="Guarded")
Seen = TypeVar("Seen")


class Guarded(Widget):
    """What should not go wrong in showing it and does is logged, each fault once."""

    _known: frozenset[str] = frozenset()

    def fail(self, fault: Exception) -> str:
        """Have the lab keep a fault that is new, and return the sentence that tells it."""
        from engine.runs.conclusion import told  # noqa: PLC0415 - heavy, and rarely needed

        sentence = told(fault)
        if sentence not in self._known:
            self._known |= {sentence}
            self.app.endure(fault)  # type: ignore[attr-defined]  # the lab, which has no type here
        return f"This cannot be drawn. {sentence} The log tells where."

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Let what is done to it fail, and its border say so."""
        try:
            yield
        except Exception as fault:  # noqa: BLE001 - whatever it is, the lab is to go on
            self.fail(fault)
            self.border_subtitle = f"{type(fault).__name__}: not shown, the log tells where"

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of a part, or in their place what is wrong."""
        try:
            return super().render_lines(crop)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the lab is to go on
            lines = textwrap.wrap(self.fail(fault), max(self.size.width, 1))
            rows = [lines[y] if y < len(lines) else "" for y in range(crop.y, crop.bottom)]
            style = self.visual_style.rich_style
            return [
                Strip([Segment(row, style)]).crop_extend(crop.x, crop.right, style) for row in rows
            ]


def guarding(watch: Callable[[Shown, Seen], None]) -> Callable[[Shown, Seen], None]:
    """Make a watcher one whose faults the widget's border tells."""

    @wraps(watch)
    def watched(widget: Shown, seen: Seen) -> None:
        """Watch, and tell what goes wrong."""
        with widget.guarded():
            watch(widget, seen)

    return watched
