"""``mle-tui fit``: a table for people, a document for scripts, a sentence for faults."""

import json
from pathlib import Path

import pytest

from tui.cli import run_command

GAMMA = ("--family", "gamma", "--column", "life")
LIVES = (3, 5, 7, 18, 43, 85, 91, 98, 100, 130, 230, 487)


@pytest.fixture
def lives(tmp_path: Path) -> str:
    path = tmp_path / "lives.csv"
    rows = "\n".join(f"a,{life},{1 + life % 2}" for life in LIVES)
    path.write_text(f"unit,life,count\n{rows}\n", "utf-8")
    return str(path)


def fitted(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:  # type: ignore[type-arg]
    assert run_command(["fit", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)  # type: ignore[no-any-return]


def test_the_document_is_as_the_contract_says(
    lives: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = fitted(capsys, lives, "--family", "gamma", "--column", "life")
    assert list(told) == [
        "family",
        "n",
        "weight_total",
        "censored",
        "estimates",
        "covariance",
        "log_likelihood",
        "aic",
        "aicc",
        "bic",
        "converged",
        "verdict",
        "score_in_standard_errors",
        "evaluations",
        "goodness_of_fit",
    ]
    assert (told["family"], told["n"], told["weight_total"]) == ("gamma", 12, 12.0)
    shape = told["estimates"]["shape"]
    assert shape["value"] == pytest.approx(0.7064931748043, rel=1e-9)
    assert shape["standard_error"] == pytest.approx(0.24597173, rel=1e-6)
    assert shape["wald"][0] < shape["value"] < shape["profile"][1]
    assert shape["bootstrap"] is None
    assert told["log_likelihood"] == pytest.approx(-67.6454245558019, rel=1e-11)
    assert set(told["goodness_of_fit"]) == {"ks", "cvm", "ad"}


def test_weights_count(lives: str, capsys: pytest.CaptureFixture[str]) -> None:
    flags = ("--family", "exponential", "--column", "life", "--weights", "count")
    told = fitted(capsys, lives, *flags)
    counts = [1 + life % 2 for life in LIVES]
    total = sum(life * count for life, count in zip(LIVES, counts, strict=True))
    assert told["weight_total"] == sum(counts)
    assert told["estimates"]["rate"]["value"] == pytest.approx(sum(counts) / total, rel=1e-12)


def test_a_parameter_is_fixed(lives: str, capsys: pytest.CaptureFixture[str]) -> None:
    flags = ("--family", "gamma", "--column", "life", "--fix", "shape=1")
    told = fitted(capsys, lives, *flags)
    assert told["estimates"]["shape"]["fixed"] is True
    assert told["estimates"]["shape"]["value"] == 1.0
    assert told["estimates"]["shape"]["profile"] is None
    assert told["estimates"]["rate"]["value"] == pytest.approx(len(LIVES) / sum(LIVES), rel=1e-9)


def test_only_the_intervals_asked_for_are_had(
    lives: str, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = ("--family", "exponential", "--column", "life", "--intervals", "bootstrap")
    told = fitted(capsys, lives, *flags, "--seed", "3")
    rate = told["estimates"]["rate"]
    assert (rate["wald"], rate["profile"]) == (None, None)
    assert rate["bootstrap"][0] < rate["value"] < rate["bootstrap"][1]
    assert fitted(capsys, lives, *flags, "--seed", "3") == told


def test_the_table_is_for_people(lives: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["fit", lives, "--family", "gamma", "--column", "life"]) == 0
    printed = capsys.readouterr().out
    for expected in ("gamma, n = 12", "0.706493", "0.245972", "95 % profile", "This is a maximum"):
        assert expected in printed
    assert "\x1b" not in printed


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--family", "nix"], "--family"),
        (["--family", "gamma", "--column", "nix"], "no column 'nix'"),
        (["--family", "gamma", "--column", "life", "--weights", "unit"], "column 'unit'"),
        (["--family", "gamma", "--column", "life", "--fix", "df=1"], "'df' is not a parameter"),
        (["--family", "gamma", "--column", "life", "--fix", "shape=-1"], "shape must be a number"),
        (["--family", "gamma", "--column", "life", "--level", "1"], "--level must be a number"),
        (["--family", "gamma", "--column", "life", "--intervals", "x"], "--intervals must be of"),
        (
            [
                "--family",
                "gamma",
                "--column",
                "life",
                "--truncate-below",
                "1",
                "--intervals",
                "bootstrap",
            ],
            "--intervals bootstrap is for samples without censoring",
        ),
    ],
)
def test_a_fault_is_one_sentence(
    lives: str, arguments: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["fit", lives, *arguments]) == 2
    told = capsys.readouterr().err
    assert named in told
    assert len(told.splitlines()) == 1


def test_values_outside_the_support_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("x\n1\n-2\n", "utf-8")
    assert run_command(["fit", str(path), "--family", "gamma"]) == 2
    assert "the first is -2, number 2 of the sample" in capsys.readouterr().err
