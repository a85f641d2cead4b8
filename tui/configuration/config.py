"""The configuration: flags before the environment before the project's file before the user's."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.refusal import Refusal
from tui.configuration.layers import (
    EXPERIMENT,
    KEYS,
    Layer,
    file_layer,
    flag_layer,
    variables_layer,
)
from tui.configuration.places import config_file, project_file
from tui.configuration.settings import Settings

__all__ = ["Config", "Entry", "InvalidConfig", "log_level", "read_config", "settings_of"]


class InvalidConfig(Refusal):
    """A configuration that cannot be; a line for each fault, with its file and field."""


@dataclass(frozen=True)
class Entry:
    """A value that is set, and where: as it is listed, and as a fault names it."""

    value: Any
    source: str
    named: str


@dataclass(frozen=True)
class Config:
    """Everything that is set, by path, and every fault as a sentence."""

    entries: Mapping[str, Entry]
    faults: tuple[str, ...]

    def table(self, name: str) -> dict[str, Any]:
        """Return the values of a table."""
        start = f"{name}."
        return {
            path.removeprefix(start): entry.value
            for path, entry in self.entries.items()
            if path.startswith(start)
        }

    @property
    def ascii(self) -> bool | None:
        """Whether to keep to ASCII, whatever else is wrong; None where the locale is to say."""
        entry = self.entries.get("ascii")
        return {"on": True, "off": False}.get(entry.value) if entry else None

    @property
    def settings(self) -> Settings:
        """Everything as one value; InvalidConfig where there is a fault."""
        if self.faults:
            raise InvalidConfig("\n".join(self.faults))
        plain = {path: entry.value for path, entry in self.entries.items() if "." not in path}
        keys = self.table(KEYS)
        preset = keys.pop("preset", "")
        if preset or keys:
            from tui.keys.remap import changes_of  # noqa: PLC0415 - rarely set

            keys = {**changes_of(preset), **keys}
        return Settings(**plain, experiment=self.table(EXPERIMENT), keys=keys, preset=preset)


def log_level() -> str:
    """Return how much the log tells, whatever else is wrong."""
    entry = read_config().entries.get("log_level")
    return entry.value if entry else Settings().log_level


def settings_of(given: Mapping[str, Any] | None = None) -> Settings:
    """Read what is set, flags over all; InvalidConfig with a line for each fault."""
    return read_config(given).settings


def read_config(given: Mapping[str, Any] | None = None) -> Config:
    """Read every source, flags over all; nothing of it is fatal yet."""
    layers = (
        file_layer(config_file()),
        file_layer(project_file()),
        variables_layer(os.environ),
        flag_layer(given or {}),
    )
    entries: dict[str, Entry] = {}
    faults: list[str] = []
    for layer in layers:
        entries = _laid_over(entries, layer)
        faults += layer.faults
    return Config(entries, (*faults, *_key_faults(entries), *_experiment_faults(entries)))


def _laid_over(entries: Mapping[str, Entry], layer: Layer) -> dict[str, Entry]:
    """Lay a layer over others; a rate goes that was for another optimizer."""
    told = {
        path: Entry(value, layer.sources[path], layer.file or layer.sources[path])
        for path, value in layer.values.items()
    }
    stale = _stale(entries, told)
    return {**{path: entry for path, entry in entries.items() if path not in stale}, **told}


def _stale(entries: Mapping[str, Entry], told: Mapping[str, Entry]) -> set[str]:
    if f"{EXPERIMENT}.optimizer" not in told and f"{EXPERIMENT}.family" not in told:
        return set()
    from engine.experiments.assumptions import outdated  # noqa: PLC0415 - heavy, and rarely needed

    before, after = (
        {path.partition(".")[2]: entry.value for path, entry in each.items() if "." in path}
        for each in (entries, told)
    )
    return {f"{EXPERIMENT}.{name}" for name in outdated(before, after)}


def _key_faults(entries: Mapping[str, Entry]) -> list[str]:
    """Say which keys two actions share, or cannot be given away."""
    config = Config(entries, ())
    changes = config.table(KEYS)
    if not changes:
        return []
    from tui.keys.remap import changes_of, faults_of  # noqa: PLC0415 - rarely set

    preset = changes_of(changes.pop("preset", ""))
    return [
        f"{entries[f'{KEYS}.{id_}'].named}: {KEYS}.{id_} {reason}."
        for id_, reason in faults_of(changes, preset).items()
    ]


def _experiment_faults(entries: Mapping[str, Entry]) -> list[str]:
    """Say which defaults of the experiment do not fit together."""
    fields = Config(entries, ()).table(EXPERIMENT)
    if not fields:
        return []
    from engine.experiments.experiment import InvalidExperiment  # noqa: PLC0415 - heavy, and rarely set
    from tui.configuration.defaults import begun  # noqa: PLC0415

    try:
        begun({}, fields)
    except InvalidExperiment as fault:
        set_by = {entries[f"{EXPERIMENT}.{name}"].named: None for name in fields}
        return [f"{', '.join(set_by)}: {EXPERIMENT}: {line}" for line in str(fault).splitlines()]
    return []
