"""The ledger: every observation, what it adds to the likelihood and how it pulls the estimates."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from tui.keys.in_use import keyed
from tui.keys.screen_keys import screen_bindings
from tui.screens.look import Look
from tui.texts import format as write
from tui.widgets.lit import LitHistogram
from tui.widgets.rows import RowTable

if TYPE_CHECKING:
    from engine.fits.fitting import Fit
    from engine.inference.influence import Influence
    from tui.ledger_order import Column

__all__ = ["LedgerScreen"]

KEYS = (
    "{ledger-drop} drops · {ledger-put-back} puts back · {ledger-sort} sorts "
    "· {ledger-reverse} turns · {ledger-keep} keeps · esc leaves"
)
LARGEST = 5_000_000
"""Rows that are measured; of more, their columns alone would take half a gigabyte."""


class LedgerScreen(Look[tuple[int, ...] | None]):
    """The table over a histogram and the estimates; gives the rows that the lab is to leave out."""

    keys_place: ClassVar[str] = "ledger"
    BINDINGS: ClassVar[list[BindingType]] = screen_bindings("ledger")

    DEFAULT_CSS = """
    LedgerScreen {
        RowTable { height: 1fr; }
        #below { height: auto; min-height: 10; max-height: 14; }
        #below { border-top: solid $primary-darken-1; }
        #place { width: 1fr; height: 100%; min-height: 7; }
        LitHistogram { height: 1fr; }
        #row { height: auto; min-height: 3; max-height: 5; color: $text-muted; }
        #estimates { width: auto; padding: 0 0 0 2; }
    }
    LedgerScreen.-broad #below { min-height: 18; }
    LedgerScreen.-slim #place, LedgerScreen.-tiny #place { display: none; }
    """

    fitted: Fit
    found: Influence | None = None
    less: Fit | None = None

    def compose(self) -> ComposeResult:
        """Lay the table over the histogram and the estimates."""
        with Vertical(id="look") as box:
            box.border_title = "ledger"
            box.border_subtitle = keyed(self.app, KEYS)
            yield RowTable()
            yield Static(id="told")
            with Horizontal(id="below"):
                with Vertical(id="place"):
                    yield LitHistogram()
                    yield Static(id="row")
                yield Static(id="estimates")

    async def open(self, fitted: Fit) -> None:
        """Measure the rows, and show those that pull most."""
        from engine.inference.influence import influence  # noqa: PLC0415 - heavy: after the first paint
        from tui.ledger_order import columns  # noqa: PLC0415

        sample = fitted.likelihood.sample
        if sample.n > LARGEST:
            self.say_here(f"The ledger holds {LARGEST:,} rows; this sample has {sample.n:,}.")
            return
        found = await self.beside(influence, fitted)
        self.fitted, self.found = fitted, found
        self.dropped: list[int] = []
        self.columns: list[Column] = columns(fitted, found)
        self.by, self.turned = len(self.columns) - 1, False
        self.query_one(LitHistogram).show(sample, whole=fitted.likelihood.family.support.whole)
        self.say_here("" if fitted.converged else fitted.verdict)
        self.compare()
        self.order()

    @work(group="order", exclusive=True)
    async def order(self) -> None:
        """Put the rows in the order of a column."""
        from tui.ledger_order import ordered  # noqa: PLC0415 - heavy: after the first paint

        column = self.columns[self.by]
        places = await self.beside(ordered, column, turned=self.turned)
        table = self.query_one(RowTable)
        table.struck = self.dropped
        table.show(self.columns, places, self.by, falls=column.falls != self.turned)
        n, family = self.fitted.likelihood.sample.n, self.fitted.likelihood.family.name
        self.query_one("#look").border_title = f"ledger of {family}: {n:,} rows by {column.head}"
        table.focus()

    @property
    def place(self) -> int | None:
        """Place in the sample of the row under the cursor."""
        return self.query_one(RowTable).place

    @on(RowTable.Highlighted)
    def light(self) -> None:
        """Light the place of the row under the cursor, and tell what it does."""
        if self.found is None or (place := self.place) is None:
            return
        rows, corner = self.found.rows, self.fitted.score is None
        self.query_one(LitHistogram).light(float(rows.low[place]), float(rows.high[place]))
        line = self.fitted.likelihood.sample.line
        where = "" if line is None else f" (row {line(place):,})"
        told = f"No. {place + 1:,}{where} at {self.columns[1].cell(place)}"
        if self.found.pull is None:
            why = "a corner holds this estimate" if corner else "the information has no inverse"
            drop = keyed(self.app, "{ledger-drop} fits the rest.")
            told += f": {why}, so no row has a pull; {drop}"
        else:
            names = [p.name for p in self.fitted.likelihood.family.parameters()]
            pulls = zip(names, self.found.pull[place].tolist(), strict=True)
            free = [(n, v) for n, v in pulls if n not in self.fitted.fixed]
            name, pull = max(free, key=lambda each: abs(each[1]))
            way = "up" if pull > 0 else "down"
            told += f" pulls {name} {way} by {abs(pull):.2g} standard errors."
        self.query_one("#row", Static).update(Text(told))

    @on(RowTable.HeadClicked)
    def sort_by(self, event: RowTable.HeadClicked) -> None:
        """Sort by the column that was clicked; once more turns it."""
        if event.column == self.by:
            self.action_turn()
        else:
            self.action_sort(event.column - self.by)

    def action_sort(self, change: int) -> None:
        """Sort by another column."""
        if self.found is not None:
            self.by, self.turned = (self.by + change) % len(self.columns), False
            self.order()

    def action_turn(self) -> None:
        """Turn the order round."""
        if self.found is not None:
            self.turned = not self.turned
            self.order()

    def action_drop(self) -> None:
        """Leave the row under the cursor out, and fit the rest."""
        if (place := self.place) is not None and place not in self.dropped:
            self.dropped.append(place)
            self.changed(place)

    def action_put_back(self) -> None:
        """Take the row under the cursor back in, or the one that was dropped last."""
        if self.found is not None and self.dropped:
            place = self.place if self.place in self.dropped else self.dropped[-1]
            assert place is not None  # noqa: S101 - it is one of those that were dropped
            self.dropped.remove(place)
            self.changed(place)

    def action_keep(self) -> None:
        """Leave, and let the lab go on without the rows that were dropped."""
        self.dismiss(tuple(self.dropped) if self.found is not None else None)

    def changed(self, place: int) -> None:
        """Write a row anew, and fit what is left."""
        self.query_one(RowTable).refresh_row(place)
        self.refit()

    @work(group="refit", exclusive=True)
    async def refit(self) -> None:
        """Fit without the dropped rows beside the event loop; an outdated fit is thrown away."""
        from engine.inference.influence import refitted  # noqa: PLC0415 - heavy: after the first paint

        self.less = None
        try:
            if self.dropped:
                self.less = await self.beside(refitted, self.fitted, list(self.dropped))
        except ValueError as reason:
            self.say_here(f"Without these rows there is no fit: {reason}.")
        else:
            shown = self.less or self.fitted
            self.say_here("" if shown.converged else shown.verdict)
        self.compare()

    def compare(self) -> None:
        """Show the estimates with all rows and without the dropped ones."""
        from tui.texts.comparison import left_out  # noqa: PLC0415 - heavy: after the first paint

        assert self.found is not None  # noqa: S101 - only a measured sample is compared
        table = left_out(self.fitted, self.found, self.less, self.dropped)
        table.caption = self.told_rows()
        self.query_one("#estimates", Static).update(table)

    def told_rows(self) -> Text:
        """Name the dropped rows, the newest first; say what moves are measured in."""
        told = ", ".join(write.count(place + 1) for place in reversed(self.dropped[-6:]))
        more = " …" if len(self.dropped) > 6 else ""
        note = f"dropped: {told}{more} · " if told else ""
        note += "pulls and moves are in standard errors"
        if self.fitted.likelihood.sample.censored is not None:
            note += " · values count first, then bounds"
        return Text(note, "dim", justify="left")
