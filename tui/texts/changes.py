"""Changed fields of an experiment, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["changed", "labels"]


def changed(changes: Mapping[str, Any]) -> str:
    """Name fields as the form does, with what they hold now.

    Tables that were emptied are named only where nothing else was changed, for they go with it.
    """
    filled = {name: value for name, value in changes.items() if value != {}}
    shown = filled or changes
    pairs = zip(labels(shown), shown.values(), strict=True)
    return ", ".join(f"{label} {_plain(value)}" for label, value in pairs)


def labels(names: Iterable[str]) -> list[str]:
    """Names of fields as the form has them."""
    from engine.experiments.experiment import Experiment  # noqa: PLC0415 - after the first paint
    from engine.settings import settings  # noqa: PLC0415

    known = {declared.name: declared.label for declared in settings(Experiment)}
    return [known[name] for name in names]


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{k} {v:g}" for k, v in value.items()) or "none"
    return f"{value:g}" if isinstance(value, float) else str(value)
