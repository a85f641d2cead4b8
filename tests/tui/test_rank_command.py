"""``mle-tui rank``: a table for people, a document for scripts."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine.distributions import FAMILIES
from tui.commands.cli import run_command


@pytest.fixture
def lives(tmp_path: Path) -> str:
    values = FAMILIES["gamma"](3.0, 0.5).draw(80, np.random.default_rng(6))
    path = tmp_path / "lives.csv"
    path.write_text("life\n" + "\n".join(map(str, values.tolist())) + "\n", "utf-8")
    return str(path)


def test_every_family_is_ranked_or_rejected(lives: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["rank", lives, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["criterion"] == "aicc"
    ranked = [each["family"] for each in told["ranking"]]
    rejected = [each["family"] for each in told["rejected"]]
    assert sorted(ranked + rejected) == sorted(FAMILIES)
    values = [each["aicc"] for each in told["ranking"]]
    assert values == sorted(values)
    assert all(each["reason"].endswith(".") for each in told["rejected"])
    assert all(each["converged"] for each in told["ranking"])


def test_the_table_names_the_criterion(lives: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["rank", lives, "--criterion", "bic"]) == 0
    printed = capsys.readouterr().out
    assert "BIC" in printed
    assert "gamma" in printed
    assert "\x1b" not in printed


def test_families_of_trials_are_ranked_when_these_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "k.csv"
    drawn = np.random.default_rng(2).binomial(12, 0.3, 60)
    path.write_text("k\n" + "\n".join(map(str, drawn.tolist())) + "\n", "utf-8")
    assert run_command(["rank", str(path), "--json"]) == 0
    reasons = {r["family"]: r["reason"] for r in json.loads(capsys.readouterr().out)["rejected"]}
    assert reasons["binomial"].endswith("give --trials.")
    assert run_command(["rank", str(path), "--trials", "12", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["ranking"][0]["family"] == "binomial"


def test_what_is_asked_of_a_fit_is_asked_of_every_family(
    lives: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["--intervals", "profile,bootstrap", "--level", "0.9", "--seed", "3"]
    asked += ["--replicates", "99", "--fix", "shape=2.5", "--json"]
    assert run_command(["rank", lives, *asked]) == 0
    told = json.loads(capsys.readouterr().out)
    ranked = {each["family"]: each for each in told["ranking"]}
    for family in ("gamma", "weibull"):
        assert run_command(["fit", lives, "--family", family, *asked]) == 0
        alone = json.loads(capsys.readouterr().out)
        assert alone["estimates"]["shape"]["fixed"]
        assert all(ranked[family][key] == alone[key] for key in ("estimates", "aicc"))
    rayleigh = ranked["rayleigh"]["estimates"]["scale"]
    assert not rayleigh["fixed"]
    low, high = rayleigh["profile"]
    assert low < rayleigh["value"] < high
    assert rayleigh["wald"] is None


def test_a_value_outside_a_family_s_domain_leaves_it_out(
    lives: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["rank", lives, "--fix", "shape=-0.1", "--json"]) == 0
    reasons = {r["family"]: r["reason"] for r in json.loads(capsys.readouterr().out)["rejected"]}
    assert reasons["gamma"] == "gamma: shape must be a number above 0, not -0.1."


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("--fix", "nonsense=1"), "'nonsense' is not a parameter of any family here"),
        (("--fix", "shape=1", "--fix", "shape=2"), "--fix names 'shape' twice"),
        (("--intervals", "exact"), "--intervals must be of wald, profile, bootstrap, not 'exact'"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    asked: tuple[str, ...], told: str, lives: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["rank", lives, *asked]) == 2
    assert told in capsys.readouterr().err


def test_the_table_of_estimates_has_the_intervals_that_were_asked_for(
    lives: str, tmp_path: Path
) -> None:
    path = tmp_path / "estimates.csv"
    asked = ["--intervals", "wald,profile", "--export", str(path)]
    assert run_command(["rank", lives, *asked]) == 0
    assert (
        path.read_text("utf-8")
        .splitlines()[0]
        .endswith("standard_error,wald_low,wald_high,profile_low,profile_high")
    )
