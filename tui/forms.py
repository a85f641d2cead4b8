"""Fields of the experiment, declared once in the engine, as rows of a form."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.experiment import Experiment, InvalidExperiment
from engine.fields import Kind, PerName, settings

__all__ = ["Entry", "entries", "revise"]

DRAWN_ONLY = ("n", "generator", "seed")
FROM_FILE_ONLY = ("data", "column")


@dataclass(frozen=True)
class Entry:
    """One row of the form: a setting, or one parameter of a table of them."""

    path: str
    label: str
    meaning: str
    group: str
    kind: Kind
    value: Any

    @property
    def text(self) -> str:
        """The value as it would be typed."""
        if not isinstance(self.value, float):
            return str(self.value)
        brief = f"{self.value:.15g}"
        return brief if float(brief) == self.value else repr(self.value)


def entries(experiment: Experiment) -> Iterator[Entry]:
    """List the rows that make sense for an experiment, in order, group by group."""
    hidden = DRAWN_ONLY if experiment.data else FROM_FILE_ONLY
    for s in settings(Experiment):
        value = getattr(experiment, s.name)
        if isinstance(s.kind, PerName):
            for name, number in value.items():
                symbol = next(
                    (p.symbol for p in experiment.distribution.parameters() if p.name == name), name
                )
                meaning = f"{s.meaning}: {name}"
                yield Entry(
                    f"{s.name}.{name}", f"{s.label} {symbol}", meaning, s.group, s.kind, number
                )
        elif s.name not in hidden:
            yield Entry(s.name, s.label, s.meaning, s.group, s.kind, value)


def revise(experiment: Experiment, typed: Mapping[str, str]) -> Experiment:
    """Return the experiment with typed entries taken over; InvalidExperiment names the faults."""
    values = experiment.to_mapping()
    kinds = {s.name: s.kind for s in settings(Experiment)}
    faults = {}
    for path, text in typed.items():
        name, _, item = path.partition(".")
        try:
            if item:
                values[name] |= {item: kinds[name].parse(f"{item}={text}")[item]}
            else:
                values[name] = kinds[name].parse(text)
        except ValueError as reason:
            faults[path] = f"{path} {reason}."
    if faults:
        raise InvalidExperiment(faults)
    return Experiment(**values)
