"""Names and cells that would move cursors, write to clipboards or be taken for markup."""

from pathlib import Path

__all__ = ["CELLS", "COLUMNS", "NAME", "faults", "write_hostile"]

NAME = "e\x1b]52;c;ZXZpbA==\x07[red]v\u202e[@click=app.quit]\x9b77771mi\u200b[$l.csv"
COLUMNS = (
    "who\x1b]52;c;ZXZpbDI=\x07",
    "[/]",
    "a\x1b[77772mb",
    "[@click=app.quit]go",
    "\u202edrowkcab",
    "z\u200bw\u2066",
    "\x9b77773m\x85",
    "\x1b[?77774l\x1b_G\x1b\\",
)
CELLS = (
    "\x1b]52;c;ZXZpbDM=\x07",
    "[/]",
    "\x1b[?77775h",
    "\x1bP77776q\x1b\\",
    "\x9b77777m",
    "\x9d52;c;ZXZpbDQ=\x9c",
    "[bold]x[/bold]",
    "\u202eabc\u2069\ufeff",
    "\x07\x08\x7f",
    "--help",
)
MARKS = ("ZXZpbA", "ZXZpbDI", "ZXZpbDM", "ZXZpbDQ", *(f"{77771 + i}" for i in range(7)))
"""What stands behind each control sequence, and behind nothing else."""
HIDDEN = {*map(chr, range(0x80, 0xA0)), "\u200b", "\u202e", "\u2066", "\u2069", "\ufeff", "\x7f"}
"""Characters that no screen should be sent: the C1 set, and those that hide or turn others."""
LEADING = ("\x1b]52;c;", "\x1b[", "\x1b[?", "\x1bP", "\x9b", "\x9d52;c;")


def write_hostile(folder: Path) -> Path:
    """Write a table with hostile names and texts, in which only the numbers are sound."""
    path = folder / NAME
    rows = [",".join(COLUMNS)]
    for i in range(30):
        cell = CELLS[i % len(CELLS)]
        numbers = (2 + i % 7 * 1.25 + i / 16, 1 + i % 3, 1, i + 0.5, i + 0.5, i, i * i)
        rows.append(",".join([f'"{cell}"', *map(str, numbers)]))
    path.write_bytes(("\n".join(rows) + "\n").encode())
    return path


def faults(text: str) -> list[str]:
    """List what of the table stands in a text as it is: its sequences, and hidden characters."""
    begun = [f"{lead}{mark}" for mark in MARKS for lead in LEADING if f"{lead}{mark}" in text]
    return [ascii(each) for each in [*begun, *sorted(HIDDEN & set(text))]]
