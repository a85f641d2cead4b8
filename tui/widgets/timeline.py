"""The timeline's widget: click or drag to scrub."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.content import Content

from tui.messages import Scrubbed
from tui.widgets.pane import Picture

__all__ = ["Timeline"]


class Timeline(Picture):
    """One line for the whole run, moved along by the mouse."""

    def picture(self) -> Text:
        """Draw the line over the width there is."""
        if self.snapshot is None:
            return Text()
        from tui.pictures.timeline import events as events_of  # noqa: PLC0415 - after the first paint
        from tui.pictures.timeline import timeline  # noqa: PLC0415

        self.tooltip = Content("\n".join(event.told for event in events_of(self.snapshot)))
        return timeline(self.snapshot, self.size.width, self.palette.train, self.palette.axis)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Go to where it is pressed, and follow from there."""
        self.capture_mouse()
        self._scrub(event.x)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Follow while it is held down."""
        if event.button:
            self._scrub(event.x)

    def on_mouse_up(self) -> None:
        """Let go."""
        self.release_mouse()

    def _scrub(self, column: int) -> None:
        if self.snapshot is not None:
            from tui.pictures.timeline import epoch_at  # noqa: PLC0415 - after the first paint

            self.post_message(Scrubbed(epoch_at(self.snapshot, column, self.size.width)))
