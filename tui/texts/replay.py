"""A replayed session for people to read, with every digit."""

from collections.abc import Mapping, Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from engine.capsules.capsule import Capsule
from engine.capsules.recorded import Part
from engine.quoting import quoted_path
from engine.runs.journey import Branch, Journey
from engine.runs.race import Race
from engine.stopping import Stop
from tui.texts import format as write
from tui.texts.printing import printer
from tui.texts.race import print_standings

__all__ = ["ended", "print_replay"]

NARROWEST = 80
"""Columns that all digits need; narrower terminals break the lines."""


def ended(branch: Branch) -> Stop | None:
    """How a branch ended, if that was seen; the tape may be ahead of it."""
    stop = branch.tape.stop
    return stop if stop and stop.epoch <= branch.seen else None


def print_replay(
    capsule: Capsule, journey: Journey, race: Race | None, differences: Sequence[str]
) -> None:
    """Print the branches, whether their digits are those recorded, the race and the end."""
    console = printer()
    console.print(Text(_sample(capsule), "bold"))
    width = max(console.width, NARROWEST)
    console.print(_table(capsule, journey), width=width, crop=False)
    for sentence in differences or ["Every digit is the same as recorded."]:
        console.print(Text(sentence))
    if race is not None:
        console.print(Text(f"The race from {_from(capsule)}:"))
        print_standings(race, console)
    stop = ended(journey.branches[capsule.shown])
    shown = f"Branch {capsule.shown + 1}, on the screen"
    console.print(Text(f"{shown}: {stop.reason if stop else 'it was still under way.'}"))


def _sample(capsule: Capsule) -> str:
    """Name what is learned from."""
    experiment = capsule.experiment
    drawn = f"{experiment.n:,} values drawn with seed {experiment.seed}"
    return f"{experiment.family}, {quoted_path(experiment.data) if experiment.data else drawn}"


def _from(capsule: Capsule) -> str:
    if capsule.race_from is None:
        return "the start"
    branch, epoch = capsule.race_from
    return f"branch {branch + 1}, epoch {epoch:,}"


def _table(capsule: Capsule, journey: Journey) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("branch", justify="right", no_wrap=True)
    table.add_column("how it begins", overflow="fold")
    table.add_column("epochs", justify="right", no_wrap=True)
    table.add_column("log-likelihood and parameters", no_wrap=True)
    for i, (part, branch) in enumerate(zip(capsule.parts, journey.branches, strict=True)):
        number = Text(str(i + 1), "bold" if i == capsule.shown else "")
        begins = Text("\n".join(_begins(part)))
        table.add_row(number, begins, write.count(branch.seen), Text("\n".join(_digits(branch))))
    return table


def _begins(part: Part) -> list[str]:
    """Where a branch leaves which other one, and what is different then."""
    if part.parent is None:
        return ["at the start"]
    lines = [f"leaves {part.parent + 1} at epoch {part.at:,}"]
    if part.hand:
        lines.append(f"by hand, {len(part.hand):,} {'step' if len(part.hand) == 1 else 'steps'}")
    if part.changes:
        changes = (_change(name, value) for name, value in part.changes.items())
        lines.append(", ".join(changes))
    return lines


def _change(name: str, value: object) -> str:
    """Write a field; the names in a table are those of parameters or settings."""
    if not isinstance(value, Mapping):
        return f"{name} = {value}"
    entries = (f"{name}.{entry} = {item!r}" for entry, item in value.items())
    return ", ".join(entries) or f"{name} = none"


def _digits(branch: Branch) -> list[str]:
    """The newest step that was seen, to the last digit."""
    step = branch.tape[branch.seen]
    names = ("log-likelihood", *(p.name for p in branch.training.family.parameters()))
    pairs = zip(names, (step.train, *step.parameters), strict=True)
    return [f"{name} = {value!r}" for name, value in pairs]
