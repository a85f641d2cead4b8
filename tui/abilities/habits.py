"""Habits: the lab as its user has set it, with keys, theme, pace and first tab of their own."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from textual import events
from textual.binding import Binding

from tui.abilities.base import Bench
from tui.configuration.settings import AUTO
from tui.keys.keymap import KEYS, Key
from tui.keys.screen_keys import SCREEN_KEYS
from tui.pace import PACES
from tui.terminal.journal import LOG
from tui.widgets.progress import ProgressTable

__all__ = ["Habits"]


class Habits(Bench):
    """Applies the settings when the lab opens."""

    @cached_property
    def every_key(self) -> tuple[Key, ...]:
        """The keys as they hold here, those of the screens over the lab too."""
        if not self.settings.keys:
            return (*KEYS, *SCREEN_KEYS)
        from tui.keys.remap import remapped  # noqa: PLC0415 - rarely set

        return remapped(self.settings.keys)

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The table of the lab's own; help, palette and footer are made from it."""
        return self.every_key[: len(KEYS)]

    def on_mount(self) -> None:
        """Take the user's keys, theme and pace; the tab is turned to when it is there."""
        told = self.settings
        if told.keys:
            self.set_keymap({key.id: key.keys for key in self.every_key})  # all keep their order
        if told.theme != AUTO:
            self.theme = told.theme
        self.pace = next(pace for pace in PACES if pace.name.replace(" ", "-") == told.pace)
        self.query_one(ProgressTable).every = told.report_every

    def _handle_exception(self, error: Exception) -> None:
        """Keep the traceback in the log too."""
        LOG.error("fault", exc_info=error)
        super()._handle_exception(error)

    def get_key_display(self, binding: Binding) -> str:
        """Show a key as the table has it; another one of its keys, where a field takes that."""
        own = next((key for key in self.keys if binding.id and key.id == binding.id), None)
        if own is None:
            return super().get_key_display(binding)
        first = own.keys.partition(",")[0]
        if binding.key == first:
            return own.shown
        return super().get_key_display(replace(binding, key_display=None))

    async def on_event(self, event: events.Event) -> None:
        """Let keys of a preset stand in for those of lists and pages."""
        if isinstance(event, events.Key) and self.settings.preset and not event.is_forwarded:
            event = self._stood_in(event)
        await super().on_event(event)

    def _stood_in(self, event: events.Key) -> events.Key:
        """Return the key that one stands in for, or the key as it is.

        It stays where what has the focus answers it, or takes it as text.
        """
        from tui.keys.remap import stand_ins  # noqa: PLC0415 - rarely set

        other, focused = stand_ins(self.settings.preset).get(event.key), self.focused
        if not other or focused is None or focused.check_consume_key(event.key, event.character):
            return event
        active = self.screen.active_bindings
        mine, theirs = active.get(event.key), active.get(other)
        if theirs is None or theirs.node is self or (mine is not None and mine.node is not self):
            return event
        return events.Key(other, None)
