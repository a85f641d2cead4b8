"""The form: a row for every setting of the experiment, checked as it is typed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus
from textual.widgets import Input, Label, Select

from tui.messages import Edited, ExperimentChanged, Explained
from tui.widgets.field import Field

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.experiments.experiment import Experiment
    from tui.forms import Entry

__all__ = ["GROUPS", "ExperimentForm"]


class ExperimentForm(VerticalScroll):
    """The settings of an experiment.

    Posts ``ExperimentChanged`` when a changed entry is left, or entered, and all of them
    together describe a valid experiment.
    """

    BINDINGS: ClassVar = [("escape", "leave", "leave the field")]
    can_focus = False
    BORDER_TITLE = "mle-tui"

    experiment: Experiment | None = None
    revised: Experiment | None = None
    """What was typed when last looked at, if it can be."""
    typed: tuple[Experiment, dict[str, str]] | None = None
    """The experiment and the texts that it came from."""
    everything = False
    """Whether settings are shown that are rarely changed."""

    def __init__(self) -> None:
        super().__init__()
        self._filling = asyncio.Lock()

    async def fill(self, experiment: Experiment) -> None:
        """Show the settings of an experiment; rows that it has already stay where they are."""
        async with self._filling:  # of two at a time, neither would know its rows
            if self.is_attached:  # the lab may be closing
                await self._fill(experiment)

    async def _fill(self, experiment: Experiment) -> None:
        from engine.quoting import quoted_path  # noqa: PLC0415 - heavy: after the first paint
        from tui.forms import entries  # noqa: PLC0415

        self.border_subtitle = Content(quoted_path(experiment.data)) if experiment.data else ""
        shown = entries(experiment, everything=self.everything)
        wanted = {e.path: e for e in sorted(shown, key=lambda e: GROUPS.index(e.group))}
        fields = {field.entry.path: field for field in self.query(Field)}
        kept = {p: f for p, f in fields.items() if p in wanted and f.suits(wanted[p])}
        focused, self.experiment = self._focused(), None
        for path, field in kept.items():
            field.show_entry(wanted[path])
        if not len(fields) == len(kept) == len(wanted):
            async with self.batch():
                await self.remove_children([f for p, f in fields.items() if p not in kept])
                await self._add(wanted, kept)
        self.experiment = experiment
        if focused is not None and focused.entry.path not in kept:
            for field in self.query(Field):
                if field.entry.path == focused.entry.path:
                    field.query_one("Input, Select").focus()

    async def _add(self, wanted: Mapping[str, Entry], kept: Mapping[str, Field]) -> None:
        """Mount the rows that are not there yet, each below the one before it."""
        heads = {str(head.content): head for head in self.query(".group").results(Label)}
        above: Label | Field | None = None
        mounting = []
        for path, entry in wanted.items():
            rows: list[Label | Field] = [kept.get(path) or Field(entry)]
            if not isinstance(above, Field) or above.entry.group != entry.group:
                rows.insert(0, heads.get(entry.group) or Label(entry.group, classes="group"))
            for row in rows:
                if not row.is_attached:
                    mounting.append(self.mount(row, after=above))
                above = row
        for mounted in mounting:
            await mounted

    def _focused(self) -> Field | None:
        """The field that has the focus."""
        focused = self.screen.focused
        return next((f for f in self.query(Field) if focused in f.walk_children()), None)

    def shows(self, experiment: Experiment) -> bool:
        """Whether the rows are those of an experiment."""
        return self.experiment == experiment and self._rows_of(experiment)

    def _rows_of(self, experiment: Experiment) -> bool:
        from tui.forms import entries  # noqa: PLC0415 - heavy: after the first paint

        paths = [entry.path for entry in entries(experiment, everything=self.everything)]
        return sorted(paths) == sorted(field.entry.path for field in self.query(Field))

    @on(Input.Changed)
    @on(Select.Changed)
    def check(self) -> Experiment | None:
        """Validate everything as typed; show each reason under its field."""
        from engine.experiments.experiment import InvalidExperiment  # noqa: PLC0415 - after the first paint
        from tui.forms import revise  # noqa: PLC0415

        if self.experiment is None:
            return None
        fields = list(self.query(Field))
        typed = self.experiment, {f.entry.path: f.text for f in fields}
        if typed == self.typed:  # fresh rows all tell of the same
            return self.revised
        self.typed, self.revised = typed, None
        faults: dict[str, str] = {}
        try:
            self.revised = revise(*typed)
        except InvalidExperiment as invalid:
            faults = invalid.faults
        for field in fields:
            field.refuse(faults.get(field.entry.path, ""))
        self.post_message(Edited(self.revised != self.experiment))
        return self.revised

    @on(Input.Submitted)
    def enter(self) -> None:
        """Leave the field if all can be taken over, which does so; else go to what cannot be."""
        if self.check() is not None:
            self.screen.set_focus(None)
            return
        refused = [field for field in self.query(Field) if field.reason]
        if refused and self._focused() not in refused:
            refused[0].query_one("Input, Select").focus()

    def action_leave(self) -> None:
        """Leave the field as it was before."""
        from tui.forms import entries  # noqa: PLC0415 - heavy: after the first paint

        if (field := self._focused()) and self.experiment:
            known = {entry.path: entry for entry in entries(self.experiment)}
            field.entry = known.get(field.entry.path, field.entry)
            field.restore()
        self.screen.set_focus(None)

    @on(Select.Changed)
    @on(DescendantBlur)
    def commit(self) -> None:
        """Tell of another experiment, if what stands in the rows is one."""
        before, revised = self.experiment, self.check()
        if before is None or revised is None or revised == before:
            return
        same = all(getattr(before, name) == getattr(revised, name) for name in CHOICES)
        # another choice's rows are yet to come, and till then nothing is read off these
        self.experiment = revised if same and self._rows_of(revised) else None
        self._tell_rows(revised)
        self.post_message(ExperimentChanged(revised))

    def _tell_rows(self, experiment: Experiment) -> None:
        """Let the rows know what is in force, and show it."""
        from tui.forms import entries  # noqa: PLC0415 - heavy: after the first paint

        known = {entry.path: entry for entry in entries(experiment)}
        for field in self.query(Field):
            field.entry = known.get(field.entry.path, field.entry)
            if field.text.strip() != field.entry.text:
                field.restore()

    def blame(self, running: Experiment, faults: Mapping[str, str]) -> list[str]:
        """Show what an experiment that was told of is refused for, each fault under its field.

        What is ``running`` goes on. Returns the faults that have no field here.
        """
        self.experiment = running
        fields = list(self.query(Field))
        self.typed, self.revised = (running, {f.entry.path: f.text for f in fields}), None
        for field in fields:
            field.refuse(faults.get(field.entry.path, ""))
        self.post_message(Edited(True))
        shown = {field.entry.path for field in fields}
        return [fault for path, fault in faults.items() if path not in shown]

    @on(DescendantFocus)
    @on(DescendantBlur)
    def explain(self) -> None:
        """Tell what the focused field means."""
        field = self._focused()
        self.post_message(Explained(field.entry.explanation if field else ""))


GROUPS = ("distribution", "optimizer", "stopping")
CHOICES = ("family", "optimizer", "schedule")
"""Settings that bring settings of their own."""
