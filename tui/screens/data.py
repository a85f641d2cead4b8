"""The preview of a table: its columns, which is what, and which families could hold them."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.coordinate import Coordinate
from textual.widgets import DataTable, Input, Label, Static
from textual.worker import Worker

from engine.fields import Bound
from engine.files import UnreadableData
from engine.quoting import quoted_path
from engine.tables.columns import Summary
from tui.keys.in_use import keyed
from tui.keys.screen_keys import screen_bindings
from tui.preview import Preview, Verdict, glimpsed, looked_at, tried
from tui.screens.dialog import Dialog
from tui.texts.column import cells, explained, heads
from tui.widgets.plain_input import PlainInput

__all__ = ["DataScreen"]

BOUND = Bound()
AT_ONCE = 50
"""Rows that are added before keys are answered."""
KEYS = (
    "{data-value} value · {data-weights} weights · {data-event} event "
    "· {data-lower} lower and {data-upper} upper bounds"
)


class DataScreen(Dialog[dict[str, Any] | None]):
    """The columns of a file to choose from; gives the fields of an experiment on them."""

    keys_place: ClassVar[str] = "data"
    BINDINGS: ClassVar[list[BindingType]] = screen_bindings("data")

    def __init__(self, name: str) -> None:
        super().__init__()
        self.source = name
        self.preview: Preview | None = None
        self.verdict: Verdict | None = None
        self._reading = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """Put the columns over what they give."""
        with Vertical() as box:
            box.border_title = Content(quoted_path(self.source))
            hint = "{data-load} loads · tab truncation · esc leaves"
            box.border_subtitle = keyed(self.app, hint)
            yield DataTable(cursor_type="row", cell_padding=0)
            yield Label(keyed(self.app, KEYS), id="keys")
            with Horizontal(id="truncation"):
                yield Label("nothing could be seen below")
                yield PlainInput(id="below", placeholder="—", compact=True)
                yield Label("or above")
                yield PlainInput(id="above", placeholder="—", compact=True)
            yield Static(id="told")
            yield Label("", id="refusal")

    @work(group="look", exclusive=True)
    async def on_mount(self) -> None:
        """Read the file, and show its columns."""
        self.query_one("#told", Static).update("Reading …")
        try:
            if (first := await self.beside(glimpsed, self.source)) is not None:
                await self.begin(first)
            whole = await self.beside(looked_at, self.source)
        except UnreadableData as fault:
            self.query_one("#told", Static).update("")
            self.refuse(str(fault))
            return
        if first is None or self.preview is None:
            await self.begin(whole)
        else:
            await self.complete(first, whole)

    async def begin(self, preview: Preview) -> None:
        """Show a table for the first time."""
        self.preview = preview
        table = self.query_one(DataTable)
        table.add_columns(*heads())
        table.focus()
        self.judge()
        await self.fill(preview)

    async def complete(self, first: Preview, whole: Preview) -> None:
        """Show all of a table of which the first rows were shown, with what was chosen there."""
        assert self.preview is not None  # noqa: S101 - its beginning is shown
        chosen = whole.chosen if self.preview.chosen == first.chosen else self.preview.chosen
        self.preview = replace(self.preview, columns=whole.columns, chosen=chosen, first=0)
        self.judge()
        table = self.query_one(DataTable)
        for row, summary in enumerate(whole.columns):
            for column, cell in enumerate(self.cells(summary)):
                table.update_cell_at(Coordinate(row, column), cell, update_width=True)
            if row % AT_ONCE == 0:
                await asyncio.sleep(0)
                self.stay()
        self.tell()

    async def fill(self, preview: Preview) -> None:
        """Show the columns and their roles, of very many some at a time, so that keys come in."""
        table = self.query_one(DataTable)
        names = [each.name for each in preview.columns]
        value = preview.chosen.get("column")
        at = names.index(value) if value else 0
        for begin in range(0, len(names), AT_ONCE):
            for summary in preview.columns[begin : begin + AT_ONCE]:
                table.add_row(*self.cells(summary))
            if begin <= at < begin + AT_ONCE:
                table.move_cursor(row=at, animate=False)
            await asyncio.sleep(0)
            self.stay()

    def cells(self, summary: Summary) -> list[Text]:
        """Write a column's row as it is chosen now."""
        role = self.preview.role(summary.name) if self.preview else ""
        return cells(summary, role, self.app.size.width)

    def refill(self, before: Preview, after: Preview) -> None:
        """Write the rows anew whose role is another one."""
        table = self.query_one(DataTable)
        for row, summary in enumerate(after.columns[: table.row_count]):
            if before.role(summary.name) != after.role(summary.name):
                for column, cell in enumerate(self.cells(summary)):
                    table.update_cell_at(Coordinate(row, column), cell)

    @property
    def at(self) -> str:
        """The column that the cursor is on."""
        columns = self.preview.columns if self.preview else ()
        row = self.query_one(DataTable).cursor_row
        return columns[row].name if row < len(columns) else ""

    @on(DataTable.RowHighlighted)
    def explain(self) -> None:
        """Show what is missing in the column, above what the columns give together."""
        self.tell()

    def action_give(self, role: str) -> None:
        """Give the column of the cursor a role, or take it away."""
        if self.preview and self.at:
            before, self.preview = self.preview, self.preview.given(self.at, role)
            self.refill(before, self.preview)
            self.judge()

    @on(Input.Changed)
    def truncate(self) -> None:
        """Take a truncation over, or say why it cannot be."""
        if self.preview is None:
            return
        try:
            below, above = (BOUND.parse(field.value) for field in self.query(Input))
        except ValueError as reason:
            self.refuse(f"Truncation {reason}.")
            return
        if (below, above) != (self.preview.below, self.preview.above):
            self.preview = replace(self.preview, below=below, above=above)
            self.judge()

    @work(group="judge", exclusive=True)
    async def judge(self) -> None:
        """Read the columns as chosen, and tell who can hold them; what is outdated is dropped."""
        asked, self.verdict = self.preview, None
        if asked is not None and asked.first:
            return
        async with self._reading:
            if asked is None or asked is not self.preview:
                return
            verdict = await self.beside(tried, asked)
        if asked is self.preview:
            self.verdict = verdict
            self.refuse(verdict.fault)
            self.tell()

    def tell(self) -> None:
        """Write about the column of the cursor, and about all that are chosen."""
        if self.preview:
            row = self.query_one(DataTable).cursor_row
            summary = self.preview.columns[min(row, len(self.preview.columns) - 1)]
            told = explained(summary, self.preview, self.verdict, self.app.size.width)
            self.query_one("#told", Static).update(told)

    def refuse(self, reason: str) -> None:
        """Say why something cannot be, or nothing."""
        self.query_one("#refusal", Label).update(Content(reason))

    def _looking(self) -> list[Worker[Any]]:
        """What is still being read or tried."""
        mine = [each for each in self.workers if each.node is self and not each.is_finished]
        return [each for each in mine if each.group in ("look", "judge")]

    @work(group="load", exclusive=True)
    async def action_load(self) -> None:
        """Give what is chosen, once it is known that it can be learned from."""
        if self.preview is None:
            return
        try:
            for field in self.query(Input):
                BOUND.parse(field.value)
        except ValueError as reason:
            self.refuse(f"Truncation {reason}.")
            return
        while self.verdict is None and (waited_for := self._looking()):
            await self.workers.wait_for_complete(waited_for)
        if self.verdict and self.verdict.family:
            self.dismiss(self.preview.experiment(self.verdict.family))
