"""An experiment: everything that determines a run, as one frozen value.

It is written to and read from TOML. Two equal experiments give the same steps, to the last
bit. Every field is declared once, with what it may hold and what it means; flags, widgets
and messages derive from the declaration.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self, final

from engine import toml
from engine.distributions import Distribution
from engine.distributions.families import NUMBERS, family
from engine.experiments.assumptions import assumed
from engine.experiments.declared import Declared
from engine.experiments.frozen import FrozenTable
from engine.optimizers import OPTIMIZERS
from engine.quoting import LONGEST, quoted
from engine.refusal import Refusal
from engine.schedules import SCHEDULES
from engine.settings import checked, settings

__all__ = ["Experiment", "InvalidExperiment"]


class InvalidExperiment(Refusal):
    """An experiment that cannot be; ``faults`` maps each field at fault to its one sentence."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("\n".join(faults.values()))
        self.faults = dict(faults)


def _path(*names: str) -> str:
    """Join names with dots, those that are no plain words in quotes."""
    plain = (n.isascii() and n.isidentifier() and len(n) <= LONGEST for n in names)
    return ".".join(n if p else quoted(n) for n, p in zip(names, plain, strict=True))


@final
@dataclass(frozen=True)
class Experiment(Declared):
    """A sample, an optimizer and a rule for stopping; InvalidExperiment where they do not fit.

    The defaults are the article's. An empty ``start`` means a cheap guess from the data,
    an empty ``data`` that the sample is drawn from ``true``.
    """

    def __post_init__(self) -> None:
        faults: dict[str, str] = {}
        for declared in settings(type(self)):
            try:
                value = declared.kind.check(getattr(self, declared.name))
            except ValueError as reason:
                faults[declared.name] = f"{declared.name} {reason}."
            else:
                frozen = FrozenTable(value) if isinstance(value, dict) else value
                object.__setattr__(self, declared.name, frozen)
        if not faults:
            faults = self._contradictions()
        if faults:
            raise InvalidExperiment(faults)

    def _contradictions(self) -> dict[str, str]:
        """Faults of fields that are fine alone and do not fit together."""
        faults = self._misnamed("true", required=not self.data)
        faults |= self._misnamed("start", required=bool(self.start))
        faults |= self._misnamed("fixed", required=False)
        if len(self.fixed) >= len(self.distribution.parameters()):
            faults["fixed"] = "fixed holds every parameter; leave one free to be learned."
        if self.data and self.true:
            faults["true"] = "true belongs to a sample that is drawn, not to data from a file."
        faults |= self._roleless()
        faults |= self._unsettled("settings", self.optimizer, OPTIMIZERS[self.optimizer])
        faults |= self._unsettled("schedule_settings", self.schedule, SCHEDULES[self.schedule])
        names = [p.name for p in self.distribution.parameters()]
        for name, rate in self.rates.items():
            path = _path("rates", name)
            if name not in names:
                faults[path] = f"{path} is not a parameter of {self.family}."
            elif not rate > 0:
                faults[path] = f"{path} must be a number above 0, not {rate:g}."
        trained = self.n - math.ceil(self.n * self.validation)
        if not self.data and trained < len(self.distribution.parameters()):
            faults["validation"] = f"validation leaves {trained} of {self.n} values to train on."
        return faults

    def _roleless(self) -> dict[str, str]:
        """Faults of the fields that say which column of the data is what."""
        faults = {
            name: f"{name} needs a data file to be a column of."
            for name in ("column", "weights", "event", "lower", "upper")
            if getattr(self, name) and not self.data
        }
        for name in ("truncate_below", "truncate_above"):
            if getattr(self, name) is not None and not self.data:
                faults[name] = f"{name} belongs to data from a file, not to a sample that is drawn."
        low, high = self.truncate_below, self.truncate_above
        if low is not None and high is not None and not low < high:
            faults["truncate_below"] = "truncate_below must be less than truncate_above."
        if bool(self.lower) != bool(self.upper):
            one, other = ("lower", "upper") if self.upper else ("upper", "lower")
            faults[one] = f"{one} is missing; {other} needs it."
        if self.lower and (self.column or self.event):
            which = "column" if self.column else "event"
            faults[which] = f"{which} must be empty where lower and upper bound the values."
        return faults

    def _unsettled(self, field: str, owner: str, declaring: type) -> dict[str, str]:
        """Faults of a table that should hold settings of an optimizer or a schedule."""
        known = {s.name: s.kind for s in settings(declaring)}
        faults = {}
        for name, value in getattr(self, field).items():
            path = _path(field, name)
            if name not in known:
                expected = f", which has {', '.join(known)}" if known else ""
                faults[path] = f"{path} is not a setting of {owner}{expected}."
            else:
                try:
                    checked(known[name], value)
                except ValueError as reason:
                    faults[path] = f"{path} {reason}."
        return faults

    def _misnamed(self, field: str, *, required: bool) -> dict[str, str]:
        """Faults of a table that should hold each parameter of the family in its domain."""
        table: Mapping[str, float] = getattr(self, field)
        parameters = {p.name: p.domain for p in self.distribution.parameters()}
        expected = " and ".join(parameters)
        faults = {}
        for name in [name for name in table if name not in parameters]:
            required = False  # one that is wanted may be meant
            path = _path(field, name)
            faults[path] = f"{path} is not a parameter of {self.family}, which has {expected}."
        for name, domain in parameters.items():
            path = _path(field, name)
            if name in table and not domain.contains(table[name]):
                faults[path] = f"{path} must be {domain.description}, not {table[name]:g}."
            elif name not in table and required:
                faults[path] = f"{path} is missing; it must be {domain.description}."
        return faults

    @property
    def distribution(self) -> type[Distribution]:
        """The family itself, made for its trials or components."""
        return family(self.family, {name: getattr(self, name) for name in NUMBERS})

    @property
    def origin(self) -> Distribution | None:
        """The distribution that the sample is drawn from, where it is drawn."""
        return None if self.data else self.distribution(**self.true)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Build from a mapping of fields; those that miss take their defaults."""
        known = [s.name for s in settings(cls)]
        if unknown := [name for name in values if name not in known]:
            raise InvalidExperiment({str(n): f"{_path(str(n))} is not a field." for n in unknown})
        return cls(**{**assumed(values), **values})

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Read a TOML document; InvalidExperiment names the line or the fields at fault."""
        try:
            values = toml.loads(text)
        except ValueError as fault:
            raise InvalidExperiment({"": f"This is not TOML: {fault}."}) from None
        return cls.of(values)

    def to_mapping(self) -> dict[str, Any]:
        """Return every field as plain values, tables last."""
        values = {s.name: getattr(self, s.name) for s in settings(type(self))}
        return {k: dict(v) if isinstance(v, Mapping) else v for k, v in values.items()}

    def to_toml(self) -> str:
        """Write every field; reading it back gives an equal experiment."""
        return toml.dumps(self.to_mapping())
