"""``mle-tui fit``: a table for people, a document for scripts, a sentence for faults."""

import json
import re
from pathlib import Path

import pytest

from tui.commands.cli import run_command

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
        "derived",
        "diagnoses",
        "evidence",
    ]
    assert (told["family"], told["n"], told["weight_total"]) == ("gamma", 12, 12.0)
    shape = told["estimates"]["shape"]
    assert shape["value"] == pytest.approx(0.7064931748043, rel=1e-9)
    assert shape["standard_error"] == pytest.approx(0.24597173, rel=1e-6)
    assert shape["wald"][0] < shape["value"] < shape["profile"][1]
    assert shape["bootstrap"] is None
    assert told["log_likelihood"] == pytest.approx(-67.6454245558019, rel=1e-11)
    goodness = told["goodness_of_fit"]
    assert list(goodness) == ["ks", "cvm", "ad", "p_values", "chi_squared"]
    assert goodness["ks"] == pytest.approx(0.16770117725236, rel=1e-9)
    assert (goodness["p_values"], goodness["chi_squared"]) == (None, None)


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


def test_one_bootstrap_serves_intervals_and_p_values(
    lives: str, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = ("--family", "exponential", "--column", "life", "--replicates", "99")
    alone = fitted(capsys, lives, *flags, "--p-values", "--intervals", "")
    chances = alone["goodness_of_fit"]["p_values"]
    assert list(chances) == ["ks", "cvm", "ad"]
    assert all(0.01 <= chance <= 1 and round(100 * chance) for chance in chances.values())
    both = fitted(capsys, lives, *flags, "--p-values", "--intervals", "bootstrap")
    only = fitted(capsys, lives, *flags, "--intervals", "bootstrap")
    assert both["goodness_of_fit"] == alone["goodness_of_fit"]
    assert both["estimates"] == only["estimates"]
    assert only["goodness_of_fit"]["p_values"] is None


@pytest.mark.parametrize("flags", [("--event", "seen"), ("--truncate-below", "2")])
def test_censored_and_truncated_samples_have_them_too(
    flags: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.csv"
    rows = "\n".join(f"{life},{int(life % 7 > 0)}" for life in LIVES)
    path.write_text(f"life,seen\n{rows}\n", "utf-8")
    asked = ("--column", "life", *flags, "--p-values", "--replicates", "99")
    kinds = ("--intervals", "wald,bootstrap")
    told = fitted(capsys, str(path), "--family", "exponential", *asked, *kinds)
    rate = told["estimates"]["rate"]
    assert rate["bootstrap"][0] < rate["value"] < rate["bootstrap"][1]
    assert 0 < told["goodness_of_fit"]["ks"] < 0.5
    assert 0 < told["goodness_of_fit"]["p_values"]["ks"] <= 1


def test_counts_have_a_chi_squared(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("red-mites", "--family", "negative-binomial")
    told = fitted(capsys, *asked)["goodness_of_fit"]
    assert (told["ks"], told["cvm"], told["ad"], told["p_values"]) == (None, None, None, None)
    counted = told["chi_squared"]
    assert list(counted) == ["statistic", "df", "cells", "p_value", "p_value_bootstrap"]
    assert (counted["df"], counted["cells"]) == (3, 6)
    assert counted["statistic"] == pytest.approx(2.490, abs=1e-3)
    assert counted["p_value"] == pytest.approx(0.477, abs=1e-3)
    assert counted["p_value_bootstrap"] is None
    assert run_command(["fit", *asked, "--p-values", "--replicates", "99"]) == 0
    printed = capsys.readouterr().out
    assert "chi-squared 2.4904 on 3 degrees of freedom, p 0.48, by bootstrap p " in printed
    assert "KS" not in printed


def test_too_few_counts_have_no_p_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.csv"
    path.write_text("k\n" + "0\n1\n" * 6 + "3\n", "utf-8")
    assert run_command(["fit", str(path), "--family", "poisson"]) == 0
    printed = capsys.readouterr().out
    assert "in 2 cells, too few for a p-value" in printed


def test_p_values_are_printed_beside_the_distances(
    lives: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["fit", lives, "--family", "gamma", "--column", "life"]
    assert run_command(asked) == 0
    assert "KS 0.1677   CvM 0.0528   AD 0.3249" in capsys.readouterr().out
    assert run_command([*asked, "--p-values", "--replicates", "99"]) == 0
    told = capsys.readouterr()
    assert re.search(r"KS 0\.1677 \(p 0\.\d+\)   CvM 0\.0528 \(p 0\.\d+\)   AD ", told.out)
    assert told.err == ""


def test_samples_without_a_maximum_are_told_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.csv"
    path.write_text("k\n0\n7\n1\n", "utf-8")
    asked = ["fit", str(path), "--family", "negative-binomial", "--intervals", "bootstrap"]
    assert run_command([*asked, "--replicates", "99", "--json"]) == 0
    told = capsys.readouterr()
    size = json.loads(told.out)["estimates"]["size"]
    assert size["bootstrap"] is None
    assert "of 99 samples drawn from negative-binomial gave no maximum and are" in told.err


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
        (["--family", "gamma", "--fix", "shape=1", "--fix", "shape=2"], "names 'shape' twice"),
        (["--family", "gamma", "--column", "life", "--fix", "shape=-1"], "shape must be a number"),
        (["--family", "gamma", "--column", "life", "--level", "1"], "--level must be a number"),
        (["--family", "gamma", "--column", "life", "--intervals", "x"], "--intervals must be of"),
        (["--family", "gamma", "--column", "life", "--replicates", "98"], "--replicates"),
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
    assert "outside the support of gamma (numbers above 0): -2 (row 3)" in capsys.readouterr().err


def test_a_mixture_is_told_with_its_last_weight(capsys: pytest.CaptureFixture[str]) -> None:
    told = fitted(capsys, "old-faithful", "--family", "normal-mixture", "--components", "2")
    estimates = told["estimates"]
    assert list(estimates)[-1] == "weight_2"
    first, last = estimates["weight_1"], estimates["weight_2"]
    assert last["value"] == pytest.approx(1 - first["value"], rel=1e-14)
    assert last["standard_error"] == pytest.approx(first["standard_error"], rel=1e-8)
    assert last["wald"] == pytest.approx([1 - end for end in first["wald"][::-1]])
    assert estimates["mean_1"]["value"] < estimates["mean_2"]["value"]
    assert len(told["covariance"]) == len(estimates) - 1


def test_trials_are_asked_for_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "k.csv"
    path.write_text("k\n2\n3\n1\n5\n", "utf-8")
    assert run_command(["fit", str(path), "--family", "binomial"]) == 2
    assert "give --trials" in capsys.readouterr().err
    told = fitted(capsys, str(path), "--family", "binomial", "--trials", "10")
    assert told["estimates"]["probability"]["value"] == pytest.approx(11 / 40)


def test_derived_quantities_have_standard_errors(capsys: pytest.CaptureFixture[str]) -> None:
    told = fitted(capsys, "ball-bearings", "--family", "exponential", "--quantile", "0.9")
    rate = told["estimates"]["rate"]
    for name, factor in (("mean", 1.0), ("median", 0.6931471805599453), ("quantile 0.9", 2.302585)):
        each = told["derived"][name]
        assert each["value"] == pytest.approx(factor / rate["value"], rel=1e-6)
        relative = rate["standard_error"] / rate["value"]
        assert each["standard_error"] == pytest.approx(relative * each["value"], rel=1e-6)


def test_diagnoses_and_evidence_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    told = fitted(capsys, "cauchy-twenty", "--family", "cauchy", "--fix", "scale=1")
    (hills,) = told["diagnoses"]
    assert hills["name"] == "several-hills"
    found = told["evidence"]["hills"]
    assert [each["log_likelihood"] for each in found] == sorted(
        (each["log_likelihood"] for each in found), reverse=True
    )
    assert found[0]["log_likelihood"] < told["log_likelihood"]
    assert told["evidence"]["curvature"] == pytest.approx([1.0])
    assert told["evidence"]["starts"] == 21


def test_a_sample_of_bounds_alone_is_drawn_without_bars(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bounds.csv"
    path.write_text("x,seen\n1,0\n2,0\n3,0\n", "utf-8")
    asked = (str(path), "--column", "x", "--event", "seen", "--family", "exponential")
    for command in ("fit", "run"):
        assert run_command([command, *asked]) == 1  # there is no maximum
        told = capsys.readouterr().out
        assert re.search("[⠁-⣿]", told)
        assert not re.search("[▀-▟]", told)
