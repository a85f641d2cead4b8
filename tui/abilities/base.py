"""What every ability of the lab stands on: the session, how it is looked at, and telling."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Protocol

from textual.app import App

from tui.pace import STAGE, Pace
from tui.snapshot import Snapshot
from tui.widgets.pane import Pane

if TYPE_CHECKING:
    from engine.capsule import Capsule
    from engine.experiment import Experiment
    from engine.training import Training
    from tui.racing import LabRace
    from tui.session import Session

__all__ = ["Bench", "Player"]


class Player(Protocol):
    """What can be played: a place that moves at a pace, by steps, by tenths, to its ends."""

    running: bool

    @property
    def finished(self) -> bool:
        """Whether the place is the end."""

    def play(self, pace: Callable[[], Pace]) -> AsyncIterator[None]:
        """Move until told to stop; yield when there is something to show."""

    async def move(self, steps: int) -> None:
        """Move by so many steps, forward or back."""

    async def leap(self, tenths: int) -> None:
        """Move by tenths of the whole."""

    async def restart(self) -> None:
        """Move to the start."""

    async def newest(self) -> None:
        """Move as far as was seen."""


class Bench(App[None]):
    """The state of the lab, and the panes' one source of it."""

    def __init__(self, training: Training | None = None, capsule: Capsule | None = None) -> None:
        super().__init__()
        self.training = training
        self.recorded = capsule
        self.session: Session | None = None
        self.race: LabRace | None = None
        self.pace = STAGE
        self.log_axis = False
        self.per_observation = False
        self.current = "train"
        """The tab that is shown."""
        self.stale: Snapshot | None = None
        self.past: list[Session] = []
        """Sessions that others replaced, the last of which an undo brings back."""

    @property
    def player(self) -> Player | None:
        """What the keys play."""
        return self.session

    @property
    def moving(self) -> bool:
        """Whether a run or a race goes on."""
        return any(each is not None and each.running for each in (self.session, self.race))

    async def begin(self, experiment: Experiment) -> bool:
        """Start over with an experiment and return whether it could be; say why not."""
        raise NotImplementedError

    def action_tab(self, name: str) -> None:
        """Show another part of the lab."""
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
            running=self.moving,
            pace=self.pace,
            rate=session.rate,
            log_axis=self.log_axis,
            per_observation=self.per_observation,
            branch=session.branch,
            ghosts=tuple(b for b in session.journey.branches if b is not session.branch),
            stale=self.stale,
            race=self.race,
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
        """Let a run or a race that goes on come to rest."""
        for each in (self.session, self.race):
            if each is not None:
                each.running = False

    def say(self, text: str, severity: str = "information") -> None:
        """Tell something in passing, as it is."""
        self.notify(text, severity=severity, markup=False)  # type: ignore[arg-type]
