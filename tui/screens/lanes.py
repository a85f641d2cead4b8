"""Lanes: which optimizers race, at most as many as there are colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Label, SelectionList
from textual.widgets.selection_list import Selection

from engine.optimizers import OPTIMIZERS
from tui.keys.in_use import keyed
from tui.keys.screen_keys import screen_bindings
from tui.palette import DARK
from tui.screens.dialog import Dialog
from tui.texts.spelling import spelled
from tui.widgets.choices import Choices

__all__ = ["LanesScreen"]

MOST = len(DARK.lanes)


class LanesScreen(Dialog[tuple[str, ...] | None]):
    """Every optimizer to be chosen or not; gives those that race, in the order of their lanes."""

    keys_place: ClassVar[str] = "lanes"
    BINDINGS: ClassVar[list[BindingType]] = screen_bindings("lanes")

    def __init__(self, chosen: Sequence[str]) -> None:
        super().__init__()
        self.chosen = tuple(chosen)

    def compose(self) -> ComposeResult:
        """List the optimizers, those that raced last chosen."""
        with Vertical() as box:
            box.border_title = f"race with up to {MOST}"
            hint = "space chooses · {lanes-race} races · esc leaves"
            box.border_subtitle = keyed(self.app, hint)
            yield Choices(*(Selection(name, name, name in self.chosen) for name in OPTIMIZERS))
            yield Label(id="chosen")
            yield Label(id="rule")
            yield Label(id="refusal")

    def on_mount(self) -> None:
        """Stand on the first lane."""
        lanes = self.query_one(SelectionList)
        lanes.highlighted = list(OPTIMIZERS).index(self.chosen[0]) if self.chosen else 0
        lanes.focus()
        self.tell()

    @on(SelectionList.SelectionHighlighted)
    def explain(self, event: SelectionList.SelectionHighlighted[str]) -> None:
        """Show the optimizer's rule."""
        self.query_one("#rule", Label).update(
            Content(spelled(OPTIMIZERS[event.selection.value].update))
        )

    @on(SelectionList.SelectionToggled)
    def limit(self, event: SelectionList.SelectionToggled[str]) -> None:
        """Refuse one too many, and say why."""
        lanes, name = event.selection_list, event.selection.value
        over = len(lanes.selected) > MOST
        if over:
            lanes.deselect(event.selection)
        self.tell()
        self.refuse(f"{MOST} lanes are the most; leave one out for {name}." if over else "")

    @property
    def lanes(self) -> tuple[str, ...]:
        """The lanes: those that raced keep their order, new ones follow."""
        selected = self.query_one(SelectionList).selected
        kept = [name for name in self.chosen if name in selected]
        return (*kept, *(name for name in selected if name not in kept))

    def tell(self) -> None:
        """Name the lanes, which does without colours."""
        told = " ".join(f"{i} {name}" for i, name in enumerate(self.lanes, 1))
        self.query_one("#chosen", Label).update(Content(told or "none"))

    def action_take(self) -> None:
        """Give the lanes, one at least."""
        if self.lanes:
            self.dismiss(self.lanes)
        else:
            self.refuse("Choose one optimizer at least.")

    def refuse(self, reason: str) -> None:
        """Say why something cannot be, or nothing."""
        self.query_one("#refusal", Label).update(Content(reason))
