"""Printing: a terminal's lines break at words; in a file or a pipe none does, to be searched."""

from rich.console import Console
from rich.table import Table

__all__ = ["natural_width", "print_whole", "printer"]

WIDE = 200
"""Columns that a table may take."""


def printer() -> Console:
    """Return the console that results are printed on."""
    console = Console(highlight=False)
    console.soft_wrap = not console.is_terminal
    return console


def natural_width(console: Console, table: Table) -> int:
    """Columns that a table takes where there is room."""
    return console.measure(table, options=console.options.update(width=WIDE)).maximum


def print_whole(console: Console, table: Table) -> None:
    """Print a table, which is never squeezed: where a terminal is narrower, its lines wrap."""
    width = console.width
    console.width = max(width, WIDE)
    console.print(table, crop=False)
    console.width = width
