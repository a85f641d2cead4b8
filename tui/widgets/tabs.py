"""The tabs: which part of the lab is shown, and of what."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui.keys.in_use import keys_of
from tui.snapshot import Snapshot
from tui.tabs import TABS
from tui.widgets.pane import Pane

__all__ = ["TabLine"]

LEAST_TOLD = 16
"""Columns below which what is run is not told here; the form and the status line tell it."""


class TabLine(Pane):
    """Titles with their digits, the one that is shown marked, and what is run at the right."""

    _told = ""
    _tab = ""

    def compose(self) -> ComposeResult:
        """Stand in one line."""
        yield Static(id="titles")
        yield Static(id="subject")

    def choose(self, tab: str) -> None:
        """Mark a tab."""
        digits = {key.action: key.shown for key in keys_of(self.app)}
        self._tab = tab
        whole = sum(len(name) + 5 for name in TABS) - 1
        pad = " " if whole <= self.size.width else ""
        parts = []
        for name in TABS:
            digit = digits[f"tab('{name}')"]
            style = "$text-accent bold reverse" if name == tab else "$text-muted"
            shown = f"{pad}{digit} {name}{pad}"
            parts.append(Content.from_markup(f"[{style} @click=app.tab('{name}')]{shown}[/]"))
        self.query_one("#titles", Static).update(Content(" ").join(parts))
        self.query_one("#subject").display = self.size.width - whole >= LEAST_TOLD

    def on_resize(self) -> None:
        """Give the titles what room there is, and the subject what is left if it says anything."""
        self.choose(self._tab)

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Name the family and the optimizer with its rate; where a schedule sets it, that alone."""
        if snapshot is None:
            return
        experiment = snapshot.training.experiment
        told = f"{experiment.family} · {experiment.optimizer} {experiment.learning_rate:g}"
        if experiment.schedule != "constant":
            told = f"{experiment.optimizer} {snapshot.tape[snapshot.at].learning_rate:.3g}"
        if experiment.fixed:
            told += f" · {', '.join(experiment.fixed)} held"
        if told != self._told:
            self._told = told
            self.query_one("#subject", Static).update(Content(told), layout=False)
