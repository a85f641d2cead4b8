"""Shells complete commands, flags and names; every command's help is a page with examples."""

import os
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.shell_completion import ShellComplete

from engine.datasets import datasets
from engine.distributions import FAMILIES
from engine.optimizers import OPTIMIZERS
from engine.presets import presets
from tui.commands.cli import cli, run_command

COMPLETE = ShellComplete(cli, {}, "mle-tui", "_MLE_TUI_COMPLETE")


def offered(*words: str) -> list[str]:
    """What is offered for the last word."""
    return [each.value for each in COMPLETE.get_completions(list(words[:-1]), words[-1])]


def commands(group: click.Group = cli, *path: str) -> Iterator[tuple[str, ...]]:
    """Every command there is, by its words."""
    for name in group.list_commands(context := click.Context(group)):
        command = group.get_command(context, name)
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("do",), ["do", "doctor"]),
        (("ni",), ["ni", "nist-units", "nickel"]),
        (("config", ""), ["path", "show", "validate"]),
        (("fit", "ball"), ["ball", "ball-bearings"]),
        (("fit", "nickel", "--family", ""), list(FAMILIES)),
        (("fit", "nickel", "--family", "wei"), ["weibull"]),
        (("run", "--optimizer", ""), list(OPTIMIZERS)),
        (("run", "--data", "sea"), ["sea", "sea-levels"]),
        (("run", "--preset", ""), list(presets())),
        (("race", "--optimizers", "adam,new"), ["adam,newton"]),
        (("race", "--optimizers", "adam,ada"), ["adam,adagrad", "adam,adadelta"]),
        (("nickel", "--fam"), ["--family"]),
        (("--pace", ""), ["stage", "brisk", "flat-out"]),
        (("completion", ""), ["bash", "zsh", "fish"]),
    ],
)
def test_what_is_offered(words: tuple[str, ...], expected: list[str]) -> None:
    assert offered(*words) == expected


def test_samples_and_files_are_offered_for_data() -> None:
    items = COMPLETE.get_completions(["rank"], "")
    assert [item.value for item in items[1:]] == list(datasets())
    assert items[0].type == "file"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_calls_the_program(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["completion", shell]) == 0
    told = capsys.readouterr().out
    assert f"_MLE_TUI_COMPLETE={shell}_complete" in told
    assert "mle-tui" in told


def test_the_program_answers_a_shell() -> None:
    asked = {
        "_MLE_TUI_COMPLETE": "bash_complete",
        "COMP_WORDS": "mle-tui fit nic",
        "COMP_CWORD": "2",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tui"],
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == ["file,nic", "plain,nickel"]
    assert done.stderr == ""


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_is_a_page_with_examples(
    words: tuple[str, ...], flag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["nickel"] if words == ("lab",) else list(words)
    assert run_command([*given, flag]) == 0
    told = capsys.readouterr().out
    examples = told.partition("Examples:")[2].splitlines()
    assert "mle-tui" in examples[1]
    assert len(told.partition("Options:")[0].split()) > 25
    assert "\\b" not in told
    assert "\b" not in told


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["--version"]) == 0
    assert capsys.readouterr().out.startswith("mle-tui, version 0.")
