"""``--export FILE``: what a command found, in files whose names say in which format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.quoting import quoted_path
from tui.commands.completing import complete_file
from tui.saving import save_as
from tui.texts.spelling import escaped

if TYPE_CHECKING:
    from tui.exports.findings import Findings

__all__ = ["check_exports", "export_flag", "write_exports"]


def export_flag(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the flag."""
    return click.option(
        "--export",
        "exports",
        multiple=True,
        metavar="FILE",
        shell_complete=complete_file,
        help="Write a new file too: .md, .html, .json, .csv (estimates), .tape.csv (every step "
        "that a tape keeps) or .svg (repeatable).",
    )(command)


def check_exports(names: Sequence[str], *, stepless: str = "") -> None:
    """Refuse a file that could not be written, before anything is computed.

    UsageError where its end says no format, where there is such a file, or no such folder.
    ``stepless`` is what is computed where that has no steps to write.
    """
    from tui.exports import EXPORTS, export_for  # noqa: PLC0415 - charts are not always needed

    for name in names:
        wanted, place = export_for(name), Path(name)
        if wanted is None:
            ends = ", ".join(each.suffix for each in EXPORTS)
            raise click.UsageError(f"--export: {quoted_path(name)} must end in one of {ends}.")
        if wanted.stepwise and stepless:
            raise click.UsageError(
                f"--export: {quoted_path(name)}: {stepless} has no steps to write."
            )
        if place.exists() or place.is_symlink():
            raise click.UsageError(f"--export: {quoted_path(name)} exists; it is not written over.")
        if not place.parent.is_dir():
            raise click.UsageError(f"--export: {quoted_path(name)}: there is no such folder.")
    if len(set(names)) < len(names):
        raise click.UsageError("--export names a file twice.")


def write_exports(names: Sequence[str], gather: Callable[[], Findings]) -> None:
    """Write the files, if there are to be any, and tell on standard error where they are."""
    if not names:
        return
    from tui.exports import export_for  # noqa: PLC0415 - charts are not always needed

    found = gather()
    for name in names:
        try:
            if (wanted := export_for(name)) is not None:
                save_as(Path(name), wanted.write(found))
                click.echo(escaped(f"Wrote {quoted_path(name)}."), err=True)
        except OSError as fault:
            told = f"--export: {quoted_path(name)} cannot be written: {fault.strerror}."
            raise click.UsageError(told) from None
