"""Settings: fields of a dataclass that say what they may hold and what they mean."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from engine.fields import Kind, Whole

__all__ = ["Setting", "built", "checked", "setting", "settings"]

Built = TypeVar("Built")


@dataclass(frozen=True)
class Setting:
    """One declared setting: its field name, kind, short label, meaning, group and default.

    ``rare`` is whether it is seldom changed, so that a form need not show it at first.
    """

    name: str
    kind: Kind
    label: str
    meaning: str
    group: str
    rare: bool
    default: Any


def setting(  # noqa: PLR0913 - a declaration, by names
    kind: Kind, default: Any, *, label: str, meaning: str, group: str = "", rare: bool = False
) -> Any:
    """Declare a dataclass field as a setting."""
    metadata = {"kind": kind, "label": label, "meaning": meaning, "group": group, "rare": rare}
    if isinstance(default, dict):
        return dataclasses.field(default_factory=lambda: dict(default), metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


def built(declaring: Callable[..., Built], table: Mapping[str, float], *first: Any) -> Built:
    """Make a dataclass from its first fields and some of its settings.

    ValueError with the reason where a setting cannot be.
    """
    kinds = {s.name: s.kind for s in settings(declaring)}  # type: ignore[arg-type]  # a class
    return declaring(*first, **{name: checked(kinds[name], table[name]) for name in table})


def checked(kind: Kind, value: float) -> Any:
    """Check a number from a table, where a whole one may be written as a float.

    ValueError with the reason where it cannot be.
    """
    return kind.check(int(value) if isinstance(kind, Whole) and value % 1 == 0 else value)


def settings(declaring: type) -> tuple[Setting, ...]:
    """List the settings that a dataclass declares, in order."""
    declared = [f for f in dataclasses.fields(declaring) if "kind" in f.metadata]
    return tuple(Setting(f.name, **f.metadata, default=_default(f)) for f in declared)


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default
