"""The progress table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from tui.messages import Scrubbed
from tui.snapshot import Snapshot
from tui.texts import format as write
from tui.widgets.pane import Pane

if TYPE_CHECKING:
    from textual.widgets import DataTable

__all__ = ["ProgressTable"]

EVERY, MOST = 100, 200
"""A row for so many epochs, or for more where that would give more rows than there may be."""
FIRST = (0, *(digit * 10**power for power in range(9) for digit in (1, 2, 5)))
TRAINING, VALIDATION, PARAMETER = 12, 11, 8
"""Widths of columns."""


class ProgressTable(Pane):
    """Rows as the article prints them: every hundredth epoch, a few of the first, both ends.

    A budget of very many epochs has fewer rows.

    The epoch that is shown is marked; rows stay when the run is scrubbed back.
    """

    BORDER_TITLE = "progress"
    tab = "train"
    every = EVERY
    """Epochs a row, where the budget asks for no more."""

    def __init__(self) -> None:
        super().__init__()
        self._shape: tuple[object, ...] = ()
        self._epochs: list[int] = []
        self._widths: tuple[int, ...] = ()

    async def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Add the rows that are new, and mark the one that is shown."""
        if snapshot is None:
            return
        from tui.widgets.growing_table import GrowingTable  # noqa: PLC0415 - heavy: as the engine

        if not self.children:
            await self.mount(GrowingTable(cursor_type="row", zebra_stripes=True, cell_padding=0))
        table = self.query_one(GrowingTable)
        shape = (snapshot.tape, snapshot.per_observation)
        if shape != self._shape:
            self._shape, self._epochs = shape, []
            columns = self._columns(snapshot)
            self._widths = tuple(width for _, width in columns)
            table.clear(columns=True)
            table.add_column(self._line(head for head, _ in columns), width=sum(self._widths))
        for epoch in self._due(snapshot):
            table.add_row(self._line(self._cells(epoch, snapshot)))
            self._epochs.append(epoch)
        shown = sum(epoch <= snapshot.at for epoch in self._epochs) - 1
        table.show_cursor = shown >= 0
        if table.cursor_row != max(shown, 0):
            table.move_cursor(row=max(shown, 0), animate=False)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Go to the epoch of the row that was clicked, or on which enter was pressed."""
        event.stop()
        self.post_message(Scrubbed(self._epochs[event.cursor_row]))

    def _columns(self, snapshot: Snapshot) -> list[tuple[str, int]]:
        """Heads, and how wide the columns below them are."""
        training = snapshot.training
        return [
            ("epoch", max(len(str(training.experiment.epochs)) + 1, 6)),
            ("training", TRAINING),
            *([("validation", VALIDATION)] if training.validation else []),
            *((parameter.symbol, PARAMETER) for parameter in training.family.parameters()),
        ]

    def _line(self, cells: Iterable[str]) -> Text:
        """A row, all in one cell: each cell of a table is rendered by itself, which takes time."""
        pairs = zip(cells, self._widths, strict=True)
        return Text("".join(cell.rjust(width) for cell, width in pairs))

    def _due(self, snapshot: Snapshot) -> Iterator[int]:
        """Epochs that deserve a row and have none yet."""
        newest = self._epochs[-1] if self._epochs else -1
        every = max(
            self.every,
            next((e for e in FIRST if e * MOST >= snapshot.training.experiment.epochs), 1),
        )
        yield from (e for e in FIRST if newest < e <= min(snapshot.at, every - 1))
        newest = max(newest - newest % every, 0)
        yield from range(newest + every, snapshot.at + 1, every)
        if snapshot.finished and snapshot.at % every and self._epochs[-1:] != [snapshot.at]:
            yield from () if snapshot.at in FIRST and snapshot.at < every else (snapshot.at,)

    def _cells(self, epoch: int, snapshot: Snapshot) -> Iterator[str]:
        """A row as the article pairs its numbers; of the start, the parameters alone."""
        from engine.reports.progress import row  # noqa: PLC0415 - heavy: after the first paint

        training, per = snapshot.training, snapshot.per_observation
        likelihoods: tuple[float | None, float | None] = None, None
        if epoch:
            told = row(snapshot.tape, epoch)
            likelihoods = told.train_log_likelihood, told.validation_log_likelihood
        yield str(epoch)
        columns = [(likelihoods[0], training.train.n, TRAINING - 1)]
        if training.validation:
            columns.append((likelihoods[1], training.validation.n, VALIDATION - 1))
        for value, n, width in columns:
            each = n if per else 1
            mean = None if value is None else value / each
            yield write.within(width, mean, write.likelihood(value, each))
        for value in snapshot.tape[epoch].parameters:
            yield write.within(PARAMETER - 1, value, write.parameter(value, 4))
