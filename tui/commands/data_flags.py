"""Flags of the user's data, shared by the commands that fit: its columns and its numbers."""

from collections.abc import Callable, Iterable
from typing import Any

import click

from engine.distributions.families import NUMBERS
from engine.experiments.experiment import Experiment
from engine.experiments.provenance import READ_AS
from engine.samples.sample import Sample
from engine.settings import Setting, settings
from engine.tables.dialect import CHOICES, Dialect
from engine.tables.observations import read_observations
from engine.tables.roles import COLUMNS, Roles
from tui.commands.flags import flag_of, flagged
from tui.texts.spelling import escaped

__all__ = ["data_flags", "numbers", "observed", "tell"]


def data_flags(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the flags of ``observed`` and ``numbers``."""
    declared = {s.name: s for s in settings(Experiment)}
    return flagged(command, [_flag(declared[name]) for name in READ_AS])


def _flag(setting: Setting) -> Callable[..., Any]:
    # a family keeps its own number where none is given
    default = None if setting.name in NUMBERS else setting.default
    return flag_of(setting, default=default)


def observed(data: str, given: dict[str, Any]) -> Sample:
    """Read the sample that the flags of ``data_flags`` ask for, and tell what was left out."""
    told = Dialect(**{name: given.pop(name) for name in CHOICES})
    sample = read_observations(data, _roles(given), told)
    tell(sample.notes)
    return sample


def tell(notes: Iterable[str]) -> None:
    """Write how a sample was come by to standard error."""
    for note in notes:
        click.echo(escaped(note), err=True)


def _roles(given: dict[str, Any]) -> Roles:
    columns = {name: given.pop(name) for name in COLUMNS}
    return Roles.within(given.pop("truncate_below"), given.pop("truncate_above"), **columns)


def numbers(given: dict[str, Any]) -> dict[str, int]:
    """Take the numbers that families are made for out of what a command was given."""
    told = {name: given.pop(name) for name in NUMBERS}
    return {name: number for name, number in told.items() if number is not None}
