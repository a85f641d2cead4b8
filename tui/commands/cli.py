"""The command line: what is asked for, checked, and handed to the lab or the headless run."""

from typing import Any

import click

from engine.quoting import harmless, quoted
from engine.refusal import Refusal
from tui.commands.ascii_flag import ascii_flag
from tui.commands.group import HELP, LabOrCommand
from tui.commands.lab_flags import lab_flags, lab_given
from tui.commands.manual import EPILOG
from tui.configuration.config import log_level, settings_of
from tui.terminal.journal import LOG, begin_log, tell_ended
from tui.texts.spelling import escaped

__all__ = ["cli", "run_command"]

USAGE, INTERRUPTED = 2, 130
COMMANDS = (
    *("run", "fit", "rank", "race", "replay", "lab", "lesson"),
    *("list", "config", "doctor", "completion"),
)
MOST_TOLD = 20
"""Faults that are told of one experiment."""


@click.group(
    cls=LabOrCommand,
    apart={name: f"tui.commands.{name}" for name in COMMANDS},
    epilog=EPILOG,
    invoke_without_command=True,
    context_settings={"help_option_names": HELP, "max_content_width": 100},
)
@click.version_option(package_name="mle-tui", prog_name="mle-tui")
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
        command = cli.get_command(ctx, name)
        has = command and any(told[0] == each.name for each in command.params)
        instead = f"that of {name} is told behind it" if has else f"{name} has none"
        raise click.UsageError(f"--{told[0]} is of the lab; {instead}.")
    if ctx.invoked_subcommand is None:
        from tui.commands.lab import open_defaults  # noqa: PLC0415 - heavy, as all commands
        from tui.commands.reopening import resume_session  # noqa: PLC0415

        ctx.exit((resume_session if resume else open_defaults)(settings_of(ctx.obj)))


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
        sentence = escaped(harmless(" ".join(fault.format_message().split())))
        end = "" if sentence.rstrip(")").endswith("?") else "."
        click.echo(f"mle-tui: {sentence.rstrip('.')}{end}", err=True)
        return USAGE
    except Refusal as fault:
        sentences = str(fault).splitlines()
        for sentence in sentences[:MOST_TOLD]:
            click.echo(f"mle-tui: {escaped(harmless(sentence))}", err=True)
        if len(sentences) > MOST_TOLD:
            click.echo(f"mle-tui: {len(sentences) - MOST_TOLD:,} faults more.", err=True)
        return USAGE
    return status if isinstance(status, int) else 0
