"""How the families stand, on the fit's tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widgets import DataTable, Static

from tui.fit_view import FitView
from tui.keys.in_use import keyed
from tui.keys.keymap import bindings
from tui.messages import FamilyChosen
from tui.texts import format as write
from tui.widgets.guarded import guarding
from tui.widgets.named_rows import NamedRows
from tui.widgets.pane import Framed

if TYPE_CHECKING:
    from engine.comparisons.ranking import Ranked
    from tui.contest import Ranking

__all__ = ["RankingPane"]

INVITATION = "{fit-rank} fits every family that can hold the data, and ranks them by AICc."

MOST = 1e7
HEADS = ("family", "AICc", "Δ", "weight")
NAME = 17
"""Columns that the name of a family needs; where there are less, the difference is not shown."""
DIFFERENCE = 2


class RankingPane(Vertical, Framed):
    """A row for each family, the best first, then those left out; enter makes one the lab's."""

    BINDINGS = bindings("fit")
    BORDER_TITLE = "ranking"
    place = "fit"

    view: reactive[FitView | None] = reactive(None, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Ranking | None, str, int] | None = None
        self._complete = False

    def compose(self) -> ComposeResult:
        """Stand above each other."""
        yield Static(keyed(self.app, INVITATION), id="invitation")
        yield NamedRows(cursor_type="row", cell_padding=0, show_header=False)
        yield Static(id="of-family")

    def take_focus(self) -> None:
        """Let the arrows choose a family."""
        self.query_one(NamedRows).focus()

    @guarding
    def watch_view(self, view: FitView | None) -> None:
        """Bring the rows up to date, the cursor staying with its family."""
        if view is None or not self.size.width:
            return
        ranking = view.ranking
        family = view.analysis.family.name if view.analysis else ""
        self._entitle(ranking, busy=view.ranking_busy)
        self.query_one("#invitation").display = ranking is None
        shown = (ranking, family, self.content_size.width)
        if shown == self._shown:
            return
        self._shown = shown
        self._fill(ranking, family)

    def on_resize(self) -> None:
        """Lay the columns out anew."""
        self.watch_view(self.view)

    @property
    def chosen(self) -> str:
        """The family under the cursor."""
        return self.query_one(NamedRows).chosen

    def _entitle(self, ranking: Ranking | None, *, busy: bool) -> None:
        """Say how far it is, and what enter does."""
        if ranking is None:
            self.caption("ranking", "fitting …" if busy else keyed(self.app, "{fit-rank} ranks"))
        elif ranking.complete:
            self.caption(f"ranking · {len(ranking.ranked)} families", "enter takes the family")
        else:
            told = f"{ranking.tried} of {ranking.families} families tried"
            self.caption(
                f"ranking · {told}",
                keyed(
                    self.app, "{fit-leave-off} leaves off" if busy else "{fit-rank} begins again"
                ),
            )

    def _fill(self, ranking: Ranking | None, family: str) -> None:
        table = self.query_one(NamedRows)
        chosen = self.chosen if self._complete else ""  # while they come, the best is looked at
        self._complete = ranking is not None and ranking.complete
        table.clear(columns=True)
        table.show_header = ranking is not None  # without columns it would be an empty bar
        if ranking is None:
            table.tell_of({}, "")
            self.tell()
            return
        rows = [_cells(each, ranking.ranked[0].criterion) for each in ranking.ranked]
        shown = self._columns(table, rows)
        for each, cells in zip(ranking.ranked, rows, strict=True):
            name = each.fitted.likelihood.family.name
            self._add(name, [cells[i - 1] for i in shown], name == family)
        nothing = ["left out", *[""] * (len(shown) - 1)]
        for out in ranking.rejected:
            self._add(out.family, nothing, out.family == family, style="dim")
        told = {each.fitted.likelihood.family.name: _told(each) for each in ranking.ranked}
        table.tell_of(told | {out.family: out.reason for out in ranking.rejected}, chosen)
        self.tell()

    def _columns(self, table: NamedRows, rows: list[list[str]]) -> list[int]:
        """Lay out the columns; return which there is room for beside the families."""
        widths = [max(map(len, column)) + 1 for column in zip(HEADS[1:], *rows, strict=True)]
        room = self.content_size.width - table.styles.scrollbar_size_vertical
        shown = list(range(1, len(HEADS)))
        if room - sum(widths) < NAME:
            shown.remove(DIFFERENCE)
        name = room - sum(widths[i - 1] for i in shown)
        table.add_column(Text(HEADS[0]), width=max(name, 1))
        for i in shown:
            table.add_column(Text(HEADS[i], justify="right"), width=widths[i - 1])
        return shown

    def _add(self, name: str, cells: list[str], current: bool, style: str = "") -> None:
        mark = "● " if current else "  "
        first = Text.assemble((mark + name, "bold" if current else style), no_wrap=True)
        first.overflow = "ellipsis"
        rest = [Text.assemble((cell, style), justify="right", no_wrap=True) for cell in cells]
        self.query_one(NamedRows).add_row(first, *rest)

    @on(DataTable.RowHighlighted)
    def tell(self) -> None:
        """Tell of the family under the cursor."""
        self.query_one(NamedRows).tell(self.query_one("#of-family", Static))

    @on(DataTable.RowSelected)
    def choose(self) -> None:
        """Take the family under the cursor."""
        if self.chosen:
            self.post_message(FamilyChosen(self.chosen))


def _cells(each: Ranked, best: float) -> list[str]:
    """Criterion, how far it is from the best, and Akaike's weight."""
    return [
        _number(each.criterion),
        _number(each.criterion - best),
        f"{each.weight:.3f}",
    ]


def _number(value: float) -> str:
    """Three decimals, for a column is compared by its digits."""
    return f"{value:.3f}" if abs(value) < MOST else write.parameter(value, 3)


def _told(each: Ranked) -> str:
    """Log-likelihood and estimates of a ranked family."""
    from tui.texts.fit import estimates_text  # noqa: PLC0415 - heavy: after the first paint

    told = write.criterion(each.fitted.log_likelihood, 3)
    return f"log-likelihood {told}; {estimates_text(each.fitted)}"
