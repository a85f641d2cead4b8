"""Each named diagnosis is found where it is true, and nowhere else."""

import math

import numpy as np
import pytest

from engine.distributions import FAMILIES
from engine.fits.diagnosis import diagnoses
from engine.fits.fitting import fit
from engine.fits.relatives import LIMITS, SPECIAL_CASES
from engine.samples.sample import Censored, Sample


def names(family, values, weights=None, fixed=None):
    sample = Sample(np.asarray(values, dtype=float), weights)
    return {d.name: d for d in diagnoses(fit(FAMILIES[family], sample, fixed))}


def drawn(family, parameters, n, seed=7):
    return FAMILIES[family].at(parameters).draw(n, np.random.default_rng(seed))


def test_a_good_fit_of_a_family_of_its_own_has_none():
    assert names("gamma", drawn("gamma", (3.0, 0.5), 400)) == {}


def test_few_observations():
    found = names("normal", [1.0, 2.0, 4.0])["too-few-observations"]
    assert found.finding == "3 observations are few for 2 parameters."
    found = names("exponential", [1.0, 2.0])["too-few-observations"]
    assert found.finding == "2 observations are few for 1 parameter."


def test_a_parameter_that_runs_away_names_the_family_it_runs_to():
    found = names("student-t", drawn("uniform", (0.0, 1.0), 200))["maximum-at-the-boundary"]
    assert "df" in found.finding
    assert "normal" in found.advice


def test_a_special_case_is_named():
    found = names("gev", drawn("gumbel", (1.0, 2.0), 300))["simpler-family"]
    assert "from 0, where a gev is a gumbel" in found.finding
    assert "simpler-family" not in names("gev", drawn("gev", (1.0, 2.0, 0.5), 300))


def test_a_nakagami_of_shape_1_is_a_rayleigh():
    found = names("nakagami", drawn("rayleigh", (2.0,), 300))["simpler-family"]
    assert found.relatives == ("rayleigh",)


def test_a_gompertz_whose_parameters_run_away_together_tends_to_an_exponential():
    x = np.array([0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 4.0, 8.0])
    late = Censored(np.array([5.0]), np.array([math.inf]), np.ones(1))
    fitted = fit(FAMILIES["gompertz"], Sample(x, None, late))
    assert fitted.level == ("shape", "rate")
    assert diagnoses(fitted)[0].advice == "Fit exponential, which a gompertz tends to there."


def test_hills_are_counted_with_their_gap():
    sample = [1.77, -0.23, 2.76, 3.8, 3.47, 56.75, -1.34, 4.24, -2.44, 3.29]
    sample += [3.71, -2.4, 4.53, -0.07, -1.05, -13.87, -2.53, -1.75, 0.27, 43.21]
    found = names("cauchy", sample, fixed={"scale": 1.0})["several-hills"]
    assert "lower hills" in found.finding


def test_estimates_that_are_known_only_together():
    sample = drawn("weibull", (2.0, 3.0), 60)
    assert "flat-ridge" in names("gompertz", 20.0 + sample)


def test_ties_among_continuous_values_and_not_among_counts():
    values = np.round(drawn("normal", (2.0, 1.0), 200))
    assert "ties" in names("normal", values)
    assert "ties" not in names("poisson", np.abs(values))


def test_three_equal_values_in_twenty_are_ties_and_two_in_ten_are_not():
    few = [*range(1, 18), 4.0, 4.0, 30.0]
    assert names("normal", few)["ties"].finding.startswith("15 % of the values are equal")
    assert "ties" not in names("normal", [*range(1, 10), 4.0])


def test_shapes_at_which_standard_errors_mean_little():
    found = names("generalized-pareto", drawn("generalized-pareto", (1.0, -0.7), 500))
    assert "bootstrap" in found["irregular"].advice


@pytest.mark.parametrize("table", [LIMITS, SPECIAL_CASES], ids=["limits", "special cases"])
def test_relatives_name_families_and_parameters_that_there_are(table):
    for (family, parameter), simpler in table.items():
        assert parameter in [p.name for p in FAMILIES[family].parameters()]
        for name in simpler.values() if isinstance(simpler, dict) else [simpler]:
            assert name in FAMILIES


@pytest.mark.parametrize(
    ("family", "parameter", "value", "simpler"),
    [(*key, value, name) for key, cases in SPECIAL_CASES.items() for value, name in cases.items()],
)
def test_a_special_case_is_one(family, parameter, value, simpler):
    """At its value the family's best fit is as high as the simpler family's."""
    simple = FAMILIES[simpler]
    x = Sample(simple.at(simple.example).draw(300, np.random.default_rng(1)))
    general = fit(FAMILIES[family], x, {parameter: value})
    assert general.log_likelihood == pytest.approx(fit(simple, x).log_likelihood, rel=1e-8)


@pytest.mark.parametrize("side", ["low", "high"])
@pytest.mark.parametrize("name", ["exponential", "weibull", "normal", "poisson", "lognormal"])
def test_bounds_on_one_side_determine_nothing(name, side):
    bounds, none = np.array([1.0, 2.0, 3.0]), np.full(3, math.inf)
    low, high = (bounds, none) if side == "low" else (-none, bounds)
    fitted = fit(FAMILIES[name], Sample(np.zeros(0), None, Censored(low, high, np.ones(3))))
    found = {each.name: each for each in diagnoses(fitted)}
    assert not fitted.converged
    assert "every observation is a bound on the same side" in fitted.verdict
    assert "observe some values" in fitted.verdict
    assert found["maximum-at-the-boundary"].advice.startswith("Observe some values")


@pytest.mark.parametrize("name", ["gamma", "inverse-gamma"])
def test_values_far_from_0_are_said_to_be(name):
    values = 1e8 + np.random.default_rng(1).gamma(3.0, 2.0, 200)
    fitted = fit(FAMILIES[name], Sample(values))
    assert not fitted.converged
    assert "so far from 0" in fitted.verdict
    assert "1e+08" in fitted.verdict
    assert [each.name for each in diagnoses(fitted)] == ["far-from-zero"]
