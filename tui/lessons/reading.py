"""Reading a lesson's file, with one sentence for what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine import toml
from engine.experiments.experiment import Experiment
from engine.presets import preset
from engine.quoting import quoted, quoted_path, shown
from engine.refusal import Refusal
from engine.settings import settings
from tui.keys.keymap import KEYS
from tui.lessons.condition import Condition
from tui.lessons.facts import FACTS, TABLES
from tui.lessons.lesson import Hint, Lesson, Task
from tui.tabs import TABS

__all__ = ["HIDDEN", "PANES", "InvalidLesson", "read_lesson"]

PANES = ("form", "likelihood", "density", "table", "report")
"""Panes that a lesson may hide."""
HIDDEN = ("terms",)
"""Panes that only a lesson shows."""
ACTIONS = {key.action.partition("(")[0] for key in KEYS}
FIELDS = (
    *("title", "about", "text", "tab", "hide", "show", "highlight"),
    *("references", "experiment", "tasks"),
)


class InvalidLesson(Refusal):
    """A lesson that cannot be, in one sentence that names the field at fault."""


def read_lesson(name: str, text: str) -> Lesson:
    """Read a lesson from its TOML text; InvalidLesson says what is wrong and where."""
    try:
        table = toml.loads(text)
    except ValueError as fault:
        raise InvalidLesson(f"{quoted_path(name)} is not TOML: {fault}.") from None
    try:
        return _lesson(name, table)
    except ValueError as fault:
        reason = str(fault).splitlines()[0].rstrip(".")
        raise InvalidLesson(f"Lesson {quoted_path(name)}: {reason}.") from None


def _lesson(name: str, table: Mapping[str, Any]) -> Lesson:
    _only(table, FIELDS, "")
    tasks = table.get("tasks")
    if not isinstance(tasks, list) or not tasks:
        raise ValueError("tasks is missing; a lesson has at least one [[tasks]]")
    return Lesson(
        name=name,
        title=_text(table, "title"),
        about=_text(table, "about", ""),
        text=_text(table, "text"),
        experiment=_experiment(table.get("experiment", {})),
        tasks=tuple(_task(each, f"tasks[{i}]") for i, each in enumerate(tasks, 1)),
        tab=_one_of(table.get("tab", "train"), TABS, "tab"),
        hide=_names(table, "hide", PANES),
        show=_names(table, "show", HIDDEN),
        highlight=_names(table, "highlight", PANES + HIDDEN),
        references=_list(table, "references", _plain),
    )


def _experiment(table: object) -> Experiment:
    """The fields of an experiment, over those of a preset where one is named."""
    if not isinstance(table, dict):
        raise ValueError("experiment must be a table")
    given = dict(table)
    named = given.pop("preset", "article")
    base = preset(str(named)).to_mapping()
    if given.keys() & {"family", "data"}:
        base = {}
    return Experiment.of({**base, **given})


def _task(table: object, path: str) -> Task:
    table = _only(table, ("do", "when", "done", "hints"), path)
    return Task(
        do=_text(table, "do", path=path),
        when=_conditions(table, path),
        done=_text(table, "done", path=path),
        hints=_list(table, "hints", _hint, path),
    )


def _hint(table: object, path: str) -> Hint:
    table = _only(table, ("when", "say"), path)
    return Hint(_conditions(table, path), _text(table, "say", path=path))


def _conditions(table: Mapping[str, Any], path: str) -> tuple[Condition, ...]:
    when = table.get("when")
    if not isinstance(when, dict) or not when:
        raise ValueError(f"{path}.when is missing; it names at least one fact")
    found: list[Condition] = []
    for name, bounds in when.items():
        _known(name, f"{path}.when")
        if bounds == []:
            raise ValueError(f"{path}.when.{name} is empty")
        many = bounds if isinstance(bounds, list) else [bounds]
        found += [Condition.of(name, written) for written in many]
    return tuple(found)


def _known(name: str, path: str) -> None:
    """ValueError where there is no fact of a name."""
    plain = {s.name for s in settings(Experiment)} - set(TABLES)
    table, dot, part = name.partition(".")
    if name in FACTS or name in plain or (dot and table in TABLES and part):
        if table == "did" and part not in ACTIONS:
            raise ValueError(f"{path}: {shown(part)} is not an action")
        return
    raise ValueError(f"{path}: {shown(name)} is not a fact; there are {', '.join(FACTS)}")


def _only(table: object, known: tuple[str, ...], path: str) -> Mapping[str, Any]:
    if not isinstance(table, dict):
        raise ValueError(f"{path} must be a table")
    for name in table.keys() - set(known):
        where = f" of {path}" if path else ""
        raise ValueError(f"{quoted(name)} is not a field{where}, which has {', '.join(known)}")
    return table


def _text(table: Mapping[str, Any], name: str, default: str | None = None, path: str = "") -> str:
    where = f"{path}.{name}" if path else name
    if name not in table:
        if default is None:
            raise ValueError(f"{where} is missing")
        return default
    return _plain(table[name], where)


def _plain(value: object, path: str) -> str:
    """A text that may reach the terminal."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{path} must be a text")
    if not all(character.isprintable() or character == "\n" for character in value):
        raise ValueError(f"{path} holds characters that cannot be printed")
    return value.strip("\n")


def _one_of(value: object, known: tuple[str, ...], path: str) -> str:
    if value not in known:
        raise ValueError(f"{path} must be one of {', '.join(known)}, not {shown(value)}")
    return str(value)


def _names(table: Mapping[str, Any], name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    return _list(table, name, lambda each, path: _one_of(each, known, path))


def _list(
    table: Mapping[str, Any], name: str, read: Callable[[Any, str], Any], path: str = ""
) -> tuple[Any, ...]:
    where = f"{path}.{name}" if path else name
    values = table.get(name, [])
    if not isinstance(values, list):
        raise ValueError(f"{where} must be a list")
    return tuple(read(each, f"{where}[{i}]") for i, each in enumerate(values, 1))
