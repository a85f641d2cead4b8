"""Reporting: the report as a file, in whichever format, and on the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from tui.abilities.keeping import Keeping
from tui.beside import beside
from tui.saving import save_new

if TYPE_CHECKING:
    from pathlib import Path

    from tui.exports import Export
    from tui.exports.findings import Findings
    from tui.gathering import Gathered

__all__ = ["Reporting"]


class Reporting(Keeping):
    """Actions on the report's tab."""

    @work(group="export")
    async def action_export(self) -> None:
        """Choose a format, and write the report in it."""
        from tui.screens.exports import ExportScreen  # noqa: PLC0415 - only when it is asked for

        if chosen := await self.push_screen_wait(ExportScreen()):
            await self.export(chosen)

    async def export(self, chosen: str) -> None:
        """Write the report in a format, or the document of the sample's fit."""
        from tui.exports import export_for  # noqa: PLC0415 - after the first paint
        from tui.screens.exports import FIT  # noqa: PLC0415

        if (found := await self.reported()) is None:
            return
        stem, suffix, told = "report", chosen, found.run
        if chosen == FIT:
            if found.fit is None:
                self.say("The sample has no fit to write; the report says why.", severity="error")
                return
            stem, suffix, told = "fit", ".json", found.fit
        if (wanted := export_for(suffix)) is not None:
            with self.telling(f"{stem}{suffix}"):
                place = await beside(_written, wanted, told, stem)
                self.say(f"Saved {place}")

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
        from tui.widgets.dossier import DossierTab  # noqa: PLC0415 - behind the first tab

        tab = self.query_one(DossierTab)
        moment = self.snapshot()
        if moment is None:
            return None
        gathering = await tab.gathered()
        return await beside(gathering.whole, moment.stale or moment)


def _written(wanted: Export, found: Findings, stem: str) -> Path:
    """Write findings to a new file, which takes a while where they are long."""
    return save_new(stem, wanted.suffix, wanted.write(found))
