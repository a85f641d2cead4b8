"""``mle-tui config``: where the configuration is, what it says, and what is wrong with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import click
from rich import box
from rich.table import Table
from rich.text import Text

from engine.experiments.assumptions import assumed
from engine.experiments.experiment import Experiment
from engine.settings import settings
from tui.commands.group import CommandGroup
from tui.configuration.config import Config, read_config
from tui.configuration.layers import EXPERIMENT, KEYS, TABLES, kinds_of
from tui.configuration.places import config_file
from tui.configuration.settings import Settings
from tui.keys.names import written
from tui.keys.remap import IDS, changes_of
from tui.texts.printing import print_whole, printer
from tui.texts.spelling import escaped

__all__ = ["config_command"]

FAULTY = 2
ALL = "Nothing is set: every setting has its default."


@click.group(
    "config",
    cls=CommandGroup,
    invoke_without_command=True,
    short_help="Show your settings, and check them.",
)
@click.pass_context
def config_command(ctx: click.Context) -> None:
    r"""Say where the configuration is, what it sets, and what is wrong with it.

    Flags go before the environment (MLE_TUI_THEME, MLE_TUI_KEYS_PRESET, …), that before
    mle-tui.toml in the working directory, and that before your own file.

    \b
    Examples:
      mle-tui config path
      mle-tui config show
      mle-tui config validate

    \b
    A file:
      theme = "mle-light"
      pace = "brisk"            # stage, brisk or flat-out
      mouse = false

    \b
      [experiment]              # where no experiment of its own is opened
      optimizer = "adam"
      patience = 200

    \b
      [keys]                    # actions by name: mle-tui list keys
      preset = "vim"
      restart = ["r", "ctrl+r"]

    With the preset vim, time goes along h and l, by tenths with ctrl+d and ctrl+u, and 0 and $
    go to its ends; in lists and pages j, k, ctrl+d, ctrl+u, g and G move. A colon opens the
    palette, / the help, and the backslash halves the rate.
    """
    if ctx.invoked_subcommand is None:
        raise click.UsageError("config needs to know: path, show or validate; try config --help.")


@config_command.command("path")
def path_command() -> None:
    r"""Print where your own file is, or would be.

    It need not exist. MLE_TUI_CONFIG names another one.

    \b
    Examples:
      mle-tui config path
      $EDITOR "$(mle-tui config path)"
    """
    click.echo(str(config_file()))


@config_command.command("show")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of objects.")
@click.pass_context
def show_command(ctx: click.Context, *, as_json: bool) -> None:
    r"""Print every setting with its value and where that comes from.

    Exits with 0, or with 2 after what is wrong, told on standard error.

    \b
    Examples:
      mle-tui config show
      MLE_TUI_THEME=nord mle-tui config show --json
    """
    config = read_config()
    rows = list(_rows(config))
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        _print(rows)
    ctx.exit(_complain(config))


@config_command.command("validate")
@click.pass_context
def validate_command(ctx: click.Context) -> None:
    r"""Say in a sentence each what is wrong with the configuration.

    Files and variables are read as the lab would here. Exits with 0 when all is well, with 2
    when something is not.

    \b
    Examples:
      mle-tui config validate
      MLE_TUI_CONFIG=new.toml mle-tui config validate
    """
    config = read_config()
    if not config.faults:
        number = len(config.entries)
        told = "1 setting is set" if number == 1 else f"{number} settings are set"
        click.echo(f"The configuration is well: {told}." if number else ALL)
    ctx.exit(_complain(config))


def _complain(config: Config) -> int:
    """Tell every fault on standard error; return the exit status."""
    for fault in config.faults:
        click.echo(f"mle-tui: {escaped(fault)}", err=True)
    return FAULTY if config.faults else 0


def _rows(config: Config) -> Iterator[dict[str, Any]]:
    """Every setting with its value and its source."""
    preset = config.entries.get(f"{KEYS}.preset")
    preset_keys = changes_of(preset.value if preset else "")
    suited = assumed(config.table(EXPERIMENT))
    for table in ("", *TABLES):
        for name in kinds_of(table):
            path = f"{table}.{name}" if table else name
            if entry := config.entries.get(path):
                yield {"name": path, "value": entry.value, "source": entry.source}
            elif table == KEYS and name in preset_keys and preset:
                told = f"preset {preset.value}, {preset.source}"
                yield {"name": path, "value": preset_keys[name], "source": told}
            else:
                yield {"name": path, "value": _default(table, name, suited), "source": "default"}


def _default(table: str, name: str, suited: Mapping[str, Any]) -> Any:
    """Return what holds where nothing is set; a method has a rate that suits it."""
    if table == KEYS:
        return IDS[name].keys if name in IDS else "default"
    if table == EXPERIMENT and name in suited:
        return suited[name]
    declaring = Experiment if table == EXPERIMENT else Settings
    return next(s.default for s in settings(declaring) if s.name == name)


def _print(rows: list[dict[str, Any]]) -> None:
    """Print a table; keys as help shows them."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in ("setting", "value", "from"):
        table.add_column(head, no_wrap=True)
    for row in rows:
        value = str(row["value"])
        if row["name"].startswith(f"{KEYS}."):
            value = "  ".join(written(key) for key in value.split(","))
        elif isinstance(row["value"], bool):
            value = value.lower()
        table.add_row(*(Text(each) for each in (row["name"], value, row["source"])))
    print_whole(printer(), table)
