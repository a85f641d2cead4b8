"""Derived quantities have the standard errors that can be worked out by hand."""

import math
from dataclasses import replace

import numpy as np
import pytest

from engine.distributions import FAMILIES
from engine.fits.fitting import fit
from engine.inference.derived import derived
from engine.samples.sample import Sample
from engine.tables.observations import read_observations
from engine.tables.roles import Roles

from .helpers import moderate

SCALED = [
    "normal",
    "logistic",
    "student-t",
    "gev",
    "skew-normal",
    "exponential",
    "gamma",
    "weibull",
    "lognormal",
    "inverse-gaussian",
    "lomax",
    "gompertz",
    "nakagami",
]


def drawn(name, n=400, seed=3):
    return moderate(FAMILIES[name]).draw(n, np.random.default_rng(seed))


def table(fitted, *probabilities):
    return {each.name: each for each in derived(fitted, probabilities or (0.5,))}


def test_the_normals_by_hand():
    x = drawn("normal")
    found, n = table(fit(FAMILIES["normal"], Sample(x)), 0.5, 0.975), x.size
    mean, sd, z = x.mean(), x.std(), 1.959963984540054
    expected = {
        "mean": (mean, sd / math.sqrt(n)),
        "variance": (sd**2, sd**2 * math.sqrt(2 / n)),
        "standard deviation": (sd, sd / math.sqrt(2 * n)),
        "median": (mean, sd / math.sqrt(n)),
        "quantile 0.975": (mean + z * sd, sd * math.sqrt((1 + z * z / 2) / n)),
    }
    assert list(found) == list(expected)
    for name, (value, error) in expected.items():
        assert found[name].value == pytest.approx(value, rel=1e-12)
        assert found[name].standard_error == pytest.approx(error, rel=1e-9)


@pytest.mark.parametrize("p", [0.001, 0.5, 0.999])
def test_a_quantile_of_the_exponential_is_as_uncertain_as_its_mean(p):
    x = drawn("exponential")
    found = list(derived(fit(FAMILIES["exponential"], Sample(x)), [p]))[-1]
    expected = -math.log1p(-p) * x.mean()
    assert found.value == pytest.approx(expected, rel=1e-12)
    assert found.standard_error == pytest.approx(expected / math.sqrt(x.size), rel=1e-9)


def test_the_lognormals_mean_by_hand():
    x = drawn("lognormal")
    fitted = fit(FAMILIES["lognormal"], Sample(x))
    _, sd = fitted.parameters
    mean = table(fitted)["mean"]
    expected = mean.value * math.sqrt((sd**2 + sd**4 / 2) / x.size)
    assert mean.standard_error == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("name", SCALED)
def test_a_change_of_units_changes_nothing_else(name):
    x, factor = drawn(name), 2.0**10
    here = derived(fit(FAMILIES[name], Sample(x)), (0.1, 0.9))
    there = derived(fit(FAMILIES[name], Sample(factor * x)), (0.1, 0.9))
    assert len(here) >= 2  # the quantiles at least
    for before, after in zip(here, there, strict=True):
        power = factor**2 if before.name == "variance" else factor
        assert after.name == before.name
        for one, other in (
            (before.value, after.value),
            (before.standard_error, after.standard_error),
        ):
            assert (one is None) is (other is None)
            if one is not None:
                assert other == pytest.approx(power * one, rel=1e-6)


def test_errors_hold_far_from_zero():
    # the doubles there are coarser than the steps of a derivative
    x = drawn("normal")
    here, there = (table(fit(FAMILIES["normal"], Sample(1e-3 * x + far))) for far in (0.0, 2.0**20))
    for name, tolerance in (("mean", 1e-6), ("standard deviation", 1e-6), ("median", 1e-3)):
        expected = here[name].standard_error
        assert there[name].standard_error == pytest.approx(expected, rel=tolerance)


def test_errors_fall_with_the_root_of_the_frequencies():
    x = drawn("gamma")
    few = derived(fit(FAMILIES["gamma"], Sample(x)))
    assert few
    many = derived(fit(FAMILIES["gamma"], Sample(x, np.full(x.size, 1e8))))
    for one, other in zip(few, many, strict=True):
        assert other.standard_error == pytest.approx(1e-4 * one.standard_error, rel=1e-6)


def test_what_is_fixed_adds_no_uncertainty():
    x = drawn("normal")
    found = table(fit(FAMILIES["normal"], Sample(x), {"mean": 7.0}))
    assert found["mean"].standard_error == 0.0
    assert found["median"].standard_error == 0.0
    sd = found["standard deviation"]
    assert sd.standard_error == pytest.approx(sd.value / math.sqrt(2 * x.size), rel=1e-9)


def test_what_does_not_exist_has_neither_value_nor_error():
    found = table(fit(FAMILIES["cauchy"], Sample(drawn("cauchy"))))
    for name in ("mean", "variance", "standard deviation"):
        assert (found[name].value, found[name].standard_error) == (None, None)
    assert found["median"].standard_error is not None


def test_where_a_moment_is_about_to_end_it_has_no_error():
    fitted = fit(FAMILIES["student-t"], Sample(drawn("student-t")))
    edge = replace(fitted, parameters=(*fitted.parameters[:2], 2.0005))
    variance = table(edge)["variance"]
    assert variance.value > 1000
    assert variance.standard_error is None


def test_a_quantile_of_counts_jumps_and_has_no_error():
    found = table(fit(FAMILIES["poisson"], Sample(drawn("poisson"))))
    assert found["median"].value == 4.0
    assert found["median"].standard_error is None
    assert found["mean"].standard_error == pytest.approx(math.sqrt(found["mean"].value / 400))


@pytest.mark.parametrize("name", [name for name, family in FAMILIES.items() if family.corner])
def test_a_corner_has_values_without_errors(name):
    found = table(fit(FAMILIES[name], Sample(drawn(name))))
    assert found["median"].value is not None
    assert {each.standard_error for each in found.values()} == {None}


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_every_family_can_be_summed_up(name):
    fitted = fit(FAMILIES[name], Sample(drawn(name)))
    found = table(fitted, 0.25, 0.5)
    assert {"median", "quantile 0.25"} < set(found)
    assert found["quantile 0.25"].value <= found["median"].value
    assert set(fitted.distribution.implied()) < set(found)
    if fitted.covariance is not None and not FAMILIES[name].support.whole:
        assert found["median"].standard_error > 0


def test_a_censored_samples_mean_life():
    # 10 failures in a total of 5,000 hours or less: the rate's error is rate/√10
    sample = read_observations("nist-units", Roles())
    mean = table(fit(FAMILIES["exponential"], sample))["mean"]
    assert mean.standard_error == pytest.approx(mean.value / math.sqrt(10), rel=1e-6)


@pytest.mark.parametrize("p", [0.0, 1.0, -0.1, math.nan])
def test_a_quantile_needs_a_probability(p):
    fitted = fit(FAMILIES["normal"], Sample(drawn("normal")))
    with pytest.raises(ValueError, match="between 0 and 1"):
        derived(fitted, [p])


def test_near_probabilities_are_quantiles_of_their_own():
    fitted = fit(FAMILIES["normal"], Sample(drawn("normal")))
    names = [each.name for each in derived(fitted, [0.123456, 0.1234561, 0.9999999])]
    assert {"quantile 0.123456", "quantile 0.1234561", "quantile 0.9999999"} < set(names)


def test_errors_are_as_exact_in_a_unit_whose_squares_no_double_holds():
    values, scale = drawn("gamma"), 2.0**-350
    near, far = (table(fit(FAMILIES["gamma"], Sample(values * by))) for by in (1.0, scale))
    for name, power in (("mean", 1), ("variance", 2), ("standard deviation", 1)):
        assert far[name].standard_error == pytest.approx(
            near[name].standard_error * scale**power, rel=1e-6
        )
