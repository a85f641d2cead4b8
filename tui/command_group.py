"""A group of commands whose help keeps its fixed lines."""

import click

__all__ = ["CommandGroup"]


class CommandGroup(click.Group):
    """A group that lets click read the mark of fixed lines in raw docstrings."""

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command."""
        cmd.help = (cmd.help or "").replace("\\b\n", "\b\n")
        super().add_command(cmd, name)
