"""Enduring: a fault in what is done beside the event loop is told, and the lab goes on."""

from __future__ import annotations

from textual.css.query import NoMatches
from textual.worker import WorkerFailed

from tui.abilities.base import Bench
from tui.terminal.journal import LOG

__all__ = ["Enduring"]


class Enduring(Bench):
    """What was computed stays; what broke can be asked for again."""

    def _handle_exception(self, error: Exception) -> None:
        """Tell of a fault in a sentence; only one in the lab itself ends it, as Textual has it."""
        if not isinstance(error, WorkerFailed):
            super()._handle_exception(error)
            return
        from engine.runs.conclusion import told  # noqa: PLC0415 - heavy, and rarely needed

        if isinstance(error.error, NoMatches) and not self.is_running:
            return  # what was looked for has been taken down before what looked
        self.endure(error.error)
        self.say(told(error.error), severity="error")

    def endure(self, fault: BaseException) -> None:
        """Keep what went wrong in the log."""
        LOG.error("fault", exc_info=fault)
        self.faults.append(fault)
