"""The status line: where the run is, how fast it goes, how long it takes still."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Label

from tui.keys.in_use import keyed
from tui.snapshot import Snapshot
from tui.texts import format as write
from tui.widgets.pane import Pane
from tui.widgets.timeline import Timeline

__all__ = ["StatusLine"]


class StatusLine(Pane):
    """State, pace and place; the timeline; the speed and what is left."""

    first = True
    at_once = ("running", "pace", "branch", "preparing")

    def compose(self) -> ComposeResult:
        """Stand in one line."""
        yield Label(id="state")
        yield Timeline()
        yield Label(id="speed")

    def answers(self, snapshot: Snapshot) -> bool:
        """Tell every step at once while nothing goes on by itself."""
        moved = self.snapshot is None or self.snapshot.at != snapshot.at
        return super().answers(snapshot) or (moved and not snapshot.running)

    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Bring every part up to date."""
        if snapshot is None:
            return
        budget = snapshot.training.experiment.epochs
        place = f"{write.count(snapshot.at)}/{write.count(budget)}"
        told = f"{_state(snapshot)} · {snapshot.pace.name} · {place}"
        self._tell("#state", told)
        self._tell("#speed", self._speed(snapshot, budget))

    def _tell(self, part: str, text: str) -> None:
        """Write a part anew, if it says something new."""
        label = self.query_one(part, Label)
        if label.content != text:
            label.update(text, layout=False)

    def _speed(self, snapshot: Snapshot, budget: int) -> str:
        if snapshot.rate is None:
            return "" if snapshot.finished or snapshot.running else keyed(self.app, "{run} runs")
        left = (budget - snapshot.at) / max(snapshot.rate, 1e-9)
        if snapshot.pace.seconds:
            left = snapshot.pace.seconds - snapshot.pace.elapsed(snapshot.at, budget)
        return f"{write.count(snapshot.rate)}/s · {write.duration(max(left, 0.0))} left"


def _state(snapshot: Snapshot) -> str:
    """What goes on, with a mark."""
    if snapshot.preparing:
        return "… preparing"
    if snapshot.running:
        return "► running"
    return "■ stopped" if snapshot.finished else "‖ paused"
