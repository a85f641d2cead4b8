"""The race's panes: the lanes on a chart, and how they stand."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.coordinate import Coordinate
from textual.widgets import DataTable, Static

from tui.keys.in_use import keyed
from tui.keys.keymap import bindings
from tui.messages import LaneChosen
from tui.snapshot import Snapshot
from tui.texts import format as write
from tui.widgets.guarded import guarding
from tui.widgets.named_rows import NamedRows
from tui.widgets.pane import Pane, Picture

if TYPE_CHECKING:
    from tui.racing import LabRace
    from tui.texts.standings import Standing

__all__ = ["RaceChart", "Standings"]

OLD = "stale: settings have changed — {race} races again"
INVITATION = (
    "{race} races up to six optimizers from the place shown, on the same likelihood; "
    "{race-lanes} chooses which of them."
)
HINT = "{race-lanes} lanes · {race-clock} clock · {race-mute} or enter mutes"
ARMED = "mute which lane? its digit · esc leaves"
KEYS: list[BindingType] = [
    *bindings("race"),
    *(Binding(str(digit), f"app.mute({digit})", show=False) for digit in range(1, 7)),
    Binding("escape", "app.disarm", show=False),
]
"""Digits and escape reach the lab only while a lane is about to be muted."""


class RaceChart(Picture, can_focus=True):
    """The lanes up to the place shown, or how a race is begun."""

    BORDER_TITLE = "race"
    BINDINGS = KEYS
    tab = place = "race"

    def tell(self, snapshot: Snapshot) -> None:
        """Say in the border what is drawn, from where, and who is who."""
        if (race := snapshot.race) is None:
            return
        self.set_class(snapshot.old_race, "-old")
        self.caption(
            keyed(self.app, OLD) if snapshot.old_race else _title(race),
            ARMED if race.armed else self._legend(race),
        )

    def on_resize(self) -> None:
        """Name as many lanes as there is room for now."""
        self.watch_snapshot(self.snapshot)

    def _legend(self, race: LabRace) -> str:
        """The lanes by mark and name, or by digit where there is no room for names."""
        from tui.texts.standings import MARKS  # noqa: PLC0415 - heavy: after the first paint

        lanes = list(zip(race.names, MARKS, self.palette.lanes, strict=False))
        named = sum(len(name) + 3 for name in race.names) + 4 <= self.size.width
        return " ".join(
            f"[dim]{mark} {name if named else i}[/]"
            if name in race.muted
            else f"[{color}]{mark} {name if named else i}[/]"
            for i, (name, mark, color) in enumerate(lanes, 1)
        )

    def picture(self) -> Text:
        """Draw the lanes at the pane's size."""
        if self.snapshot is None:
            return Text()
        if self.snapshot.race is None:
            return _centred(keyed(self.app, INVITATION), *self.content_size)
        from tui.pictures.race import race_chart  # noqa: PLC0415 - heavy: after the first paint

        return race_chart(self.snapshot.race, self.content_size, self.palette)


def _centred(text: str, width: int, height: int) -> Text:
    """Put a sentence in the middle."""
    lines = [line.center(width) for line in textwrap.wrap(text, max(width - 4, 20))]
    return Text("\n" * max((height - len(lines)) // 2, 0) + "\n".join(lines))


def _title(race: LabRace) -> str:
    """What is counted, what is spent at the place shown, and where the race began."""
    spent = (
        f"{write.count(int(race.position))} evaluations"
        if race.clock == "evaluations"
        else write.duration(race.position)
    )
    origin = f" from epoch {race.epoch:,}" if race.epoch else ""
    return f"gap after {spent}{origin}"


class Standings(Pane):
    """A row for each lane, the best first; enter or a click mutes it.

    Below stand what there is to tell of the lane under the cursor, and the lanes that cannot be.
    """

    BORDER_TITLE = "standings"
    BINDINGS = KEYS
    tab = place = "race"

    def __init__(self) -> None:
        super().__init__()
        self._widths: tuple[int, ...] = ()

    def compose(self) -> ComposeResult:
        """Stand above each other."""
        self.border_subtitle = keyed(self.app, HINT)
        yield NamedRows(cursor_type="row", cell_padding=0)
        yield Static(id="told")
        yield Static(id="left-out")

    @guarding
    def watch_snapshot(self, snapshot: Snapshot | None) -> None:
        """Bring the rows up to date, the cursor staying with its lane."""
        if snapshot is None or (race := snapshot.race) is None or not self.size.width:
            return
        from tui.texts.standings import standings  # noqa: PLC0415 - heavy: after the first paint

        self.set_class(snapshot.old_race, "-old")
        rows = standings(race, self.palette)
        table = self.query_one(NamedRows)
        chosen = table.chosen
        widths = _widths([row.name for row in rows], self.content_size.width)
        if widths != self._widths or len(rows) != table.row_count:
            self._lay_out(table, widths, len(rows))
        for i, row in enumerate(rows):
            for j, cell in enumerate(_cells(row, widths)):
                at = Coordinate(i, j)
                if table.get_cell_at(at) != cell:
                    table.update_cell_at(at, cell)
        table.tell_of({row.name: row.told for row in rows}, chosen)
        left = [f"{name} is left out: {why}" for name, why in race.race.left_out.items()]
        below = self.query_one("#left-out", Static)
        below.display = bool(left)
        below.update(Content("\n".join(left)))
        self.tell()

    def on_resize(self) -> None:
        """Lay the columns out anew."""
        self.watch_snapshot(self.snapshot)

    @property
    def chosen(self) -> str:
        """The lane under the cursor."""
        return self.query_one(NamedRows).chosen

    def _lay_out(self, table: NamedRows, widths: tuple[int, ...], rows: int) -> None:
        self._widths = widths
        table.clear(columns=True)
        for head, width in zip(HEADS, widths, strict=True):
            told = f" {head}"[: width * (width > len(head))] if head == "state" else head
            label = Text(told, justify="left" if head in LEFT else "right", no_wrap=True)
            table.add_column(label, width=width)
        for _ in range(rows):
            table.add_row(*(Text() for _ in widths))

    @on(DataTable.RowHighlighted)
    def tell(self) -> None:
        """Tell of the lane under the cursor."""
        self.query_one(NamedRows).tell(self.query_one("#told", Static))

    @on(DataTable.RowSelected)
    def choose(self) -> None:
        """Mute the lane under the cursor, or let it be seen again."""
        self.post_message(LaneChosen(self.chosen))


HEADS = ("lane", "rate", "evals", "time", "gap", "state")
LEFT = ("lane", "state")
NARROW = (0, 6, 7, 7, 8, 2)
WIDE = (0, 9, 10, 10, 10, 24)


def _widths(names: list[str], room: int) -> tuple[int, ...]:
    """Widths of the columns: the lanes' as needed, the others' as there is room."""
    lane = 4 + max(map(len, names))
    rest = WIDE if lane + sum(WIDE) <= room else NARROW
    spare = room - lane - sum(NARROW)
    if rest is NARROW and spare >= 4:
        rest = (0, 7, 8, 8, 9, 2)
    return (lane, *rest[1:])


def _cells(row: Standing, widths: tuple[int, ...]) -> list[Text]:
    """Write a lane's cells, dimmed where it is muted."""
    from tui.texts.standings import SIGNS  # noqa: PLC0415 - heavy: after the first paint

    color = "dim" if row.state == "muted" else row.color
    plain = "dim" if row.state == "muted" else ""
    ended = row.state not in ("running", "muted")
    state = f" {SIGNS[row.state]} {row.state}" + (f" at {row.evaluations:,}" if ended else "")
    if widths[5] < len(state):
        state = f" {SIGNS[row.state]}"
    wide = widths[1] >= WIDE[1]
    texts = (
        (f"{row.digit} {row.mark} {row.name}", color),
        (f"{row.rate:.{3 if wide else 2}g}", plain),
        (write.count(row.evaluations) if wide else write.brief(row.evaluations), plain),
        (write.duration(row.seconds) if wide else write.brief_duration(row.seconds), plain),
        (row.gap, plain),
        (state, plain),
    )
    return [
        # as a span, for texts are compared by their spans and not by their own style
        Text.assemble((text, style), justify="left" if head in LEFT else "right", no_wrap=True)
        for head, (text, style) in zip(HEADS, texts, strict=True)
    ]
