"""Layers of the configuration: what one file, the environment or the flags say, each checked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.quoting import harmless, quoted, quoted_path
from engine.settings import settings
from tui.configuration.settings import Settings

if TYPE_CHECKING:
    from engine.fields import Kind

__all__ = [
    "EXPERIMENT",
    "KEYS",
    "TABLES",
    "Layer",
    "file_layer",
    "flag_layer",
    "kinds_of",
    "variable",
    "variables_layer",
]

EXPERIMENT, KEYS = "experiment", "keys"
TABLES = (EXPERIMENT, KEYS)
PREFIX = "MLE_TUI_"
SAMPLE = ("data", "column", "weights", "event", "lower", "upper", "trials", "components")
SAMPLE_READ = ("truncate_below", "truncate_above", "delimiter", "decimal", "encoding", "header")
TABLES_OF_NAMES = ("true", "start", "rates", "fixed", "settings", "schedule_settings")
OF_ITS_OWN = {*SAMPLE, *SAMPLE_READ, *TABLES_OF_NAMES}
"""Fields of an experiment that belong to one sample, family, optimizer or schedule."""


@dataclass(frozen=True)
class Layer:
    """What one source says: values by path, such as ``theme``, ``keys.run``, and its faults.

    ``sources`` tells for each path where exactly it was said; ``file`` is a file's name in quotes.
    """

    values: dict[str, Any]
    sources: dict[str, str]
    faults: tuple[str, ...] = ()
    file: str = ""


def file_layer(path: Path) -> Layer:
    """Read a file, an empty layer where there is none."""
    if not os.path.lexists(path):
        return Layer({}, {})
    from engine import toml  # noqa: PLC0415 - of no use where there is no file
    from engine.files import UnreadableData, read_text  # noqa: PLC0415

    name = quoted_path(path)
    try:
        table = toml.loads(read_text(str(path)))
    except UnreadableData as fault:
        return Layer({}, {}, (str(fault),))
    except ValueError as fault:
        return Layer({}, {}, (f"{name} is not TOML: {_inline(fault)}.",))
    values, faults = {}, []
    for where, value in _flat(table):
        try:
            values[".".join(where)] = _kind(where).check(value)
        except LookupError as reason:
            faults.append(f"{name}: {_path(where)} {reason.args[0]}.")
        except ValueError as reason:
            faults.append(f"{name}: {_path(where)} {reason}.")
    return Layer(values, dict.fromkeys(values, harmless(path)), tuple(faults), name)


def variables_layer(environment: Mapping[str, str]) -> Layer:
    """Read the variables that are set and not empty: ``MLE_TUI_THEME``, ``MLE_TUI_KEYS_PRESET``."""
    values, sources, faults = {}, {}, []
    tables = ["", *(table for table in TABLES if _any(environment, f"{PREFIX}{table.upper()}_"))]
    for table in tables:
        for name, kind in kinds_of(table).items():
            path = f"{table}.{name}" if table else name
            if not (text := environment.get(variable(path))):
                continue
            try:
                values[path] = kind.parse(text)
                sources[path] = variable(path)
            except ValueError as reason:
                faults.append(f"{variable(path)} {reason}.")
    return Layer(values, sources, tuple(faults))


def flag_layer(given: Mapping[str, Any]) -> Layer:
    """Take what flags of the lab say, each checked already."""
    values = {name: value for name, value in given.items() if value is not None}
    return Layer(values, {name: f"--{name.replace('_', '-')}" for name in values})


def variable(path: str) -> str:
    """Name the environment's variable of a path."""
    return PREFIX + path.replace(".", "_").replace("-", "_").upper()


@lru_cache(maxsize=len(TABLES) + 1)
def kinds_of(table: str) -> dict[str, Kind]:
    """Return what may be set in a table, the file itself for none, with what it may hold."""
    if table == EXPERIMENT:
        from engine.experiments.experiment import Experiment  # noqa: PLC0415 - heavy, and rarely set

        return {s.name: s.kind for s in settings(Experiment) if s.name not in OF_ITS_OWN}
    if table == KEYS:
        from tui.keys.names import KeyList  # noqa: PLC0415 - the same
        from tui.keys.remap import IDS, PRESET  # noqa: PLC0415

        return {"preset": PRESET, **dict.fromkeys(IDS, KeyList())}
    return {s.name: s.kind for s in settings(Settings)}


def _kind(where: tuple[str, ...]) -> Kind:
    """Return what a path may hold; LookupError with the reason where there is no such field."""
    *tables, name = where
    known = kinds_of(tables[0] if tables else "")
    if name in known:
        return known[name]
    if not tables and name in TABLES:
        raise LookupError("must be a table")
    if tables == [KEYS]:
        raise LookupError("is not an action; see mle-tui list keys")
    if tables == [EXPERIMENT] and name in OF_ITS_OWN:
        raise LookupError("belongs to one experiment and has no default")
    raise LookupError("is not a field")


def _flat(table: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Walk over the values of a file and of its known tables."""
    for name, value in table.items():
        if name in TABLES and isinstance(value, Mapping):
            yield from (((name, inner), each) for inner, each in value.items())
        else:
            yield (name,), value


def _any(environment: Mapping[str, str], prefix: str) -> bool:
    return any(name.startswith(prefix) and value for name, value in environment.items())


def _path(where: tuple[str, ...]) -> str:
    """Write a path, names that are no plain words in quotes."""
    plain = (name.isascii() and name.replace("-", "_").isidentifier() for name in where)
    return ".".join(n if p else quoted(n) for n, p in zip(where, plain, strict=True))


def _inline(fault: ValueError) -> str:
    """Write a parser's complaint in one line that shows nothing as it is."""
    told = "".join(c if c.isprintable() else " " for c in str(fault))
    return told[0].lower() + told[1:]
