"""Steering: other rules from here on, by the form or a key; moving by hand; taking it back."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual import on, work

from engine.refusal import Refusal
from tui.abilities.beginning import GROUP, Beginning
from tui.keys.in_use import keyed
from tui.messages import ExperimentChanged
from tui.texts.changes import changed
from tui.widgets.drive import DriveBar
from tui.widgets.form import ExperimentForm

if TYPE_CHECKING:
    from engine.experiments.experiment import Experiment
    from tui.session import Session

__all__ = ["Steering"]


class Steering(Beginning):
    """Actions that change a run on its way."""

    moved: Session | None = None
    """The session whose start was moved last, which gives way to the next such."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.steering = asyncio.Lock()
        """Held by who changes the rules or takes them back, until that is told."""

    @on(ExperimentChanged)
    @work(group=GROUP, exclusive=True)
    async def take_over(self, message: ExperimentChanged) -> None:
        """Go on under the rules that the form describes, or begin anew where they ask for it.

        Where they cannot be, the run goes on as it was, and the form says why.
        """
        from engine.experiments.experiment import InvalidExperiment  # noqa: PLC0415 - after the first paint
        from engine.files import UnreadableData  # noqa: PLC0415

        if (session := self.session) is None:
            return
        running, wanted = session.training.experiment, message.experiment
        try:
            await self._go_over(session, wanted)
        except InvalidExperiment as fault:
            self._blame(running, wanted, fault.faults)
        except UnreadableData as fault:
            self._blame(running, wanted, {"data": str(fault)})

    async def _go_over(self, session: Session, wanted: Experiment) -> None:
        from engine.runs.ground import same_ground  # noqa: PLC0415 - after the first paint

        before = session.training.experiment
        fresh = session.branch.parent is None and session.branch.seen == 0
        if fresh or not same_ground(before, wanted):
            await self.begin_anew(wanted, stale=True)
            self.say(keyed(self, "Another experiment: back at the start; {undo} takes it back."))
            return
        old_fields, new_fields = before.to_mapping(), wanted.to_mapping()
        changes = {k: v for k, v in new_fields.items() if v != old_fields[k]}
        # what a newer change finds half done would be neither of both
        await asyncio.shield(self._steer(session, changes))

    def _blame(self, running: Experiment, wanted: Experiment, faults: Mapping[str, str]) -> None:
        """Say under a field that was changed what is wrong with it, and the rest beside it."""
        before = running.to_mapping()
        changed = [name for name, value in wanted.to_mapping().items() if value != before[name]]
        placed = {
            path if path.partition(".")[0] in changed else changed[0]: fault
            for path, fault in faults.items()
        }
        for fault in self.query_one(ExperimentForm).blame(running, placed):
            self.say(fault, severity="error")

    async def steer(self, changes: Mapping[str, Any]) -> None:
        """Go on from here with other settings, and say so, or why not."""
        if self.session is None:
            return
        try:
            await self._steer(self.session, changes)
        except Refusal as fault:
            self.say(str(fault), severity="error")

    async def _steer(self, session: Session, changes: Mapping[str, Any]) -> None:
        async with self.steering:
            stale = self.ended()
            await session.steer(changes)
            self.stale = stale
            await self.settled()
            told = f"{changed(changes).capitalize()} from epoch {session.at:,} on"
            self.say(f"{told}; {keyed(self, '{undo}')} takes it back.")

    async def settled(self) -> None:
        """Show a branch that was made, in the form too."""
        if self.session:
            self.training = self.session.training
            await self.refill()
            self.show()

    async def refill(self) -> None:
        """Show the settings of the run in the form."""
        form = self.query_one(ExperimentForm)
        if self.session and not form.shows(self.session.training.experiment):
            await form.fill(self.session.training.experiment)

    async def action_rate(self, factor: float) -> None:
        """Multiply the learning rate from here on."""
        if self.session:
            rate = self.session.training.experiment.learning_rate
            await self.steer({"learning_rate": rate * factor})

    @work(group="branch", exclusive=True)
    async def action_branch(self) -> None:
        """Ask for an optimizer and a rate, and go on with them from here."""
        from tui.screens.branch import BranchScreen  # noqa: PLC0415 - only when it is asked for

        if self.session is None:
            return
        self.halt()
        changes = await self.push_screen_wait(BranchScreen(self.session.training.experiment))
        if changes:
            await self.steer(changes)

    async def action_undo(self) -> None:
        """Take the last change back, or bring the session before back."""
        if self.session is None:
            return
        self.halt()
        async with self.steering:
            if self.left_off() or await self.session.undo():
                self.say("Taken back.")
            elif self.past:
                self.session = self.past.pop()
                self.say("Back to the experiment before.")
            else:
                self.say("There is nothing to take back.")
                return
            self.stale = None
            await self.settled()

    def action_drive(self) -> None:
        """Show the parameters to be moved by hand, or leave them to the optimizer."""
        if self.session:
            self.halt()
            self.query_one(DriveBar).toggle()
            self.show()

    def action_choose(self, change: int) -> None:
        """Choose another parameter to be moved."""
        self.query_one(DriveBar).choose(change)

    async def action_nudge(self, errors: float) -> None:
        """Move the chosen parameter by so many standard errors."""
        if self.session:
            chosen = self.query_one(DriveBar).chosen
            await self.drive_to(self.session.nudged(chosen, errors))

    async def drive_to(self, place: tuple[float, ...]) -> None:
        """Move the parameters by hand."""
        if self.session is None:
            return
        self.halt()
        try:
            await self.session.drive(place)
        except Refusal as fault:
            self.say(str(fault), severity="warning")
        self.training = self.session.training
        self.show()

    async def action_hold(self) -> None:
        """Hold the chosen parameter at its value, or free it."""
        if self.session:
            names = [p.name for p in self.session.training.family.parameters()]
            chosen = names[self.query_one(DriveBar).chosen]
            await self.steer({"fixed": self.session.held(chosen)})

    async def restart_at(self, start: Mapping[str, float]) -> None:
        """Begin the experiment again from another start, on the same ground."""
        if (old := self.session) is None:
            return
        if await self.begin(replace(old.training.experiment, start=dict(start))):
            if old is self.moved:
                self.past.pop()
            self.moved = self.session
