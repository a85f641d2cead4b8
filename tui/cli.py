"""The command line: what is asked for, checked, and handed to the lab or the headless run."""

import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click

from engine import toml
from engine.capsule import InvalidCapsule, is_line, read_capsule
from engine.datasets import datasets
from engine.experiment import Experiment, InvalidExperiment
from engine.fields import Whole
from engine.files import UnreadableData, read_text
from engine.observations import bundled
from engine.presets import preset
from engine.quoting import harmless, quoted
from engine.tables import open_table
from engine.training import Training
from tui.export_flags import check_exports, export_flag
from tui.fit_command import fit_command
from tui.flags import Parsed, experiment_flags, with_flags
from tui.launch import launch
from tui.list_command import list_command
from tui.race_command import race_command
from tui.rank_command import rank_command
from tui.replay_command import replay_command

__all__ = ["cli", "run_command"]

USAGE, INTERRUPTED = 2, 130
MOST_TOLD = 20
"""Faults that are told of one experiment."""
SHOWN = ("every", "as_json", "per_observation", "exports")
"""Flags of a run that say what is shown of it, and where."""


EXAMPLES = """\b
Examples:
  mle-tui
  mle-tui heights.csv --column height
  mle-tui run --preset article --export report.html
  mle-tui fit ball-bearings --family weibull
"""


class _LabOrCommand(click.Group):
    """A group whose first word may be a file instead of a command: then the lab opens on it."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or take the first word for a file."""
        if args[0] not in self.commands and (args[0] == "-" or not args[0].startswith("-")):
            args = ["lab", *args]
        return super().resolve_command(ctx, args)

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command, of whose raw docstring click is to read the mark of fixed lines."""
        cmd.help = (cmd.help or "").replace("\\b\n", "\b\n")
        super().add_command(cmd, name)


@click.group(
    cls=_LabOrCommand,
    epilog=EXAMPLES,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(version("mle-tui"), prog_name="mle-tui")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """The terminal laboratory for maximum likelihood.

    Without a command it opens the lab on the article's experiment; with a file, on a saved
    experiment (TOML), on your own data (CSV, TSV, Parquet, - for standard input, or a bundled
    sample by name), or on a session that was kept (JSON). When standard output is not a
    terminal it runs the experiment and prints the report.
    """
    if ctx.invoked_subcommand is None:
        ctx.exit(_open(preset("article")))


@cli.command(hidden=True)
@click.argument("file")
@experiment_flags
@click.pass_context
def lab(ctx: click.Context, /, file: str, **given: Any) -> None:
    """Open the lab on a saved experiment, on data, or on a session that a capsule recorded.

    Data of which several columns hold numbers are shown to choose from.
    """
    if file.endswith(".json") or is_line(file):
        ctx.exit(_reopen(file))
    known = file and (file == "-" or file in datasets() or _exists(file) or Path(file).suffix)
    if not known:
        raise click.UsageError(f"{quoted(file)} is neither a command nor a file; try --help.")
    described = _described(file)
    if described.get("data") == file and sys.stdout.isatty() and _is_open(file, given):
        ctx.exit(launch(offered=file))
    ctx.exit(_open(with_flags(described, given)))


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
@click.argument("file", required=False, metavar="[EXPERIMENT.toml]")
@click.option("--preset", "preset_name", metavar="NAME", help="Begin with a preset's fields.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of text.")
@click.option(
    "--report-every",
    "every",
    type=Parsed("report-every", Whole(1, 10**9)),
    default=100,
    help="Epochs a row.",
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
    from tui.headless import run as run_headless  # noqa: PLC0415 - charts are not always needed

    if file is not None and preset_name:
        raise click.UsageError("--preset and an experiment's file exclude each other.")
    base: Mapping[str, Any] = {} if file is None else _described(file)
    if preset_name:
        base = preset(preset_name).to_mapping()
    shown = {name: given.pop(name) for name in SHOWN}
    check_exports(shown["exports"], steps=True)
    training = Training(with_flags(base, given))
    ctx.exit(run_headless(training, **shown))


cli.add_command(fit_command)
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
        raise UnreadableData(f"{quoted(file)} is not TOML: {fault}.") from None


def _reopen(given: str) -> int:
    """Open the lab on a recorded session, or without a terminal print its replay."""
    if not sys.stdout.isatty():
        return int(cli.main(["replay", given], prog_name="mle-tui", standalone_mode=False) or 0)
    return launch(capsule=read_capsule(given))


def _open(experiment: Experiment) -> int:
    """Open the lab, or without a terminal print the report: a demonstration, so that exits 0."""
    training = Training(experiment)
    if not sys.stdout.isatty():
        from tui.headless import run as run_headless  # noqa: PLC0415

        run_headless(training)
        return 0
    return launch(training)


def run_command(arguments: list[str]) -> int:
    """Run the command line; return its exit status, with one sentence for each fault."""
    try:
        status = cli.main(arguments, prog_name="mle-tui", standalone_mode=False)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except click.ClickException as fault:
        sentence = harmless(" ".join(fault.format_message().split()))
        click.echo(f"mle-tui: {sentence.rstrip('.')}.", err=True)
        return USAGE
    except (InvalidCapsule, InvalidExperiment, UnreadableData) as fault:
        sentences = str(fault).splitlines()
        for sentence in sentences[:MOST_TOLD]:
            click.echo(f"mle-tui: {harmless(sentence)}", err=True)
        if len(sentences) > MOST_TOLD:
            click.echo(f"mle-tui: {len(sentences) - MOST_TOLD:,} faults more.", err=True)
        return USAGE
    return status if isinstance(status, int) else 0
