"""Flags of the user's data, shared by the commands that fit: its columns and its numbers."""

import math
from collections.abc import Callable
from typing import Any

import click

from engine.families import NUMBERS
from engine.fields import Number, Whole
from engine.observations import Roles
from tui.flags import Parsed

__all__ = ["data_flags", "numbers", "roles"]

NUMBER = Number()


def data_flags(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the flags of ``roles`` and ``numbers``."""
    for decorate in reversed(
        (
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
    ):
        command = decorate(command)
    return command


def roles(given: dict[str, Any]) -> Roles:
    """Take the flags of ``data_flags`` out of what a command was given."""
    names = ("column", "weights", "event", "lower", "upper")
    columns = {name: given.pop(name) for name in names}
    return Roles(**columns, below=given.pop("truncate_below"), above=given.pop("truncate_above"))


def numbers(given: dict[str, Any]) -> dict[str, int]:
    """Take the numbers that families are made for out of what a command was given."""
    told = {name: given.pop(name) for name in NUMBERS}
    return {name: number for name, number in told.items() if number is not None}
