"""An experiment: everything that determines a run, as one frozen value.

It is written to and read from TOML. Two equal experiments give the same steps, to the last
bit. Every field is declared once, with what it may hold and what it means; flags, widgets
and messages derive from the declaration.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self, final

from engine import toml
from engine.distributions import Distribution
from engine.experiments.assumptions import assumed
from engine.experiments.contradictions import contradictions, path
from engine.experiments.declared import Declared
from engine.experiments.frozen import FrozenTable
from engine.refusal import Refusal
from engine.settings import settings

__all__ = ["Experiment", "InvalidExperiment"]


class InvalidExperiment(Refusal):
    """An experiment that cannot be; ``faults`` maps each field at fault to its one sentence."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("\n".join(faults.values()))
        self.faults = dict(faults)


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
            faults = contradictions(self)
        if faults:
            raise InvalidExperiment(faults)

    @property
    def origin(self) -> Distribution | None:
        """The distribution that the sample is drawn from, where it is drawn."""
        return None if self.data else self.distribution(**self.true)

    def unusable(self, why: str) -> InvalidExperiment:
        """Return the refusal of the sample: of the data, or of n where it is drawn."""
        where = "data" if self.data else "n"
        return InvalidExperiment({where: f"{where}: {why}."})

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Build from a mapping of fields; those that miss take their defaults."""
        known = [s.name for s in settings(cls)]
        if unknown := [name for name in values if name not in known]:
            raise InvalidExperiment({str(n): f"{path(str(n))} is not a field." for n in unknown})
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
