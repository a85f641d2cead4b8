"""Groups of commands: their help keeps its fixed lines, and a file may stand for a command."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

from tui.commands.ascii_flag import ascii_flag
from tui.commands.completing import complete_data

__all__ = ["HELP", "CommandGroup", "LabOrCommand"]

HELP = ["-h", "--help"]
"""Flags that show a page of help."""


class CommandGroup(click.Group):
    """A group that lets click read the mark of fixed lines in raw docstrings."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command."""
        cmd.help = (cmd.help or "").replace("\\b\n", "\b\n")
        # click remembers the help flag of the context that a command is first used in
        cmd.context_settings.setdefault("help_option_names", HELP)
        super().add_command(ascii_flag(cmd), name)


class LabOrCommand(CommandGroup):
    """A group whose first word may be a file instead of a command: then the lab opens on it.

    Its commands stand ``apart``, each in a module that is only imported where it is needed.
    """

    def __init__(self, *arguments: Any, apart: Mapping[str, str], **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.apart = apart

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return sorted(self.apart)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command, unless it is known already."""
        if cmd_name in self.apart and cmd_name not in self.commands:
            module = import_module(self.apart[cmd_name])
            self.add_command(getattr(module, f"{cmd_name}_command"))
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or take the first word for a file."""
        if args[0] not in self.apart and (args[0] == "-" or not args[0].startswith("-")):
            args = ["lab", *args]
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer commands and flags, and what the lab opens."""
        offered = super().shell_complete(ctx, incomplete)
        if incomplete.startswith("-"):
            return offered
        files, *named = complete_data(ctx, None, incomplete)
        return [files, *offered, *named]
