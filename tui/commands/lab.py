"""The lab, opened on what is named on the command line."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from engine.capsules.capsule import is_line
from engine.datasets import datasets
from engine.experiments.experiment import Experiment
from engine.quoting import quoted_path
from engine.runs.training import Training
from engine.tables.cells import TRUTHS
from engine.tables.observations import bundled
from engine.tables.opening import open_table
from tui.commands.described import described
from tui.commands.flags import experiment_flags, with_flags
from tui.commands.lab_flags import lab_flags, lab_given
from tui.commands.reopening import reopen
from tui.configuration.config import settings_of
from tui.configuration.defaults import begun, under
from tui.configuration.settings import Settings
from tui.launch import has_screen, launch

__all__ = ["lab_command", "open_defaults"]


@click.command("lab", hidden=True)
@click.argument("file")
@lab_flags
@experiment_flags
@click.pass_context
def lab_command(ctx: click.Context, /, file: str, **given: Any) -> None:
    r"""Open the lab on a saved experiment, on data, or on a session that a capsule recorded.

    Data of which several columns hold numbers are shown to choose from. A file's fields go
    before those of your settings, and flags before both.

    \b
    Examples:
      mle-tui heights.csv --column height --family gamma
      mle-tui experiment-1.toml --learning-rate 0.5 --pace brisk
      mle-tui capsule-1.json --no-mouse
    """
    told = {name: value for name, value in lab_given(given).items() if value is not None}
    settings = settings_of({**ctx.obj, **told})
    if file.endswith(".json") or is_line(file):
        ctx.exit(reopen(file, settings))
    known = file and (file == "-" or file in datasets() or _exists(file) or Path(file).suffix)
    if not known:
        raise click.UsageError(f"{quoted_path(file)} is neither a command nor a file; try --help.")
    fields = described(file)
    if fields.get("data") == file and has_screen() and _is_open(file, given):
        ctx.exit(launch(offered=file, settings=settings))
    if fields.get("data") == file:
        fields = under(fields, settings.experiment)
    ctx.exit(_open(with_flags(fields, given, file), settings))


def _exists(file: str) -> bool:
    try:
        return Path(file).exists()
    except OSError:
        return False


def _is_open(file: str, given: Mapping[str, Any]) -> bool:
    """Whether it is for the user to say which of a file's columns is to be learned from."""
    if any(value not in (None, ()) for value in given.values()) or bundled(file):
        return False
    table = open_table(file)
    return sum(table.numeric) > 1 or any(cell.lower() in TRUTHS for cell in table.first)


def open_defaults(settings: Settings) -> int:
    """Open the lab on the experiment that it begins with, or run that where there is no screen."""
    return _open(begun({}, settings.experiment), settings)


def _open(experiment: Experiment, settings: Settings) -> int:
    """Open the lab, or without a terminal print the report: a demonstration, so that exits 0."""
    training = Training(experiment)
    if not has_screen():
        from tui.commands.headless import run as run_headless  # noqa: PLC0415

        run_headless(training, every=settings.report_every)
        return 0
    return launch(training, settings=settings)
