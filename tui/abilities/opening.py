"""Opening data: a file or a bundled sample, its columns, and a new experiment on them."""

from __future__ import annotations

from textual import work

from engine.refusal import Refusal
from tui.abilities.beginning import Beginning
from tui.keys.in_use import keyed

__all__ = ["Opening"]


class Opening(Beginning):
    """Actions that bring data of the user's own into the lab."""

    offered = ""
    """A file that is to be looked at when the lab opens."""

    @work(group="data", exclusive=True)
    async def action_open_data(self) -> None:
        """Ask for a file or a bundled sample, then for its columns."""
        from tui.screens.files import FilesScreen  # noqa: PLC0415 - only when it is asked for

        if self.session is None:
            return
        self.halt()
        if name := await self.push_screen_wait(FilesScreen()):
            await self._choose_columns(name)

    @work(group="data", exclusive=True)
    async def offer(self, name: str) -> None:
        """Show the columns of a file to choose from."""
        await self._choose_columns(name)

    async def _choose_columns(self, name: str) -> None:
        """Begin anew with the columns that are chosen; leave all as it was where none are."""
        from tui.configuration.defaults import begun  # noqa: PLC0415 - late
        from tui.screens.data import DataScreen  # noqa: PLC0415 - only when it is asked for

        fields = await self.push_screen_wait(DataScreen(name))
        if fields is None:
            return
        try:
            experiment = begun(fields, self.settings.experiment)
        except Refusal as fault:
            self.say(str(fault), severity="error")
            return
        if await self.begin(experiment) and self.past:
            undo = keyed(self, "{undo}")
            self.say(f"Your data: back at the start; {undo} brings back what was before.")
