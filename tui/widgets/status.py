"""The status line: where the run is, how fast it goes, how long it takes still."""

from __future__ import annotations

from textual.widgets import Label, ProgressBar

from tui import format as write
from tui.snapshot import Snapshot
from tui.widgets.pane import Pane

__all__ = ["StatusLine"]


class StatusLine(Pane):
    """State and pace, a progress bar over the budget of epochs, and the speed."""

    async def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Bring every part up to date."""
        if snapshot is None:
            return
        if not self.children:
            bar = ProgressBar(total=1, show_eta=False, show_percentage=True)
            await self.mount(Label(id="state"), bar, Label(id="speed"))
        budget = snapshot.training.experiment.epochs
        state = (
            "► running" if snapshot.running else "■ stopped" if snapshot.finished else "‖ paused"
        )
        epoch = f"epoch {write.count(snapshot.at)}/{write.count(budget)}"
        self.query_one("#state", Label).update(
            f"{state} · {snapshot.pace.name} · {epoch}", layout=False
        )
        self.query_one(ProgressBar).update(total=budget, progress=snapshot.at)
        self.query_one("#speed", Label).update(self._speed(snapshot, budget), layout=False)

    def _speed(self, snapshot: Snapshot, budget: int) -> str:
        if snapshot.rate is None:
            return "" if snapshot.finished else "space runs"
        left = (budget - snapshot.at) / max(snapshot.rate, 1e-9)
        if snapshot.pace.seconds:
            left = snapshot.pace.seconds - snapshot.pace.elapsed(snapshot.at, budget)
        return f"{write.count(snapshot.rate)} epochs/s · {write.duration(max(left, 0.0))} left"
