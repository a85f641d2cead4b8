"""The tabs: which part of the lab is shown, and of what."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui.keymap import KEYS
from tui.snapshot import Snapshot
from tui.widgets.pane import Pane

__all__ = ["TABS", "TabLine"]

NAMES = ("train", "surface", "race", "fit", "report", "lessons")
TABS = {name: name for name in NAMES}
"""Tabs by name with their titles, in the order of their digits."""
DIGITS = {key.action: key.shown for key in KEYS}


class TabLine(Pane):
    """Titles with their digits, the one that is shown marked, and what is run at the right."""

    _told = ""

    def compose(self) -> ComposeResult:
        """Stand in one line."""
        yield Static(id="titles")
        yield Static(id="subject")

    def choose(self, tab: str) -> None:
        """Mark a tab."""
        parts = []
        for name, title in TABS.items():
            digit = DIGITS[f"tab('{name}')"]
            style = "$text-accent bold reverse" if name == tab else "$text-muted"
            parts.append(
                Content.from_markup(f"[{style} @click=app.tab('{name}')] {digit} {title} [/]")
            )
        self.query_one("#titles", Static).update(Content(" ").join(parts))

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Name the family and the optimizer."""
        if snapshot is None:
            return
        experiment = snapshot.training.experiment
        told = f"{experiment.family} · {experiment.optimizer} {experiment.learning_rate:g}"
        if experiment.fixed:
            told += f" · {', '.join(experiment.fixed)} held"
        if told != self._told:
            self._told = told
            self.query_one("#subject", Static).update(Content(told))
