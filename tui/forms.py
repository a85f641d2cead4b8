"""Fields of the experiment, declared once in the engine, as rows of a form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.distributions.families import NUMBERS
from engine.experiments.assumptions import outdated
from engine.experiments.experiment import Experiment, InvalidExperiment
from engine.experiments.provenance import FROM_FILE
from engine.fields import Kind, PerName
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES
from engine.settings import Setting, built, settings
from tui.texts.format import spark

__all__ = ["Entry", "entries", "revise", "typed"]

WIDTH = 12
DRAWN_ONLY = ("n", "generator", "seed")
PER_PARAMETER = ("true", "start", "rates", "fixed")
OWN_SETTINGS = ("settings", "schedule_settings")


@dataclass(frozen=True)
class Entry:
    """One row of the form: a setting, or one parameter of a table of them."""

    path: str
    label: str
    meaning: str
    group: str
    kind: Kind
    value: Any
    asked: str
    """What it must be, in words."""
    rare: bool = False
    """Whether it is rarely changed, and has not been."""
    reference: str = ""
    """Where to read about what is chosen."""

    @property
    def explanation(self) -> str:
        """What it means, what it may be, and where to read about it."""
        told = f"{self.label}: {self.meaning}. It is {self.asked}."
        return f"{told} {self.reference}." if self.reference else told

    @property
    def text(self) -> str:
        """The value as it would be typed; nothing where there is none."""
        if self.value is None:
            return ""
        return typed(self.value) if isinstance(self.value, float) else str(self.value)


def typed(number: float) -> str:
    """Write a number as it would be typed, so that it is read as the same."""
    brief = f"{number:.15g}"
    return brief if float(brief) == number else repr(number)


def entries(experiment: Experiment, *, everything: bool = True) -> Iterator[Entry]:
    """List the rows that make sense for an experiment, in order, group by group.

    Without ``everything``, those are left out that are rarely changed and were not.
    """
    for entry in _entries(experiment):
        if everything or not entry.rare:
            yield entry


def _entries(experiment: Experiment) -> Iterator[Entry]:
    hidden = {*(DRAWN_ONLY if experiment.data else FROM_FILE), *NUMBERS}
    hidden.discard(experiment.distribution.known)
    for s in settings(Experiment):
        value = getattr(experiment, s.name)
        if s.name in PER_PARAMETER:
            yield from () if s.name == "true" and experiment.data else _parameters(experiment, s)
        elif s.name in OWN_SETTINGS:
            for own in settings(_declaring(experiment, s.name)):
                path, chosen = f"{s.name}.{own.name}", value.get(own.name, own.default)
                asked = own.kind.description
                yield Entry(path, own.label, own.meaning, s.group, own.kind, chosen, asked)
        elif s.name not in hidden and not isinstance(s.kind, PerName):
            asked, rare = s.kind.description, s.rare and value == s.default
            told = _of_choice(experiment, s.name)
            yield Entry(s.name, s.label, s.meaning, s.group, s.kind, value, asked, rare, told)


def _parameters(experiment: Experiment, s: Setting) -> Iterator[Entry]:
    """Rows of a table that has a number for each parameter."""
    table = getattr(experiment, s.name)
    for p in experiment.distribution.parameters():
        asked = "a number above 0" if s.name == "rates" else p.domain.description
        yield Entry(
            f"{s.name}.{p.name}",
            f"{s.label} {p.symbol}",
            f"{s.meaning}; {p.symbol} is {p.name}, the {p.meaning}",
            s.group,
            s.kind,
            table.get(p.name),
            asked,
            s.rare and not table,
            experiment.distribution.reference,
        )


def _of_choice(experiment: Experiment, name: str) -> str:
    """What there is to tell of a family, an optimizer or a schedule that is chosen."""
    if name == "family":
        chosen = experiment.distribution
        return f"{chosen.name} holds {chosen.support.description}. {chosen.reference}"
    if name == "optimizer":
        rule = OPTIMIZERS[experiment.optimizer]
        return f"{rule.update}. {rule.reference}"
    if name == "schedule":
        shape = SCHEDULES[experiment.schedule]
        return f"{_curve(experiment)} {shape.formula}. {shape.reference}"
    return ""


def _curve(experiment: Experiment) -> str:
    """Rates of the schedule over the epochs, as a row of bars."""
    declaring = SCHEDULES[experiment.schedule]
    chosen = experiment.schedule_settings
    schedule = built(declaring, chosen, experiment.learning_rate, experiment.epochs)
    places = (i * (experiment.epochs - 1) // (WIDTH - 1) for i in range(WIDTH))
    return spark([schedule.rate(place) for place in places])


def _declaring(experiment: Experiment, table: str) -> type:
    """Class of the optimizer or the schedule, whose settings a table holds."""
    if table == "settings":
        return OPTIMIZERS[experiment.optimizer]
    return SCHEDULES[experiment.schedule]


def _own_kinds(experiment: Experiment, table: str) -> dict[str, Kind]:
    return {own.name: own.kind for own in settings(_declaring(experiment, table))}


def revise(experiment: Experiment, typed: Mapping[str, str]) -> Experiment:
    """Return the experiment with typed entries taken over; InvalidExperiment names the faults."""
    values = experiment.to_mapping()
    texts = {entry.path: entry.text for entry in entries(experiment)}
    changed = {path: text for path, text in typed.items() if text.strip() != texts.get(path)}
    stale = outdated({k: str(v) for k, v in values.items()}, changed)
    values = {k: v for k, v in values.items() if k not in stale}
    typed = {k: v for k, v in changed.items() if k.partition(".")[0] not in stale or k in stale}
    kinds = {s.name: s.kind for s in settings(Experiment)}
    faults = {}
    for path, text in typed.items():
        name, _, item = path.partition(".")
        try:
            if item and not text.strip():
                values[name].pop(item, None)
            elif item and name in OWN_SETTINGS:
                values[name] |= {item: _own_kinds(experiment, name)[item].parse(text)}
            elif item:
                values[name] |= {item: kinds[name].parse(f"{item}={text}")[item]}
            else:
                values[name] = kinds[name].parse(text)
        except ValueError as reason:
            faults[path] = f"{path} {reason}."
    if faults:
        raise InvalidExperiment(faults)
    return Experiment.of(values)
