"""The command line: what it prints, where, and with what it exits."""

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.experiments.experiment import Experiment
from engine.presets import preset
from engine.runs.training import Training
from tui.commands.cli import run_command

ARTICLE = json.loads((Path(__file__).parents[1] / "data" / "article.json").read_text("utf-8"))


def mle_tui(*arguments: str, **kwargs: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-W", "error", "-m", "tui", *arguments],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        **kwargs,
    )


def test_without_a_terminal_the_preset_runs_and_exits_with_0() -> None:
    ran = mle_tui(stdin=subprocess.DEVNULL)
    assert ran.returncode == 0
    assert "0.01536817" in ran.stdout
    assert "\x1b" not in ran.stdout
    assert "Training on 80,000 values" in ran.stderr


def test_the_articles_rows_charts_and_report_are_printed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run_command(["run", "--preset", "article"]) == 1
    printed = capsys.readouterr().out
    words = [line.split() for line in printed.splitlines()]
    for row in ARTICLE["rows"]:
        cells = [
            str(row["epoch"]),
            f"{row['train_log_likelihood']:.2f}",
            f"{row['validation_log_likelihood']:.2f}",
            f"{row['mean']:.4f}",
            f"{row['variance']:.4f}",
        ]
        assert cells in words
    assert "log-likelihood   ━ training   ╍ validation" in printed
    assert "density   ┈ initial   ╍ true   ━ fitted" in printed
    for number in ("7.202707", "7.854133", "7.218075", "7.836873", "0.01726031", "0.00989772"):
        assert number in printed


def test_json_is_one_document_of_full_precision(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["run", "--preset", "article", "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert set(document) == {"experiment", "rows", "stop", "report"}
    assert Experiment.of(document["experiment"]) == preset("article")
    assert [row["epoch"] for row in document["rows"]] == list(range(100, 10_001, 100))
    assert set(document["rows"][0]) == {
        "epoch",
        "train_log_likelihood",
        "validation_log_likelihood",
        "parameters",
        "gradient_norm",
        "learning_rate",
    }
    assert document["stop"]["epoch"] == 10_000
    assert document["stop"]["converged"] is False
    assert document["report"]["target"] == {"mean": 7.2, "variance": 7.84}
    assert round(document["report"]["errors"]["variance"], 8) == ARTICLE["errors"]["variance"]


def test_rows_come_as_often_as_asked_and_the_last_always(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run_command(["run", "--epochs", "25", "--report-every", "10", "--json"])
    document = json.loads(capsys.readouterr().out)
    assert [row["epoch"] for row in document["rows"]] == [10, 20, 25]


def test_flags_lie_over_the_preset(capsys: pytest.CaptureFixture[str]) -> None:
    flags = ["--start", "mean=5", "--n", "500", "--learning-rate", "0.5", "--true", "variance=2"]
    run_command(["run", "--preset", "article", *flags, "--epochs", "3", "--json"])
    experiment = json.loads(capsys.readouterr().out)["experiment"]
    assert experiment["start"] == {"mean": 5.0, "variance": 1.0}
    assert experiment["true"] == {"mean": 7.2, "variance": 2.0}
    assert (experiment["n"], experiment["learning_rate"]) == (500, 0.5)


def test_an_experiments_file_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(Experiment(seed=7, epochs=40).to_toml(), "utf-8")
    assert run_command(["run", str(path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["experiment"]["seed"] == 7


def test_own_data_are_fitted_to_their_maximum(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "lengths.csv"
    path.write_text("id,length\na,1.5e6\nb,2.5e6\nc,7.5e6\n", "utf-8")
    assert run_command(["run", "--data", str(path), "--column", "length", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["stop"]["converged"] is True
    assert document["report"]["target"] is None
    assert document["rows"][0]["validation_log_likelihood"] is None
    estimate, best = document["report"]["estimate"], document["report"]["sample_mle"]
    assert estimate["mean"] == pytest.approx(best["mean"], rel=1e-6)
    assert estimate["variance"] == pytest.approx(best["variance"], rel=1e-5)


@pytest.mark.parametrize(
    ("name", "best"),
    [("ball-bearings", 2.1021), ("nist-units", 1.7208)],
)
def test_a_bundled_sample_is_run_by_its_name(
    name: str, best: float, capsys: pytest.CaptureFixture[str]
) -> None:
    fields = ["--data", name, "--family", "weibull", "--optimizer", "newton"]
    assert run_command(["run", *fields, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["report"]["estimate"]["shape"] == pytest.approx(best, abs=1e-4)
    assert document["experiment"]["truncate_below"] is None


def test_a_bundled_sample_is_opened_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["ball-bearings"]) == 0
    assert "results" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["run", "--data"], ["fit", "--family", "normal"], ["rank"]])
def test_missing_values_are_told_and_left_out(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("who;x\na;1,5\nb;\nc;2,25\nd;NA\ne;4\nf;5,5\n", "utf-8")
    assert run_command([*command, str(path), "--json"]) == 0
    printed = capsys.readouterr()
    assert "2 values are missing in column 'x' of '" in printed.err
    assert "left out: rows 3, 5." in printed.err
    assert json.loads(printed.out)


def test_how_a_file_is_written_can_be_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("2020|2021\n1,500|1\n2,500|2\n4,500|2\n", "latin-1")
    told = ["--decimal", ",", "--delimiter", "|", "--header", "yes", "--encoding", "latin-1"]
    fit = ["fit", str(path), "--family", "normal", "--column", "2020", *told, "--json"]
    assert run_command(fit) == 0
    estimates = json.loads(capsys.readouterr().out)["estimates"]
    assert estimates["mean"]["value"] == pytest.approx(8.5 / 3)


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["run", "--n", "x"], "--n must be a whole number"),
        (["run", "--validation", "1"], "--validation must be a number"),
        (["run", "--family", "nix"], "--family must be one of normal"),
        (["run", "--start", "median=1"], "start.median is not a parameter of normal"),
        (["run", "--start", "variance=0"], "start.variance must be a number above 0"),
        (["run", "--start", "mean"], "--start must be NAME=NUMBER"),
        (["run", "--preset", "nix"], "preset must be one of another-seed, article"),
        (["run", "--nix"], "--nix"),
        (["run", "missing.toml"], "'missing.toml' cannot be read"),
        (["run", "--data", "missing.csv"], "'missing.csv' cannot be read"),
        (["run", "--report-every", "0"], "--report-every"),
        (["run", "--weights", "w"], "weights needs a data file"),
        (["fit", "ball-bearings", "--family", "gamma", "--decimal", "x"], "--decimal must be one"),
        (["nix"], "'nix' is neither a command nor a file"),
        (["run", "--data", "\x1b[2J.csv"], r"'\x1b[2J.csv' cannot be read"),
    ],
)
def test_a_fault_is_one_sentence_and_exits_with_2(
    arguments: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert named in printed.err
    assert len(printed.err.splitlines()) == 1
    assert "\x1b" not in printed.err
    assert "Traceback" not in printed.err


def test_a_run_that_is_refused_prints_no_heads(capsys: pytest.CaptureFixture[str]) -> None:
    held = ["--data", "ten-points", "--fixed", "variance=2.3e-308"]
    assert run_command(["run", *held]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "held at 2.3e-308 the guessed start has no finite log-likelihood" in printed.err


def test_a_run_that_diverges_in_its_first_epoch_is_reported(
    capsys: pytest.CaptureFixture[str],
) -> None:
    wild = ["--data", "ten-points", "--batch", "1", "--learning-rate", "500", "--epochs", "5"]
    assert run_command(["run", *wild]) == 1
    printed = capsys.readouterr().out
    assert "The steps diverged after epoch 0: the estimate there is 1.4" in printed
    assert not printed.startswith("   epoch")


@pytest.mark.parametrize("what", ["families", "optimizers", "schedules", "presets", "datasets"])
def test_lists_are_objects_with_a_name(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["list", what, "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert all(entry["name"] for entry in listed)
    assert run_command(["list", what]) == 0
    printed = capsys.readouterr().out
    assert all(entry["name"] in printed for entry in listed)


def test_families_are_listed_with_their_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    run_command(["list", "families", "--json"])
    normal, *others = json.loads(capsys.readouterr().out)
    support = {each["name"]: each["support"] for each in others}
    assert support["binomial"] == "whole numbers 0 to the number of trials"
    assert [p["name"] for p in normal["parameters"]] == ["mean", "variance"]
    assert set(normal["parameters"][0]) == {"name", "symbol", "domain", "meaning"}
    assert normal["support"]


def test_a_closed_pipe_ends_silently() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "run", "--report-every", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    told = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait() != 0
    assert "Traceback" not in told
    assert "Error" not in told


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"], ["--version"]])
def test_help_and_version_are_printed(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(arguments) == 0
    assert "mle-tui" in capsys.readouterr().out


def test_the_headless_rows_are_the_plain_steps_to_the_last_bit(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run_command(["run", "--epochs", "30", "--report-every", "1", "--json"])
    rows = json.loads(capsys.readouterr().out)["rows"]
    steps = list(Training(Experiment(epochs=30)))
    assert [
        (row["train_log_likelihood"], row["validation_log_likelihood"], *row["parameters"].values())
        for row in rows
    ] == [
        (before.train, before.validation, *after.parameters)
        for before, after in itertools.pairwise(steps)
    ]


@pytest.mark.parametrize("command", ["run", "race"])
def test_a_mixture_is_told_with_its_last_weight(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--data", "old-faithful", "--family", "normal-mixture", "--optimizer", "em"]
    if command == "race":
        asked[-2:] = ["--optimizers", "em,newton"]
    assert run_command([command, *asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    found = told["report"]["estimate"] if command == "run" else told["lanes"][0]["parameters"]
    assert found["weight_2"] == pytest.approx(1.0 - found["weight_1"], rel=1e-12)
    if command == "run":
        assert told["rows"][-1]["parameters"]["weight_2"] == found["weight_2"]
        assert set(told["report"]["errors"]) == set(found)
        assert run_command([command, *asked]) == 0
        assert "The estimate's weight_2 is 0.639114." in capsys.readouterr().out


def test_a_fault_of_an_experiment_s_file_names_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "steep.toml"
    path.write_text("learning_rate = -1\nn = 500\nepochs = 3\n", "utf-8")
    assert run_command(["run", str(path)]) == 2
    told = capsys.readouterr().err
    assert "steep.toml': learning_rate must be a number above 0" in told
    assert run_command(["run", str(path), "--learning-rate", "0.1"]) == 1
    path.write_text("famly = 'gamma'\n", "utf-8")
    assert run_command(["run", str(path)]) == 2
    assert "steep.toml': famly is not a field." in capsys.readouterr().err
