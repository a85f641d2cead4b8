"""What every ability of the lab stands on: the session, how it is looked at, and telling."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import work
from textual.events import Event, InputEvent
from textual.message import Message

from tui.abilities.finding import Finding
from tui.configuration.settings import Settings
from tui.pace import STAGE
from tui.snapshot import Snapshot
from tui.widgets.pane import Drawing, Pane

if TYPE_CHECKING:
    from engine.capsules.capsule import Capsule
    from engine.runs.training import Training
    from tui.player import Player
    from tui.racing import LabRace
    from tui.session import Session
    from tui.terminal.line import Line

__all__ = ["Bench"]

TURN = 0.005
"""Seconds between two panes that are drawn, in which a key can be answered."""
HOPS = 5
"""Turns of the event loop in which a key that has come in reaches the lab."""
RESPITE = 0.02
"""Seconds after a key in which what goes on by itself rests, so that the key is answered."""

NEARLY = 0.05
"""Seconds by which the terminal may be behind when a pane is drawn."""
LOOK = 0.05
"""Seconds after which a slow line is looked at again."""


class Bench(Finding):
    """The state of the lab, and the panes' one source of it."""

    settings = Settings()
    """How the lab opens, to be set before it runs."""

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
        self.preparing = False
        """Whether an experiment is being set up, and has been for a while."""
        self.greeting = ""
        """What is told once the lab is open."""
        self.line: Line | None = None
        """The line to the terminal, where the lab is drawn on one."""
        self.faults: list[BaseException] = []
        """What went wrong beside the event loop and should not have."""
        self.turned = False
        """Whether the other one of table and report is shown where they share a place."""
        self._finished = False
        self._touched = 0.0
        self._due: dict[Pane, None] = {}
        self._showing = False
        self._drawn = asyncio.Event()
        self._drawn.set()
        self._all_panes: list[Pane] = []

    @property
    def player(self) -> Player | None:
        """What the keys play."""
        return self.session

    @property
    def moving(self) -> bool:
        """Whether a run or a race goes on."""
        return any(each is not None and each.running for each in (self.session, self.race))

    def action_tab(self, name: str) -> None:
        """Show another part of the lab."""
        raise NotImplementedError

    async def on_event(self, event: Event) -> None:
        """Let what goes on by itself rest for a key or the mouse."""
        if isinstance(event, InputEvent):
            self._touched = monotonic()
        await super().on_event(event)

    def _post_message(self, message: Message) -> Coroutine[Any, Any, bool]:
        """Take a key from the thread that reads it; what is drawn by itself rests from then on."""
        if isinstance(message, InputEvent):
            self._touched = monotonic()
        return super()._post_message(message)

    async def respite(self) -> None:
        """Wait until no pane is being drawn, and the last key has had its time."""
        await self._drawn.wait()
        for _ in range(HOPS):
            await asyncio.sleep(0)
        while (left := self._touched + RESPITE - monotonic()) > 0:
            await asyncio.sleep(left)

    async def arrival(self) -> None:
        """Wait until what was painted has nearly arrived, so that the next is not late."""
        while self.line is not None and (left := self.line.behind) > NEARLY:
            await asyncio.sleep(min(left, LOOK))

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
            preparing=self.preparing,
        )

    def show(self) -> None:
        """Give every pane in view this moment: what a key has changed at once, the rest in turn."""
        if (snapshot := self.snapshot()) is None:
            return
        self._turn(finished=snapshot.finished or self.stale is not None)
        for pane in self._panes():
            if pane.display and pane.tab in ("", self.current):
                if pane.answers(snapshot):
                    pane.give(snapshot)
                    self._due.pop(pane, None)
                else:
                    self._due[pane] = None
        if not self._showing:
            self._showing = True
            self.show_in_turn()

    def _turn(self, *, finished: bool) -> None:
        """Where table and report share a place, show the report at the end, or what was asked."""
        if finished != self._finished:
            self._finished, self.turned = finished, False
        screen = self.screen_stack[0]
        train = screen.query_one("#train")
        report = finished != self.turned and not screen.has_class("-hide-report")
        if train.has_class("-report") != report:
            train.toggle_class("-report")
            self.call_after_refresh(self.show)  # to the one that only then has its place

    def _panes(self) -> list[Pane]:
        """All panes; there are always the same."""
        self._all_panes = self._all_panes or list(self.screen_stack[0].query(Pane))
        return self._all_panes

    @work(group="show")
    async def show_in_turn(self) -> None:
        """Give the panes that wait the newest moment, one at a time, so that keys come between."""
        try:
            await self._painted()  # what the key has changed
            while self._due:
                if self.moving:
                    await self.respite()
                await self.arrival()
                pane = min(self._due, key=lambda each: not each.first)
                del self._due[pane]
                if pane.is_attached and self.is_running:
                    self._draw(pane)
                    await self._painted()
                    await asyncio.sleep(TURN)
        finally:
            self._drawn.set()
            self._showing = False

    async def _painted(self) -> None:
        """Wait until what was drawn is painted."""
        self._drawn.clear()
        self.call_after_refresh(self._drawn.set)
        await self._drawn.wait()

    def _draw(self, pane: Pane) -> None:
        """Give a pane the newest moment, and another turn if it is a drawing that needs it."""
        if not isinstance(pane, Drawing):
            pane.give(self.snapshot())
            return
        pane.rows_at_once = self.line.rows_at_once if self.line else 0
        pane.give(self.snapshot())
        if pane.unfinished:
            self._due.setdefault(pane, None)

    def halt(self) -> None:
        """Let a run or a race that goes on come to rest."""
        for each in (self.session, self.race):
            if each is not None:
                each.running = False

    def say(self, text: str, severity: str = "information") -> None:
        """Tell something in passing, without what could move a cursor or be taken for markup."""
        from engine.quoting import harmless  # noqa: PLC0415 - heavy: after the first paint

        lines = "\n".join(map(harmless, text.splitlines()))
        self.notify(lines, severity=severity, markup=False)  # type: ignore[arg-type]
