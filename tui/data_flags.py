"""Flags of the user's data, shared by the commands that fit: its columns and its numbers."""

import math
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import click

from engine.dialect import AUTO, CHOICES, OTHERS, Dialect
from engine.families import NUMBERS
from engine.fields import Choice, Number, Whole
from engine.observations import Roles, read_observations
from engine.sample import Sample
from tui.flags import Parsed, flagged

__all__ = ["data_flags", "data_names", "numbers", "observed", "tell"]

NUMBER = Number()
WRITTEN = {
    "delimiter": "What divides the cells of a text file",
    "decimal": "The decimal mark of a text file",
    "encoding": "The encoding of a text file",
    "header": "Whether the first row of a text file names the columns",
}


FLAGS = (
    click.option("--column", default="", help="The column to fit, if there are several."),
    click.option("--weights", default="", help="The column with each value's frequency."),
    click.option(
        "--event",
        default="",
        help="The column with 1 for observed, 0 for right-censored at the value.",
    ),
    click.option(
        "--lower",
        default="",
        help="The column with lower ends of intervals; an empty cell is an open end.",
    ),
    click.option("--upper", default="", help="The column with upper ends of intervals."),
    click.option(
        "--truncate-below",
        default=-math.inf,
        type=Parsed("number", NUMBER),
        help="Nothing below this could have been observed.",
    ),
    click.option(
        "--truncate-above",
        default=math.inf,
        type=Parsed("number", NUMBER),
        help="Nothing above this could have been observed.",
    ),
    *(
        click.option(
            f"--{name}",
            default=AUTO,
            type=Parsed(name, Choice(partial(CHOICES.__getitem__, name), OTHERS[name])),
            metavar="|".join(CHOICES[name]),
            help=f"{meaning}, where it is not found by itself.",
        )
        for name, meaning in WRITTEN.items()
    ),
    click.option(
        "--trials",
        type=Parsed("number", Whole(1, 10**9)),
        metavar="N",
        help="Trials of each count, for the binomial families.",
    ),
    click.option(
        "--components",
        type=Parsed("number", Whole(2, 9)),
        metavar="K",
        help="Components of the mixtures (2).",
    ),
)


def data_flags(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the flags of ``observed`` and ``numbers``."""
    return flagged(command, FLAGS)


def data_names() -> list[str]:
    """Names of these flags, in order."""
    flagged = click.command()(data_flags(lambda: None))
    return [flag.name or "" for flag in flagged.params]


def observed(data: str, given: dict[str, Any]) -> Sample:
    """Read the sample that the flags of ``data_flags`` ask for, and tell what was left out."""
    told = Dialect(**{name: given.pop(name) for name in CHOICES})
    sample = read_observations(data, _roles(given), told)
    tell(sample.notes)
    return sample


def tell(notes: Iterable[str]) -> None:
    """Write how a sample was come by to standard error."""
    for note in notes:
        click.echo(note, err=True)


def _roles(given: dict[str, Any]) -> Roles:
    names = ("column", "weights", "event", "lower", "upper")
    columns = {name: given.pop(name) for name in names}
    return Roles(**columns, below=given.pop("truncate_below"), above=given.pop("truncate_above"))


def numbers(given: dict[str, Any]) -> dict[str, int]:
    """Take the numbers that families are made for out of what a command was given."""
    told = {name: given.pop(name) for name in NUMBERS}
    return {name: number for name, number in told.items() if number is not None}
