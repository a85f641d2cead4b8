"""Reporting: the report as a file, in whichever format, and on the clipboard."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work

from tui.abilities.keeping import Keeping
from tui.widgets.dossier import DossierTab

if TYPE_CHECKING:
    from tui.gathering import Gathered

__all__ = ["Reporting"]


class Reporting(Keeping):
    """Actions on the report's tab."""

    @work(group="export", exclusive=True)
    async def action_export(self) -> None:
        """Choose a format, and write the report in it."""
        from tui.screens.exports import ExportScreen  # noqa: PLC0415 - only when it is asked for

        if chosen := await self.push_screen_wait(ExportScreen()):
            await self.export(chosen)

    async def export(self, chosen: str) -> None:
        """Write the report in a format, or the document of the sample's fit."""
        from tui.exports import EXPORTS  # noqa: PLC0415 - after the first paint
        from tui.screens.exports import FIT  # noqa: PLC0415

        if (found := await self.reported()) is None:
            return
        if chosen != FIT:
            wanted = next(each for each in EXPORTS if each.suffix == chosen)
            text = await asyncio.to_thread(wanted.write, found.run)
            self.save("report", chosen, text)
        elif found.fit is None:
            self.say("The sample has no fit to write; the report says why.", severity="error")
        else:
            wanted = next(each for each in EXPORTS if each.suffix == ".json")
            self.save("fit", ".json", await asyncio.to_thread(wanted.write, found.fit))

    @work(group="export")
    async def action_copy_report(self) -> None:
        """Put the report on the clipboard as Markdown, and in a file for terminals without one."""
        from tui.exports.markdown import markdown_text  # noqa: PLC0415 - after the first paint

        if (found := await self.reported()) is not None:
            text = markdown_text(found.run.dossier)
            self.copy_to_clipboard(text)
            self.save("report", ".md", text)

    async def reported(self) -> Gathered | None:
        """Gather what the report tells at this moment, the fit included."""
        tab = self.query_one(DossierTab)
        moment = self.snapshot()
        if moment is None:
            return None
        gathering = await tab.gathered()
        return await asyncio.to_thread(gathering.whole, moment.stale or moment)
