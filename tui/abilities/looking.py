"""Looking: the ledger, the lens and the doctor, over the converged fit of the lab's sample."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import work

from engine.refusal import Refusal
from tui.abilities.beginning import GROUP
from tui.abilities.keeping import Keeping
from tui.abilities.steering import Steering
from tui.beside import beside
from tui.keys.in_use import keyed
from tui.saving import save_new

if TYPE_CHECKING:
    from engine.comparisons.remedy import Remedy
    from engine.fits.fitting import Fit
    from engine.runs.training import Training
    from engine.samples.sample import Sample

__all__ = ["Looking"]


class Looking(Steering, Keeping):
    """Actions that open a screen on the fit of the whole sample."""

    _converged: tuple[Training, Fit] | None = None

    async def converged(self) -> Fit:
        """Fit the lab's family to its whole sample beside the event loop, or return what is known.

        Parameters that the experiment holds are held. NoFit where there is no maximum.
        """
        from engine.fits.fitting import fit  # noqa: PLC0415 - heavy: after the first paint

        assert self.session is not None  # noqa: S101 - asked for by a screen on a session
        training, known = self.session.training, self._converged
        if known and _same_fit(known[0], training):
            return known[1]
        fixed = dict(training.experiment.fixed)
        found = await beside(fit, training.family, training.sample, fixed)
        self._converged = training, found
        return found

    def action_ledger(self) -> None:
        """Show every observation with its pull on the estimates, and what is left without some."""
        from tui.screens.ledger import LedgerScreen  # noqa: PLC0415 - only when it is asked for

        if self.session is None:
            return
        self.halt()
        self.push_screen(LedgerScreen(self.converged), self.ledger_left)

    def action_lens(self) -> None:
        """Show the parameters as textbooks, R, SciPy and Stan have them, and the fit as code."""
        from tui.screens.lens import LensScreen  # noqa: PLC0415 - only when it is asked for

        if self.session is None:
            return
        self.halt()
        self.push_screen(LensScreen(self.converged, self.keep_code))

    def keep_code(self, code: str, suffix: str) -> None:
        """Put code on the clipboard, and in a new file."""
        self.copy_to_clipboard(code)
        self.save("fit", suffix, code)

    def ledger_left(self, places: tuple[int, ...] | None) -> None:
        """Go on without the rows that were dropped."""
        if places:
            self.leave_out(places)

    @work(group=GROUP, exclusive=True)
    async def leave_out(self, places: tuple[int, ...]) -> None:
        """Begin anew without some rows. What is left goes to a file, which an experiment names."""
        from engine.likelihoods.rows import without  # noqa: PLC0415 - heavy: after the first paint

        if self.session is None:
            return
        sample = self.session.training.sample
        fixed = dict(self.session.training.experiment.fixed)
        changes = await self.filed(without(sample, places), "ledger")
        if changes and await self.replaced(changes | {"fixed": fixed}):
            rows = "row" if len(places) == 1 else "rows"
            told = f"Without {len(places):,} {rows}, from {changes['data']}"
            self.say(f"{told}; {keyed(self, '{undo}')} takes it back.")

    def action_doctor(self) -> None:
        """Show what the fit is worth, what was found about it, and fixes to be applied."""
        from engine.runs.run_diagnosis import run_diagnoses  # noqa: PLC0415 - after the first paint
        from tui.screens.doctor import DoctorScreen  # noqa: PLC0415 - only when it is asked for

        if (session := self.session) is None:
            return
        self.halt()
        run = partial(run_diagnoses, training=session.training, stop=session.tape.stop)
        place = session.tape[session.at].parameters
        self.push_screen(DoctorScreen(self.converged, run, place), self.doctor_left)

    def doctor_left(self, remedy: Remedy | None) -> None:
        """Apply the fix that was chosen."""
        if remedy is not None:
            self.mend(remedy)

    @work(group=GROUP, exclusive=True)
    async def mend(self, remedy: Remedy) -> None:
        """Begin anew with what a fix changes; another family takes the sample along in a file."""
        if self.session is None:
            return
        training, changes = self.session.training, dict(remedy.changes)
        another = remedy.sample is not training.sample
        if another or (not training.experiment.data and {"family", "components"} & changes.keys()):
            file = await self.filed(remedy.sample, "sample")
            if not file:
                return
            changes |= file
        if await self.replaced(changes):
            undo = keyed(self, "{undo}")
            self.say(f"{remedy.action.capitalize()}: back at the start; {undo} takes it back.")

    async def filed(self, sample: Sample, stem: str) -> dict[str, Any]:
        """Write a sample to a new file and return the fields that read it; say any fault."""
        from engine.experiments.written_sample import written  # noqa: PLC0415 - after the first paint

        text, fields = await asyncio.to_thread(written, sample)
        with self.telling(f"{stem}.csv"):
            place = await asyncio.to_thread(save_new, stem, ".csv", text)
            return {"data": str(place), **fields}
        return {}

    async def replaced(self, changes: Mapping[str, Any]) -> bool:
        """Begin an experiment with other fields, and return whether it could be; u takes it back.

        Fields that depend on those that change are assumed anew, unless they change too; with
        another file, all that tell where the sample is from.
        """
        from engine.distributions.families import NUMBERS  # noqa: PLC0415 - heavy: after the first paint
        from engine.experiments.assumptions import outdated  # noqa: PLC0415
        from engine.experiments.declared_sample import SAMPLE  # noqa: PLC0415
        from engine.experiments.experiment import Experiment  # noqa: PLC0415
        from engine.settings import settings  # noqa: PLC0415

        old = self.session
        assert old is not None  # noqa: S101 - a screen was open on it
        before = old.training.experiment.to_mapping()
        gone = outdated(before, changes)
        if "data" in changes:
            group = {s.name for s in settings(Experiment) if s.group == SAMPLE}
            gone |= group - {"family", *NUMBERS}
        try:
            wanted = Experiment.of(
                {k: v for k, v in before.items() if k not in gone} | dict(changes)
            )
        except Refusal as fault:
            self.say(str(fault), severity="error")
            return False
        return await self.begin(wanted, stale=True)


def _same_fit(one: Training, other: Training) -> bool:
    """Whether two trainings learn the same parameters from the same sample."""
    same = one.sample is other.sample and one.family is other.family
    return same and dict(one.experiment.fixed) == dict(other.experiment.fixed)
