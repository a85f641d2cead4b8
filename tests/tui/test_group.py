"""Commands are imported where they are needed, and no sooner."""

import subprocess
import sys

import click
import pytest

from tui.commands.cli import cli

LOADED = """
import sys
from tui.commands.cli import run_command
run_command({words!r})
print(*sys.modules, file=sys.stderr)
"""


def loaded(*words: str) -> set[str]:
    """Modules that a command line imports."""
    code = LOADED.format(words=list(words))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return set(done.stderr.split())


@pytest.mark.parametrize(
    ("words", "spared"),
    [
        (("--version",), {"numpy", "rich", "textual", "engine.experiments.experiment"}),
        (("fit", "nickel", "--family", "normal"), {"textual", "tui.commands.rank"}),
        (("rank", "nickel", "--json"), {"textual", "plotext"}),
        (("list", "families", "--json"), {"tui.commands.fit", "engine.runs.training"}),
    ],
)
def test_a_command_does_without_what_others_need(words: tuple[str, ...], spared: set[str]) -> None:
    assert loaded(*words) & spared == set()


def test_every_command_is_where_it_is_said_to_be() -> None:
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        assert command.name == name
    assert cli.get_command(context, "cli") is None
