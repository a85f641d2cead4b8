"""Printing: a terminal's lines break at words; in a file or a pipe none does, to be searched."""

import shutil

from rich.console import Console
from rich.table import Table

__all__ = ["WIDE", "has_room", "print_whole", "printer"]

WIDE = 200
"""Columns that a table may take where no terminal limits it."""
WIDEST = 500
"""Columns that a line fills, whatever a terminal is said to have."""


def printer(*, stderr: bool = False) -> Console:
    """Return the console that results are printed on, or what is told beside them."""
    console = Console(highlight=False, stderr=stderr)
    # Rich takes COLUMNS=0 at its word, where it says that the width is not known
    console.width = min(console.width or shutil.get_terminal_size().columns, WIDEST)
    console.soft_wrap = not console.is_terminal
    return console


def has_room(console: Console, table: Table) -> bool:
    """Whether no line of a table wraps, as none does but on a terminal that is narrower."""
    wanted = console.measure(table, options=console.options.update(width=WIDE)).maximum
    return not console.is_terminal or wanted <= console.width


def print_whole(console: Console, table: Table) -> None:
    """Print a table, which is never squeezed: where a terminal is narrower, its lines wrap."""
    width = console.width
    console.width = max(width, WIDE)
    console.print(table, crop=False)
    console.width = width
