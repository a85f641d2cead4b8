"""The command that a report names gives the same experiment, the same fit, again."""

import json
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.experiments.experiment import Experiment
from engine.presets import preset, presets
from tui.commands import run
from tui.commands.cli import run_command
from tui.commands.flags import with_flags
from tui.texts.command_line import fit_line, run_line

BASH = shutil.which("bash") or ""
VARIOUS: list[dict[str, Any]] = [
    {},
    {"start": {}},
    {"start": {"mean": -5.0, "variance": 1e-7}, "seed": 7, "validation": 0.0},
    {"family": "gamma", "n": 1000, "optimizer": "newton"},
    {"family": "gamma", "true": {"shape": 3.0, "rate": 0.1}, "fixed": {"rate": 0.1}},
    {"family": "normal-mixture", "components": 3, "n": 2000},
    {"family": "binomial", "trials": 12, "n": 200},
    {"family": "weibull", "data": "my lives.csv", "column": "=a|b"},
    {"data": "-x.csv", "validation": 0.25, "optimizer": "adam", "learning_rate": 0.1},
    {"optimizer": "adam", "settings": {"beta1": 0.8}, "schedule": "cosine"},
    {"rates": {"mean": 0.2}, "learning_rate": 1e-300},
]


def parsed(line: str) -> Experiment:
    """The experiment that a command line describes."""
    program, name, *words = shlex.split(line)
    assert (program, name) == ("mle-tui", "run")
    given = run.run_command.make_context("run", words).params
    for shown in (*run.SHOWN, "file", "preset_name"):
        given.pop(shown)
    return with_flags({}, given)


@pytest.mark.parametrize("values", VARIOUS, ids=str)
def test_a_run_s_command_describes_it(values: dict[str, Any]) -> None:
    experiment = Experiment.of(values)
    assert parsed(run_line(experiment)) == experiment


@pytest.mark.parametrize("name", list(presets()))
def test_every_preset_has_a_command(name: str) -> None:
    assert parsed(run_line(preset(name))) == preset(name)


def test_what_is_assumed_anyway_is_left_out() -> None:
    assert run_line(preset("article")) == "mle-tui run"
    experiment = Experiment.of({"family": "gamma", "seed": 3})
    assert run_line(experiment) == "mle-tui run --family gamma --seed 3"


@settings(max_examples=60)
@given(st.floats(-1e9, 1e9), st.floats(1e-9, 1e9), st.integers(0, 2**32 - 1), st.text(max_size=20))
def test_numbers_and_names_survive(mean: float, variance: float, seed: int, name: str) -> None:
    values = {"start": {"mean": mean, "variance": variance}, "seed": seed, "true": {}}
    experiment = Experiment.of({**values, "data": f"{name}.csv", "column": name})
    line = run_line(experiment)
    assert line.isprintable()
    if name.isprintable():
        assert parsed(line) == experiment


@pytest.mark.skipif(not BASH, reason="needs bash")
@pytest.mark.parametrize(
    "name", ["\x1b]52;c;aGk=\x07", "a\nb'\\$(x)`y`", "é\u202e\x00"[:2], "\x01f"]
)
def test_a_shell_reads_control_characters_back(name: str) -> None:
    line = run_line(Experiment.of({"data": name}))
    assert line.isprintable()
    shown = subprocess.run(
        [BASH, "-c", f'set -- {line.partition("--data ")[2]}; printf %s "$1"'],
        capture_output=True,
        check=True,
        env={"LC_ALL": "C.UTF-8"},
    )
    assert shown.stdout.decode() == name


def test_a_fit_s_command_has_what_the_run_says_of_its_sample() -> None:
    experiment = Experiment.of(
        {"family": "gamma", "data": "-l.csv", "column": "life", "fixed": {"rate": 0.5}, "seed": 3}
    )
    assert fit_line(experiment) == (
        "mle-tui fit ./-l.csv --family gamma --column life --fix rate=0.5"
    )
    assert fit_line(preset("article")) == ""
    binomial = Experiment.of({"family": "binomial", "trials": 10, "data": "k.csv"})
    assert fit_line(binomial) == "mle-tui fit k.csv --family binomial --trials 10"


@pytest.mark.parametrize(
    "words",
    [
        ["ball-bearings", "--family", "weibull", "--level", "0.9", "--intervals", "wald"],
        ["remissions", "--family", "weibull", "--truncate-below", "0.5", "--quantile", "0.9"],
        ["nickel", "--family", "gamma", "--fix", "shape=1.5", "--p-values", "--replicates", "99"],
        ["old-faithful", "--family", "normal-mixture", "--components", "2"],
    ],
    ids=lambda words: words[0],
)
def test_a_fit_s_own_command_gives_the_same_document(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "a.json", tmp_path / "a.md"
    assert run_command(["fit", *words, "--export", str(first), "--export", str(second)]) == 0
    line = second.read_text("utf-8").partition("```sh\n")[2].partition("\n```")[0]
    assert sorted(shlex.split(line)) == sorted(["mle-tui", "fit", *words])
    capsys.readouterr()
    assert run_command([*shlex.split(line)[1:], "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(first.read_text("utf-8"))
