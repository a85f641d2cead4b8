"""Published samples, fitted to the digits that thirty-digit arithmetic gives."""

import json
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from engine.distributions import FAMILIES
from engine.fits.fitting import fit
from engine.inference.intervals import profile
from engine.samples.sample import Sample

CASES = json.loads((Path(__file__).parents[1] / "data" / "cases.json").read_text("utf-8"))["cases"]
PLAIN = [c for c in CASES if c["family"] in FAMILIES and "event" not in c]


def sample_of(case):
    data = case["data"]
    if isinstance(data, dict):
        return Sample(np.array(data["values"], float), np.array(data["weights"], float))
    return Sample(np.array(data, float))


def cases_with(field):
    """The plain cases that have a field, of which there must be some."""
    found = [case for case in PLAIN if case.get(field)]
    assert found
    return pytest.mark.parametrize("case", found, ids=lambda case: case["id"])


@cache
def fitted_to(place):
    case = PLAIN[place]
    return fit(family_of(case), sample_of(case), case.get("fixed"))


@pytest.fixture
def fitted(case):
    return fitted_to(PLAIN.index(case))


def family_of(case):
    family = FAMILIES[case["family"]]
    return family.knowing(case[family.known]) if family.known else family


def places(case):
    return {p.name: i for i, p in enumerate(family_of(case).parameters())}


@cases_with("id")
def test_the_fit_has_converged(fitted):
    assert fitted.converged
    assert fitted.score <= 1e-6


@cases_with("log_likelihood")
def test_the_log_likelihood_is_the_best_known(case, fitted):
    assert fitted.log_likelihood == pytest.approx(case["log_likelihood"], rel=1e-11)


@cases_with("estimates")
def test_the_estimates_agree(case, fitted):
    found = {name: fitted.parameters[places(case)[name]] for name in case["estimates"]}
    assert found == pytest.approx(case["estimates"], rel=1e-6)


@cases_with("standard_errors")
def test_the_standard_errors_agree(case, fitted):
    expected = case["standard_errors"]
    found = {name: fitted.standard_errors[places(case)[name]] for name in expected}
    assert found == pytest.approx(expected, rel=1e-5)


@cases_with("profile_95")
def test_the_profile_intervals_agree(case, fitted):
    for name, expected in case["profile_95"].items():
        assert profile(fitted, places(case)[name], 0.95) == pytest.approx(expected, rel=2e-5)


def test_several_hills_are_found_and_named():
    (case,) = [c for c in CASES if "local_maxima" in c]
    fitted = fit(FAMILIES[case["family"]], sample_of(case), case["fixed"])
    top, *lower = case["local_maxima"]
    assert fitted.parameters[0] == pytest.approx(top["location"], rel=1e-6)
    found = [(hill.parameters[0], hill.value) for hill in fitted.hills]
    expected = [(hill["location"], hill["log_likelihood"]) for hill in lower]
    assert len(found) == len(expected)
    for (location, value), (place, height) in zip(found, expected, strict=True):
        assert location == pytest.approx(place, rel=1e-6)
        assert value == pytest.approx(height, rel=1e-7)
    assert "lower hills are at location 2.81747 (-74.360461)" in fitted.verdict
