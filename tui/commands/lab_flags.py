"""Flags of the lab, made from its settings."""

from collections.abc import Callable
from typing import Any

import click

from engine.settings import settings
from tui.commands.parsed import Parsed
from tui.configuration.settings import Settings

__all__ = ["lab_flags", "lab_given"]

FLAGS = ("theme", "tab", "pace", "level")
"""Settings that have a flag of their own."""


def lab_flags(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the flags; none of them has a default, for the configuration has it."""
    known = {s.name: s for s in settings(Settings)}
    mouse = "Whether the mouse is listened to."
    command = click.option("--mouse/--no-mouse", "mouse", default=None, help=mouse)(command)
    for name in reversed(FLAGS):
        told = known[name].meaning
        command = click.option(
            f"--{name}",
            name,
            type=Parsed(name, known[name].kind),
            metavar="NAME",
            help=f"{told[0].upper()}{told[1:]}.",
        )(command)
    return command


def lab_given(given: dict[str, Any]) -> dict[str, Any]:
    """Take the flags of the lab out of what a command was given."""
    return {name: given.pop(name, None) for name in (*FLAGS, "mouse")}
