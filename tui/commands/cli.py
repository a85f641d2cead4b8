"""The command line: what is asked for, checked, and handed to the lab or the headless run."""

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from engine import toml
from engine.capsules.capsule import InvalidCapsule, is_line
from engine.datasets import datasets
from engine.experiments.experiment import Experiment, InvalidExperiment
from engine.fields import Whole
from engine.files import UnreadableData, read_text
from engine.presets import preset
from engine.quoting import harmless, quoted, quoted_path
from engine.runs.training import Training
from engine.tables.observations import bundled
from engine.tables.opening import open_table
from tui.commands.ascii_flag import ascii_flag
from tui.commands.completing import complete_file
from tui.commands.completion import completion_command
from tui.commands.config import config_command
from tui.commands.doctor import doctor_command
from tui.commands.export_flags import check_exports, export_flag
from tui.commands.fit import fit_command
from tui.commands.flags import Parsed, experiment_flags, preset_flag, with_flags
from tui.commands.group import HELP, LabOrCommand
from tui.commands.lab_flags import lab_flags, lab_given
from tui.commands.lesson import lesson_command
from tui.commands.list import list_command
from tui.commands.manual import EPILOG
from tui.commands.race import race_command
from tui.commands.rank import rank_command
from tui.commands.reopening import reopen, resume_session
from tui.commands.replay import replay_command
from tui.configuration.config import InvalidConfig, log_level, settings_of
from tui.configuration.defaults import begun, under
from tui.configuration.settings import Settings
from tui.launch import has_screen, launch
from tui.lessons.catalogue import InvalidLesson
from tui.terminal.journal import LOG, begin_log, tell_ended

__all__ = ["cli", "run_command"]

USAGE, INTERRUPTED = 2, 130
REFUSALS = (InvalidCapsule, InvalidConfig, InvalidExperiment, InvalidLesson, UnreadableData)
"""What is told in a sentence, for it is in what was given."""
MOST_TOLD = 20
"""Faults that are told of one experiment."""
SHOWN = ("every", "as_json", "per_observation", "exports")
"""Flags of a run that say what is shown of it, and where."""


@click.group(
    cls=LabOrCommand,
    epilog=EPILOG,
    invoke_without_command=True,
    context_settings={"help_option_names": HELP, "max_content_width": 100},
)
@click.version_option(version("mle-tui"), prog_name="mle-tui")
@click.option("--resume", is_flag=True, help="Go on with the last session.")
@lab_flags
@ascii_flag
@click.pass_context
def cli(ctx: click.Context, /, *, resume: bool, **given: Any) -> None:
    """The terminal laboratory for maximum likelihood.

    Without a command it opens the lab on the article's experiment; with a file, on a saved
    experiment (TOML), on your own data (CSV, TSV, Parquet, - for standard input, or a bundled
    sample by name), or on a session that was kept (JSON). When standard output is not a
    terminal it runs the experiment and prints the report.
    """
    ctx.obj = lab_given(given)
    told = [name for name, value in ctx.obj.items() if value is not None]
    if resume and ctx.invoked_subcommand is not None:
        raise click.UsageError("--resume goes on with the last session, and nothing else.")
    if told and ctx.invoked_subcommand not in (None, "lab", "lesson"):
        name = ctx.invoked_subcommand or ""
        has = any(told[0] == each.name for each in cli.commands[name].params)
        instead = f"that of {name} is told behind it" if has else f"{name} has none"
        raise click.UsageError(f"--{told[0]} is of the lab; {instead}.")
    if ctx.invoked_subcommand is None:
        settings = settings_of(ctx.obj)
        ctx.exit(
            resume_session(settings) if resume else _open(begun({}, settings.experiment), settings)
        )


@cli.command(hidden=True)
@click.argument("file")
@lab_flags
@experiment_flags
@click.pass_context
def lab(ctx: click.Context, /, file: str, **given: Any) -> None:
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
    described = _described(file)
    if described.get("data") == file and has_screen() and _is_open(file, given):
        ctx.exit(launch(offered=file, settings=settings))
    if described.get("data") == file:
        described = under(described, settings.experiment)
    ctx.exit(_open(with_flags(described, given), settings))


def _exists(file: str) -> bool:
    try:
        return Path(file).exists()
    except OSError:
        return False


def _is_open(file: str, given: Mapping[str, Any]) -> bool:
    """Whether it is for the user to say which of a file's columns is to be learned from."""
    if any(value not in (None, ()) for value in given.values()) or bundled(file):
        return False
    return sum(open_table(file).numeric) > 1


@cli.command()
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
def run(ctx: click.Context, /, file: str | None, preset_name: str | None, **given: Any) -> None:
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
    base: Mapping[str, Any] = settings.experiment if file is None else _described(file)
    if preset_name:
        base = preset(preset_name).to_mapping()
    shown = {name: given.pop(name) for name in SHOWN}
    shown["every"] = shown["every"] or settings.report_every
    check_exports(shown["exports"])
    training = Training(with_flags(base, given))
    ctx.exit(run_headless(training, **shown))


cli.add_command(completion_command)
cli.add_command(config_command)
cli.add_command(doctor_command)
cli.add_command(fit_command)
cli.add_command(lesson_command)
cli.add_command(list_command)
cli.add_command(race_command)
cli.add_command(rank_command)
cli.add_command(replay_command)


def _described(file: str) -> dict[str, Any]:
    """Return the fields that a file describes: an experiment's own, or data to learn from."""
    if not file:
        raise UnreadableData("The name of the file is empty.")
    if not file.endswith(".toml"):
        return {"data": file}
    try:
        return toml.loads(read_text(file))
    except UnreadableData:
        raise
    except ValueError as fault:
        raise UnreadableData(f"{quoted_path(file)} is not TOML: {fault}.") from None


def _open(experiment: Experiment, settings: Settings) -> int:
    """Open the lab, or without a terminal print the report: a demonstration, so that exits 0."""
    training = Training(experiment)
    if not has_screen():
        from tui.commands.headless import run as run_headless  # noqa: PLC0415

        run_headless(training, every=settings.report_every)
        return 0
    return launch(training, settings=settings)


def run_command(arguments: list[str]) -> int:
    """Run the command line; return its exit status, with one sentence for each fault."""
    begin_log(log_level(), quoted(" ".join(arguments)))
    try:
        return tell_ended(_run(arguments))
    except Exception:
        LOG.exception("fault")
        raise


def _run(arguments: list[str]) -> int:
    try:
        status = cli.main(arguments, prog_name="mle-tui", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as fault:
        sentence = harmless(" ".join(fault.format_message().split()))
        click.echo(f"mle-tui: {sentence.rstrip('.')}.", err=True)
        return USAGE
    except REFUSALS as fault:
        sentences = str(fault).splitlines()
        for sentence in sentences[:MOST_TOLD]:
            click.echo(f"mle-tui: {harmless(sentence)}", err=True)
        if len(sentences) > MOST_TOLD:
            click.echo(f"mle-tui: {len(sentences) - MOST_TOLD:,} faults more.", err=True)
        return USAGE
    return status if isinstance(status, int) else 0
