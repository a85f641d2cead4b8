"""The timeline: a run in one line, with the place that is shown and what happened on the way."""

from dataclasses import dataclass

from rich.text import Text

from engine.runs.journey import Branch
from tui.snapshot import Snapshot
from tui.texts.changes import labels

__all__ = ["MARKS", "Event", "epoch_at", "events", "timeline"]

MARKS = {"branch": "┳", "hand": "╋", "best": "▲", "stop": "■", "place": "●"}
"""How each kind of event is drawn; what stands further right here covers what is left of it."""


@dataclass(frozen=True)
class Event:
    """Something that happened at an epoch of the tape, in words."""

    epoch: int
    kind: str
    told: str


def events(snapshot: Snapshot) -> list[Event]:
    """List the branches, moves by hand, the best step and the stop, in order."""
    found = [event for branch in _lineage(snapshot) for event in _forking(branch)]
    tape, end = snapshot.tape, snapshot.at + 1
    if snapshot.training.validation is not None and end > 1:
        best = tape.best(end)
        found.append(Event(best, "best", f"best validation at epoch {best:,}"))
    if tape.stop is not None and (snapshot.finished or _seen(snapshot) >= tape.stop.epoch):
        found.append(Event(tape.stop.epoch, "stop", tape.stop.reason))
    return sorted(found, key=lambda event: event.epoch)


def _lineage(snapshot: Snapshot) -> list[Branch]:
    return snapshot.branch.lineage if snapshot.branch else []


def _seen(snapshot: Snapshot) -> int:
    return max(snapshot.branch.seen if snapshot.branch else 0, snapshot.at)


def _forking(branch: Branch) -> list[Event]:
    """What was done where a branch leaves another one."""
    if branch.parent is None:
        return []
    found = []
    if branch.hand:
        moves = "1 move" if len(branch.hand) == 1 else f"{len(branch.hand):,} moves"
        found.append(Event(branch.fork, "hand", f"{moves} by hand from epoch {branch.fork:,}"))
    if branch.changes:
        names = ", ".join(labels(branch.changes))
        found.append(Event(branch.begin, "branch", f"{names} from epoch {branch.begin:,}"))
    return found


def reach(snapshot: Snapshot) -> int:
    """Epoch at the right end: of a run that has stopped its last, else the budget."""
    stop = snapshot.tape.stop
    seen = _seen(snapshot)
    if stop is not None and seen >= stop.epoch:
        return max(stop.epoch, 1)
    return max(snapshot.training.experiment.epochs, seen, 1)


def epoch_at(snapshot: Snapshot, column: int, width: int) -> int:
    """Epoch that a column of the line stands for."""
    return round(reach(snapshot) * min(max(column / max(width - 1, 1), 0.0), 1.0))


def timeline(snapshot: Snapshot, width: int, color: str, dim: str) -> Text:
    """Draw the line: what was passed, what was seen, what is left, and the marks on it."""
    if width < 3:
        return Text()
    whole = reach(snapshot)

    def column(epoch: int) -> int:
        """The column of an epoch."""
        return min(round(epoch / whole * (width - 1)), width - 1)

    here, seen = column(snapshot.at), column(_seen(snapshot))
    cells = [("━", color) if i <= here else ("━" if i <= seen else "─", dim) for i in range(width)]
    order = list(MARKS)
    for event in sorted(events(snapshot), key=lambda each: order.index(each.kind)):
        cells[column(event.epoch)] = (MARKS[event.kind], f"bold {color}")
    cells[here] = (MARKS["place"], f"bold {color}")
    return Text.assemble(*cells, no_wrap=True, end="")
