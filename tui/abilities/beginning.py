"""Beginning: another experiment in place of the one before, which is kept to be brought back."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from engine.refusal import Refusal
from tui.abilities.base import Bench
from tui.widgets.form import ExperimentForm

if TYPE_CHECKING:
    from engine.experiments.experiment import Experiment
    from engine.runs.training import Training
    from tui.session import Session
    from tui.snapshot import Snapshot

__all__ = ["GROUP", "Beginning"]

LONG = 0.3
"""Seconds of preparing after which that is shown."""
GROUP = "experiment"
"""The workers that go over to another experiment."""


class Beginning(Bench):
    """What begins experiments. Workers of one group do so, the newest in place of the others."""

    _setting_up: asyncio.Future[Session] | None = None

    async def begin(self, experiment: Experiment, *, stale: bool = False) -> bool:
        """Start over with an experiment and return whether it could be; say why not."""
        try:
            await self.begin_anew(experiment, stale=stale)
        except Refusal as fault:
            self.say(str(fault), severity="error")
            return False
        return True

    async def begin_anew(self, experiment: Experiment, *, stale: bool = False) -> None:
        """Do so, or raise InvalidExperiment or UnreadableData.

        The end of the run before grows ``stale`` where it is to be compared with.
        """
        session = await self._prepared(experiment)
        self.halt()
        self.tell_notes(session.training)
        left = self.ended() if stale else None
        if self.session is not None:
            self.past.append(self.session)
        self.training, self.session, self.stale = session.training, session, left
        form = self.query_one(ExperimentForm)
        if not form.shows(experiment):
            await form.fill(experiment)
        self.show()

    async def _prepared(self, experiment: Experiment) -> Session:
        """Set an experiment up beside the event loop, and show that it takes long where it does."""
        from tui.session import begin  # noqa: PLC0415 - heavy: after the first paint

        setting_up = asyncio.ensure_future(begin(experiment, self.training))
        self._setting_up = setting_up
        try:
            await asyncio.wait({setting_up}, timeout=LONG)
            if not setting_up.done():
                self.preparing = True
                self.show()
            return await setting_up
        finally:
            setting_up.cancel()
            if self._setting_up is setting_up:
                self._setting_up, self.preparing = None, False

    def left_off(self) -> bool:
        """Leave off preparing an experiment; whether one was being prepared."""
        return self._setting_up is not None and self._setting_up.cancel()

    def ended(self) -> Snapshot | None:
        """Return the snapshot of a run that has stopped, whose report grows stale now."""
        snapshot = self.snapshot()
        return snapshot if snapshot and snapshot.finished else self.stale

    def tell_notes(self, training: Training) -> None:
        """Tell where a run starts instead, and what was left out of its sample, if that is new."""
        known = self.session is not None and self.session.training.sample is training.sample
        for note in training.ground.notes if known else training.notes:
            self.say(note, severity="warning")
