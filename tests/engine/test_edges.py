"""At the edge of what numbers can be, a fit and a run end with what they say, or with why not.

Some of the grid's cases, drawn anew by HYPOTHESIS_PROFILE=explore; ``make fuzz`` tries them all.
"""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.distributions import FAMILIES
from engine.distributions.families import family
from engine.likelihoods.coordinates import COORDINATES
from engine.optimizers import OPTIMIZERS
from tests.fuzz.grid import EPOCHS, NUMBERS, RATES, SAMPLES, STARTS, edge_fit, edge_run, told
from tui.commands.cli import run_command

ENDS = {"converged", "stopped", "refused"}
FITTED = {"maximum", "no maximum", "none"}
FEW_EPOCHS = 30
FEW = ["one", "one zero", "one within", "two", "two alike", "three"]
SLOW = ("an outlier", "large counts", "counts that doubles end at", "three", "greatest doubles")
SHORT = [name for name, values in SAMPLES.items() if len(values) <= 8 and name not in SLOW]


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_is_fitted_to_very_few_values_or_says_why_not(name):
    assert {edge_fit(name, SAMPLES[each]) for each in FEW} <= FITTED


@given(st.sampled_from(sorted(FAMILIES)), st.sampled_from(SHORT))
@settings(max_examples=20)
def test_a_family_is_fitted_at_the_edge_or_says_why_not(name, sample):
    assert edge_fit(name, SAMPLES[sample]) in FITTED


@given(
    st.sampled_from(sorted(FAMILIES)),
    st.sampled_from(sorted(OPTIMIZERS)),
    st.sampled_from(RATES),
    st.sampled_from(sorted(COORDINATES)),
    st.none() | st.sampled_from(SHORT),
)
@settings(max_examples=60)
def test_a_run_at_any_rate_ends_with_a_sentence_and_with_numbers(
    name, optimizer, rate, coordinates, sample
):
    values = sample and SAMPLES[sample]
    assert edge_run(name, optimizer, rate, coordinates, values, epochs=FEW_EPOCHS) in ENDS


@given(
    st.sampled_from(sorted(FAMILIES)),
    st.integers(0, 4),
    st.sampled_from(STARTS),
    st.sampled_from(sorted(COORDINATES)),
)
@settings(max_examples=30)
def test_a_run_from_any_start_ends_with_a_sentence_and_with_numbers(name, place, at, coordinates):
    start = (place % len(family(name, NUMBERS).parameters()), at)
    run = ("gradient-ascent", None, coordinates)
    assert edge_run(name, *run, start=start, epochs=FEW_EPOCHS) in ENDS


@pytest.mark.parametrize(
    ("name", "optimizer", "rate", "coordinates", "sample"),
    [
        ("skew-normal", "gradient-ascent", 1e3, "written", None),
        ("generalized-normal", "lion", 20.0, "standardized", None),
        ("birnbaum-saunders", "rprop", 1e3, "unconstrained", None),
        ("generalized-normal", "rmsprop", 1.0, "written", None),
        ("gumbel", "bfgs", 1e6, "written", None),
        ("poisson", "lbfgs", 1.0, "unconstrained", "an outlier"),
        ("normal", "lbfgs", 1.0, "unconstrained", "constant but one bit"),
        ("laplace", "lbfgs", 1.0, "unconstrained", "far from zero, 1e-300"),
        ("lomax", "newton", 1.0, "unconstrained", "greatest doubles"),
    ],
)
def test_what_once_broke_ends_well(name, optimizer, rate, coordinates, sample):
    epochs = EPOCHS if sample is None else FEW_EPOCHS
    values = sample and SAMPLES[sample]
    assert edge_run(name, optimizer, rate, coordinates, values, epochs=epochs) in ENDS


@pytest.mark.parametrize(
    ("name", "sample"),
    [
        ("gev", "even within"),
        ("exponential", "greatest doubles"),
        ("generalized-normal", "above zero, 1e-300"),
        ("normal-mixture", "about zero, 1e+160"),
        ("burr", "one near zero"),
        ("inverse-gamma", "greatest doubles"),
    ],
)
def test_a_fit_that_once_broke_ends_well(name, sample):
    assert edge_fit(name, SAMPLES[sample]) in FITTED


@pytest.mark.parametrize("values", [[1.0], [2.0, 2.0], [0.5, 1.5], [1e300]])
def test_a_ranking_of_very_few_values_holds_no_number_that_is_none(values, tmp_path, capsys):
    path = tmp_path / "few.csv"
    path.write_text("x\n" + "".join(f"{value!r}\n" for value in values), "utf-8")
    assert run_command(["rank", str(path), "--json"]) in (0, 1)
    assert told("".join(capsys.readouterr().out.split("\n")))
    assert run_command(["rank", str(path)]) in (0, 1)
    assert told("".join(capsys.readouterr().out.split("\n")))


def test_a_start_outside_the_support_is_moved_and_said(tmp_path, capsys):
    path = tmp_path / "x.csv"
    path.write_text("x\n1\n2\n4\n8\n", "utf-8")
    told_to = ["--family", "uniform", "--start", "low=3", "--start", "high=5"]
    run_command(["run", "--data", str(path), *told_to, "--epochs", "3", "--json"])
    printed = capsys.readouterr()
    assert "The sample has no likelihood at start; the run begins at low " in printed.err
    initial = json.loads(printed.out)["report"]["initial"]
    assert initial["low"] <= 1.0
    assert initial["high"] >= 8.0
