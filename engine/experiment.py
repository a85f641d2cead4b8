"""An experiment: everything that determines a run, as one frozen value.

It is written to and read from TOML. Two equal experiments give the same steps, to the last
bit. Every field is declared once, with what it may hold and what it means; flags, widgets
and messages derive from the declaration.
"""

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Self, final

from engine import toml
from engine.assumptions import assumed
from engine.coordinates import COORDINATES
from engine.distributions import FAMILIES, Distribution
from engine.families import NUMBERS, family
from engine.fields import Choice, Number, PerName, Text, Whole, setting, settings
from engine.optimizers import OPTIMIZERS
from engine.quoting import quoted
from engine.sample import GENERATORS
from engine.schedules import SCHEDULES

__all__ = ["Experiment", "InvalidExperiment"]

SAMPLE, ASCENT, STOPPING = "distribution", "optimizer", "stopping"


class InvalidExperiment(ValueError):  # noqa: N818 - it names the thing, not a class of error
    """An experiment that cannot be; ``faults`` maps each field at fault to its one sentence."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("\n".join(faults.values()))
        self.faults = dict(faults)


def _path(*names: str) -> str:
    """Join names with dots, those that are no plain words in quotes."""
    return ".".join(n if n.isascii() and n.isidentifier() else quoted(n) for n in names)


@final
@dataclass(frozen=True)
class Experiment:
    """A sample, an optimizer and a rule for stopping; InvalidExperiment where they do not fit.

    The defaults are the article's. An empty ``start`` means a cheap guess from the data,
    an empty ``data`` that the sample is drawn from ``true``.
    """

    family: str = setting(
        Choice(lambda: tuple(FAMILIES)),
        "normal",
        label="family",
        meaning="the distribution whose parameters are learned",
        group=SAMPLE,
    )
    components: int = setting(
        Whole(2, 9),
        2,
        label="components",
        meaning="how many distributions a mixture mixes",
        group=SAMPLE,
    )
    trials: int = setting(
        Whole(1, 10**9), 10, label="trials", meaning="the trials of a binomial count", group=SAMPLE
    )
    data: str = setting(
        Text(), "", label="data", meaning="a CSV file with the sample; none: draw one", group=SAMPLE
    )
    column: str = setting(
        Text(), "", label="column", meaning="the column of the file to learn from", group=SAMPLE
    )
    n: int = setting(
        Whole(2, 10**8), 100_000, label="n", meaning="how many values are drawn", group=SAMPLE
    )
    generator: str = setting(
        Choice(lambda: tuple(GENERATORS)),
        "legacy",
        label="generator",
        meaning="NumPy's generator: legacy is that of np.random.seed",
        group=SAMPLE,
    )
    seed: int = setting(
        Whole(0, 2**32 - 1), 42, label="seed", meaning="where the generator starts", group=SAMPLE
    )
    optimizer: str = setting(
        Choice(lambda: tuple(OPTIMIZERS)),
        "gradient-ascent",
        label="method",
        meaning="the rule that turns a gradient into a direction",
        group=ASCENT,
    )
    learning_rate: float = setting(
        Number(0, 1e6, open_low=True),
        0.1,
        label="rate",
        meaning="how far to go along the direction; one rate for all parameters",
        group=ASCENT,
    )
    schedule: str = setting(
        Choice(lambda: tuple(SCHEDULES)),
        "constant",
        label="schedule",
        meaning="how the rate changes with the epochs",
        group=ASCENT,
    )
    coordinates: str = setting(
        Choice(lambda: tuple(COORDINATES)),
        "written",
        label="coords",
        meaning="ascend in the parameters as written and clamped, unconstrained, or standardized",
        group=ASCENT,
    )
    epochs: int = setting(
        Whole(1, 10**9), 10_000, label="epochs", meaning="the budget of updates", group=STOPPING
    )
    tolerance: float = setting(
        Number(0),
        1e-8,
        label="tolerance",
        meaning="stop when the validation log-likelihood fails to rise and is this close to best",
        group=STOPPING,
    )
    patience: int = setting(
        Whole(0, 10**9),
        50,
        label="patience",
        meaning="stop after this many epochs without a better validation log-likelihood; 0: never",
        group=STOPPING,
    )
    validation: float = setting(
        Number(0, 0.9),
        0.2,
        label="validation",
        meaning="the fraction of the sample that is withheld from training to judge it",
        group=STOPPING,
    )
    split_seed: int = setting(
        Whole(0, 2**32 - 1),
        42,
        label="split seed",
        meaning="where the permutation that splits the sample starts",
        group=STOPPING,
    )
    true: Mapping[str, float] = setting(
        PerName(),
        {"mean": 7.2, "variance": 7.84},
        label="true",
        meaning="the parameters that the sample is drawn from",
        group=SAMPLE,
    )
    start: Mapping[str, float] = setting(
        PerName(),
        {"mean": 0.0, "variance": 1.0},
        label="start",
        meaning="the parameters that ascent begins at; none: guess them from the data",
        group=ASCENT,
    )
    settings: Mapping[str, float] = setting(
        PerName(), {}, label="settings", meaning="the optimizer's own settings", group=ASCENT
    )

    def __post_init__(self) -> None:
        faults: dict[str, str] = {}
        for declared in settings(type(self)):
            try:
                value = declared.kind.check(getattr(self, declared.name))
            except ValueError as reason:
                faults[declared.name] = f"{declared.name} {reason}."
            else:
                frozen = MappingProxyType(value) if isinstance(value, dict) else value
                object.__setattr__(self, declared.name, frozen)
        if not faults:
            faults = self._contradictions()
        if faults:
            raise InvalidExperiment(faults)

    def _contradictions(self) -> dict[str, str]:
        """Faults of fields that are fine alone and do not fit together."""
        faults = self._misnamed("true", required=not self.data)
        faults |= self._misnamed("start", required=bool(self.start))
        if self.data and self.true:
            faults["true"] = "true belongs to a sample that is drawn, not to data from a file."
        if self.column and not self.data:
            faults["column"] = "column needs a data file to be a column of."
        known = {f.name for f in dataclasses.fields(OPTIMIZERS[self.optimizer])}  # type: ignore[arg-type]
        for name in self.settings.keys() - known:
            path = _path("settings", name)
            faults[path] = f"{path} is not a setting of {self.optimizer}."
        trained = self.n - math.ceil(self.n * self.validation)
        if not self.data and trained < len(self.distribution.parameters()):
            faults["validation"] = f"validation leaves {trained} of {self.n} values to train on."
        return faults

    def _misnamed(self, field: str, *, required: bool) -> dict[str, str]:
        """Faults of a table that should hold each parameter of the family in its domain."""
        table: Mapping[str, float] = getattr(self, field)
        parameters = {p.name: p.domain for p in self.distribution.parameters()}
        expected = " and ".join(parameters)
        faults = {}
        for name in table.keys() - parameters.keys():
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
        if unknown := values.keys() - known:
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
