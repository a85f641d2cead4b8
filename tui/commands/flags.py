"""Fields of the experiment, declared once in the engine, as command-line flags."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from engine.experiments.assumptions import assumed, outdated
from engine.experiments.experiment import Experiment, InvalidExperiment
from engine.fields import Choice, PerName, Text
from engine.quoting import quoted_path
from engine.settings import Setting, settings
from tui.commands.completing import complete_presets
from tui.commands.once import named_once
from tui.commands.parsed import Parsed

__all__ = ["experiment_flags", "flag_of", "flagged", "preset_flag", "with_flags"]

preset_flag = click.option(
    "--preset",
    "preset_name",
    metavar="NAME",
    help="Begin with a preset's fields.",
    shell_complete=complete_presets,
)
"""The flag of commands that begin with an experiment that comes along."""

FEW = 6
"""Choices that a help page spells out."""

Command = Callable[..., Any]


def flagged(command: Command, flags: Sequence[Callable[[Command], Command]]) -> Command:
    """Give a command flags, which its help lists in this order."""
    for flag in reversed(flags):
        command = flag(command)
    return command


def flag_of(setting: Setting, **more: Any) -> Callable[[Command], Command]:
    """Make the flag that sets a field of the experiment; ``more`` goes to the option."""
    table = isinstance(setting.kind, PerName)
    return click.option(
        f"--{setting.name.replace('_', '-')}",
        setting.name,
        type=Parsed(setting.name, setting.kind),
        multiple=table,
        callback=named_once if table else None,
        metavar=_placeholder(setting),
        help=f"{setting.meaning[0].upper()}{setting.meaning[1:]}.",
        **more,
    )


def _placeholder(setting: Setting) -> str:
    match setting.kind:
        case PerName():
            return "PARAMETER=NUMBER"
        case Choice() as kind if len(kind.options()) <= FEW:
            return "|".join(kind.options())
        case Choice() | Text():
            return setting.name.upper()
        case _:
            return "NUMBER"


def experiment_flags(command: Command) -> Command:
    """Give a command one flag for every field of the experiment."""
    return flagged(command, [flag_of(s) for s in settings(Experiment)])


def with_flags(
    base: Mapping[str, Any], given: Mapping[str, Any], file: str | None = None
) -> Experiment:
    """Return the experiment of a mapping with the given flags laid over it.

    A flag for a table adds to what it has by default; an empty one clears that. UsageError
    where a file is given without a name, as by a variable of the shell that is not set;
    InvalidExperiment names the ``file`` of which the mapping is, where that is at fault.
    """
    values = dict(base)
    given = {name: value for name, value in given.items() if value not in (None, ())}
    if given.get("data") == "":
        raise click.UsageError("--data: The name of the file is empty.")
    article = Experiment().to_mapping()
    stale = outdated({**article, **values}, given)
    values = {k: v for k, v in values.items() if k not in stale}
    plain = {name: value for name, value in given.items() if not isinstance(value, tuple)}
    defaults = {**article, **assumed({**values, **plain})}
    for name, value in given.items():
        if isinstance(value, tuple):
            table = values.get(name, defaults.get(name))
            kept = {} if {} in value or not isinstance(table, Mapping) else table
            values[name] = dict(kept)
            for pairs in value:
                values[name] |= pairs
        else:
            values[name] = value
    try:
        return Experiment.of(values)
    except InvalidExperiment as fault:
        if not file or not file.endswith(".toml"):
            raise
        of_file = base.keys() - given.keys()
        told = {
            path: f"{quoted_path(file)}: {said}" if path.partition(".")[0] in of_file else said
            for path, said in fault.faults.items()
        }
        raise InvalidExperiment(told) from None
