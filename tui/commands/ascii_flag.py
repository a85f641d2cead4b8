"""``--ascii``, which every command has: only characters that any terminal can show."""

import click

from tui.terminal.ascii import keep_to_ascii

__all__ = ["ascii_flag"]


def _keep(_context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted:
        keep_to_ascii()


ascii_flag = click.option(
    "--ascii",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_keep,
    help="Write only ASCII, as is done unasked where the locale has no UTF-8.",
)
"""Decorate a command, or a function that becomes one; the flag acts before the command does."""
