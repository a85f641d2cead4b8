"""``mle-tui run``: an experiment without a screen."""

from collections.abc import Mapping
from typing import Any

import click

from engine.fields import Whole
from engine.presets import preset
from engine.runs.training import Training
from tui.commands.completing import complete_file
from tui.commands.described import described
from tui.commands.export_flags import check_exports, export_flag
from tui.commands.flags import experiment_flags, preset_flag, with_flags
from tui.commands.parsed import Parsed
from tui.configuration.config import settings_of

__all__ = ["SHOWN", "run_command"]

SHOWN = ("every", "as_json", "per_observation", "exports")
"""Flags of a run that say what is shown of it, and where."""


@click.command("run")
@click.argument("file", required=False, metavar="[EXPERIMENT.toml]", shell_complete=complete_file)
@preset_flag
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of text.")
@click.option(
    "--report-every",
    "every",
    type=Parsed("report-every", Whole(1, 10**9)),
    default=None,
    help="Epochs a row (100, or as configured).",
)
@click.option("--per-observation", is_flag=True, help="Divide log-likelihoods by n.")
@export_flag
@experiment_flags
@click.pass_context
def run_command(
    ctx: click.Context, /, file: str | None, preset_name: str | None, **given: Any
) -> None:
    r"""Run an experiment without a screen: progress rows, both charts, the report.

    Exits with 0 when the estimate is the maximum, 1 when it is not.

    \b
    Examples:
      mle-tui run --preset article
      mle-tui run --learning-rate 0.5 --start mean=5 --start variance=4
      mle-tui run --data heights.csv --column height --json
      mle-tui run --export report.html --export steps.tape.csv
    """
    from tui.commands.headless import run as run_headless  # noqa: PLC0415 - charts are not always needed

    if file is not None and preset_name:
        raise click.UsageError("--preset and an experiment's file exclude each other.")
    settings = settings_of()
    base: Mapping[str, Any] = settings.experiment if file is None else described(file)
    if preset_name:
        base = preset(preset_name).to_mapping()
    shown = {name: given.pop(name) for name in SHOWN}
    shown["every"] = shown["every"] or settings.report_every
    check_exports(shown["exports"])
    training = Training(with_flags(base, given, file))
    ctx.exit(run_headless(training, **shown))
