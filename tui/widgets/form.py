"""The form: a row for every setting of the experiment, checked as it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus
from textual.widgets import Input, Label, Select

from tui.messages import Edited, ExperimentChanged, Explained
from tui.widgets.plain_input import PlainInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.experiments.experiment import Experiment
    from tui.forms import Entry

__all__ = ["ExperimentForm"]


class Field(Vertical):
    """A label and an input in one line, and below it the reason when the value cannot be."""

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entry = entry
        self.reason = ""

    def compose(self) -> ComposeResult:
        """Choose the input that fits the kind of setting."""
        from engine.fields import Choice  # noqa: PLC0415 - heavy: after the first paint

        with Horizontal():
            yield Label(self.entry.label)
            if isinstance(self.entry.kind, Choice):
                names = self.entry.kind.options()
                yield Select(
                    [(name, name) for name in names],
                    value=self.entry.value,
                    allow_blank=False,
                    compact=True,
                )
            else:
                yield PlainInput(self.entry.text, compact=True)
        yield Label("", classes="reason")

    @property
    def text(self) -> str:
        """What stands in the input."""
        return str(self.query_one("Input, Select", Input | Select).value)  # type: ignore[arg-type]

    def show_entry(self, entry: Entry) -> None:
        """Show another value of the same setting."""
        before, self.entry = self.entry, entry
        if before.value != entry.value or self.reason:
            self.restore()

    def restore(self) -> None:
        """Show the value that is in force, in place of what was typed or chosen."""
        shown = self.query_one("Input, Select")
        if isinstance(shown, Input):
            shown.value = self.entry.text
        elif isinstance(shown, Select):
            shown.value = self.entry.value

    def refuse(self, reason: str) -> None:
        """Show why the value cannot be, or nothing."""
        if reason == self.reason:
            return
        self.reason = reason
        self.set_class(bool(reason), "-refused")
        path = self.entry.path
        shown = self.entry.label + reason[len(path) :] if reason.startswith(f"{path} ") else reason
        self.query_one(".reason", Label).update(Content(shown))


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

    async def fill(self, experiment: Experiment) -> None:
        """Show the settings of an experiment, in fresh rows."""
        from engine.quoting import quoted_path  # noqa: PLC0415 - heavy: after the first paint
        from tui.forms import entries  # noqa: PLC0415

        if not self.is_attached:
            return  # the lab is closing
        self.border_subtitle = Content(quoted_path(experiment.data)) if experiment.data else ""
        if self._refilled(experiment):
            return
        self.experiment = None
        rows: list[Label | Field] = []
        group = ""
        shown = entries(experiment, everything=self.everything)
        for entry in sorted(shown, key=lambda e: GROUPS.index(e.group)):
            if entry.group != group:
                group = entry.group
                rows.append(Label(group, classes="group"))
            rows.append(Field(entry))
        place = self._focused()
        async with self.batch():
            await self.remove_children()
            await self.mount_all(rows)
        self.experiment = experiment
        for field in self.query(Field):
            if place and field.entry.path == place.entry.path:
                field.query_one("Input, Select").focus()

    def _focused(self) -> Field | None:
        """The field that has the focus."""
        focused = self.screen.focused
        return next((f for f in self.query(Field) if focused in f.walk_children()), None)

    def _refilled(self, experiment: Experiment) -> bool:
        """Show other values in the rows that are there, where they are the right ones."""
        from tui.forms import entries  # noqa: PLC0415 - heavy: after the first paint

        shown = {field.entry.path: field for field in self.query(Field)}
        wanted = {e.path: e for e in entries(experiment, everything=self.everything)}
        if self.experiment is None or list(shown) != [
            e.path for e in sorted(wanted.values(), key=lambda e: GROUPS.index(e.group))
        ]:
            return False
        self.experiment = experiment
        for path, entry in wanted.items():
            shown[path].show_entry(entry)
        return True

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
        """Leave the field if it can be taken over, which takes it over."""
        if self.check() is not None:
            self.screen.set_focus(None)

    def action_leave(self) -> None:
        """Leave the field as it was before."""
        from tui.forms import entries  # noqa: PLC0415 - heavy: after the first paint

        field = self._focused()
        if field and self.experiment:
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
        self.post_message(ExperimentChanged(revised))

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
