"""What every ability of the lab stands on: the session, how it is looked at, and telling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App

from tui.pace import STAGE
from tui.snapshot import Snapshot
from tui.widgets.pane import Pane

if TYPE_CHECKING:
    from engine.capsule import Capsule
    from engine.experiment import Experiment
    from engine.training import Training
    from tui.session import Session

__all__ = ["Bench"]


class Bench(App[None]):
    """The state of the lab, and the panes' one source of it."""

    def __init__(self, training: Training | None = None, capsule: Capsule | None = None) -> None:
        super().__init__()
        self.training = training
        self.recorded = capsule
        self.session: Session | None = None
        self.pace = STAGE
        self.log_axis = False
        self.per_observation = False
        self.current = "train"
        """The tab that is shown."""
        self.stale: Snapshot | None = None
        self.past: list[Session] = []
        """Sessions that others replaced, the last of which an undo brings back."""

    async def begin(self, experiment: Experiment) -> bool:
        """Start over with an experiment and return whether it could be; say why not."""
        raise NotImplementedError

    def snapshot(self) -> Snapshot | None:
        """Freeze this moment."""
        if (session := self.session) is None:
            return None
        if session.at > session.branch.begin:
            self.stale = None
        return Snapshot(
            training=session.training,
            tape=session.tape,
            at=session.at,
            running=session.running,
            pace=self.pace,
            rate=session.rate,
            log_axis=self.log_axis,
            per_observation=self.per_observation,
            branch=session.branch,
            ghosts=tuple(b for b in session.journey.branches if b is not session.branch),
            stale=self.stale,
        )

    def show(self) -> None:
        """Give every pane in view a snapshot of this moment."""
        if (snapshot := self.snapshot()) is None:
            return
        screen = self.screen_stack[0]
        screen.set_class(snapshot.finished or self.stale is not None, "-report")
        for pane in screen.query(Pane):
            if pane.display and pane.tab in ("", self.current):
                pane.snapshot = snapshot

    def halt(self) -> None:
        """Let a run that goes on come to rest."""
        if self.session:
            self.session.running = False

    def say(self, text: str, severity: str = "information") -> None:
        """Tell something in passing, as it is."""
        self.notify(text, severity=severity, markup=False)  # type: ignore[arg-type]
