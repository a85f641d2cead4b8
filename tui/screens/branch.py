"""Branching: with which optimizer, and at which rate, the run goes on from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from engine.experiments.declared import Declared
from engine.optimizers import OPTIMIZERS
from engine.settings import settings
from tui.forms import typed
from tui.keys.screen_keys import screen_bindings
from tui.screens.dialog import Dialog
from tui.texts.spelling import spelled
from tui.widgets.plain_input import PlainInput

if TYPE_CHECKING:
    from engine.experiments.experiment import Experiment

__all__ = ["BranchScreen"]

RATE = next(s for s in settings(Declared) if s.name == "learning_rate")


class BranchScreen(Dialog[dict[str, Any] | None]):
    """The optimizers to choose from, and a rate; gives the settings that change."""

    BINDINGS: ClassVar[list[BindingType]] = screen_bindings()

    def __init__(self, experiment: Experiment) -> None:
        super().__init__()
        self.experiment = experiment

    def compose(self) -> ComposeResult:
        """List the optimizers, the present one chosen, over the rate."""
        with Vertical() as box:
            box.border_title = "go on from here with"
            box.border_subtitle = "enter takes it · tab goes to the rate · esc leaves"
            yield OptionList(*(Option(name, name) for name in OPTIMIZERS))
            yield Label(id="rule")
            yield PlainInput(f"{self.experiment.learning_rate:.15g}", compact=True)
            yield Label("", id="refusal")

    def on_mount(self) -> None:
        """Stand on the present optimizer."""
        options = self.query_one(OptionList)
        options.highlighted = list(OPTIMIZERS).index(self.experiment.optimizer)
        options.focus()

    @on(OptionList.OptionHighlighted)
    def suit(self, event: OptionList.OptionHighlighted) -> None:
        """Show the optimizer's rule, and the rate that suits it."""
        name = str(event.option_id)
        own = name == self.experiment.optimizer
        rate = self.experiment.learning_rate if own else OPTIMIZERS[name].rate
        self.query_one(Input).value = typed(rate)
        self.query_one("#rule", Label).update(Content(spelled(OPTIMIZERS[name].update)))

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def take(self) -> None:
        """Give what changes, or say why the rate cannot be."""
        try:
            rate = RATE.kind.parse(self.query_one(Input).value)
        except ValueError as reason:
            self.query_one("#refusal", Label).update(Content(f"The rate {reason}."))
            return
        name = list(OPTIMIZERS)[self.query_one(OptionList).highlighted or 0]
        changes: dict[str, Any] = {}
        if name != self.experiment.optimizer:
            changes |= {"optimizer": name, "settings": {}}
        if rate != self.experiment.learning_rate:
            changes["learning_rate"] = rate
        self.dismiss(changes)
