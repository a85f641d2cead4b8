"""Laws of the fit, whatever the family."""

import numpy as np
import pytest

from engine.distributions import FAMILIES
from engine.fits.curvature import score_in_standard_errors
from engine.fits.fitting import NoFit, fit
from engine.samples.sample import Censored, Sample

from .helpers import moderate, refusal

UNSCALED = {"beta", "kumaraswamy", "von-mises", "chi-squared"}
"""Continuous families that a change of the data's unit leads out of."""

each_family = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
scaled = [f for f in FAMILIES.values() if not f.support.whole and f.name not in UNSCALED]


def drawn(family, n=400, seed=11):
    return moderate(family).draw(n, np.random.default_rng(seed))


@each_family
def test_what_is_said_to_be_a_maximum_is_one(family):
    x = drawn(family)
    fitted = fit(family, Sample(x))
    assert fitted.converged, fitted.verdict
    assert fitted.log_likelihood >= fitted.likelihood.value(moderate(family).values())
    if fitted.score is not None:
        assert score_in_standard_errors(fitted.likelihood, fitted.parameters) <= 1e-6
        for i, error in enumerate(fitted.standard_errors):
            for change in (-0.1 * error, 0.1 * error):
                beside = list(fitted.parameters)
                beside[i] += change
                if family.parameters()[i].domain.contains(beside[i]):
                    assert fitted.likelihood.value(beside) < fitted.log_likelihood


@each_family
def test_draws_fit_back_to_their_parameters(family):
    fitted = fit(family, Sample(drawn(family, 3000)))
    if fitted.standard_errors is None:
        assert fitted.parameters == pytest.approx(family.example, rel=0.05, abs=0.05)
        return
    away = np.subtract(fitted.parameters, family.example) / fitted.standard_errors
    assert np.max(np.abs(away)) < 4.5


@each_family
def test_weights_fit_as_repetitions_do(family):
    x = drawn(family, 150)
    weights = np.random.default_rng(2).integers(1, 4, x.size)
    weighted = fit(family, Sample(x, weights.astype(float)))
    repeated = fit(family, Sample(np.repeat(x, weights)))
    assert weighted.log_likelihood == pytest.approx(repeated.log_likelihood, rel=1e-11)
    assert weighted.parameters == pytest.approx(repeated.parameters, rel=1e-6, abs=1e-8)
    assert weighted.bic == pytest.approx(repeated.bic, rel=1e-11)


@pytest.mark.parametrize("power", [-6, -3, 3, 6])
@pytest.mark.parametrize("family", scaled, ids=lambda family: family.name)
def test_a_change_of_unit_changes_nothing_but_the_scale(family, power):
    x = drawn(family, 300)
    one, other = fit(family, Sample(x)), fit(family, Sample(x * 10.0**power))
    assert other.converged, other.verdict
    shift = x.size * power * np.log(10.0)
    assert other.log_likelihood + shift == pytest.approx(one.log_likelihood, rel=1e-9, abs=1e-6)


@each_family
def test_a_fixed_parameter_stays_and_the_others_are_at_their_maximum(family):
    names = [p.name for p in family.parameters()]
    if len(names) == 1 or family.corner:
        pytest.skip("nothing is left to fit, or only corners")
    x = drawn(family)
    free = fit(family, Sample(x))
    held = fit(family, Sample(x), {names[0]: family.example[0]})
    assert held.parameters[0] == family.example[0]
    assert held.converged, held.verdict
    assert held.log_likelihood <= free.log_likelihood
    assert held.free == len(names) - 1
    assert held.covariance[0].tolist() == [0.0] * len(names)


@each_family
def test_values_outside_the_support_are_named(family):
    if family.support.low == -np.inf:
        pytest.skip("every number can be observed")
    x = drawn(family, 20)
    x[7] = family.support.low - 1
    with pytest.raises(NoFit, match=r"\(number 8\)"):
        fit(family, Sample(x))


@pytest.mark.parametrize(
    ("name", "low", "high", "told"),
    [
        ("beta", 1.0, np.inf, "1 interval lies outside the support of beta .*: above 1$"),
        ("gamma", -np.inf, 0.0, "1 interval lies outside the support of gamma .*: up to 0$"),
        ("von-mises", 80.0, 100.0, "outside the support of von-mises .*: 80 to 100$"),
        ("poisson", 0.2, 0.9, "outside the support of poisson .*: 0.2 to 0.9$"),
    ],
)
def test_intervals_outside_the_support_are_named(name, low, high, told):
    family = FAMILIES[name]
    sample = Sample(drawn(family, 20), None, Censored(*np.array([[low], [high], [1.0]])))
    with pytest.raises(NoFit, match=told):
        fit(family, sample)


@pytest.mark.parametrize(
    ("sample", "asked", "told"),
    [
        (Sample(np.zeros(0)), {}, "^nothing was observed"),
        (Sample(np.ones(2), np.zeros(2)), {}, "^nothing was observed"),
        (Sample(np.array([1.0, np.nan, 2.0])), {}, "^a value is missing or infinite"),
        (Sample(np.array([1.0, np.inf, 2.0])), {}, "^a value is missing or infinite"),
        (Sample(np.arange(4.0)), {"fixed": {"variance": -1.0}}, "^variance of normal must be"),
        (Sample(np.arange(4.0)), {"start": (0.0,)}, "^normal starts from 2 values, and not 1"),
        (Sample(np.arange(4.0)), {"start": (0.0, 0.0)}, "^variance of normal must be"),
    ],
)
def test_what_cannot_be_asked_for_is_told(sample, asked, told):
    with pytest.raises(NoFit, match=told):
        fit(FAMILIES["normal"], sample, **asked)


@pytest.mark.parametrize("n", [10, 40_000])
def test_whole_numbers_fit_as_doubles_do(n):
    whole = 1 + np.random.default_rng(0).poisson(50, n)
    found = fit(FAMILIES["gamma"], Sample(whole))
    assert found.converged
    assert found.parameters == fit(FAMILIES["gamma"], Sample(whole.astype(float))).parameters


def test_everything_fixed_is_a_likelihood_and_no_search():
    x = drawn(FAMILIES["normal"])
    fitted = fit(FAMILIES["normal"], Sample(x), {"mean": 7.0, "variance": 8.0})
    assert fitted.free == 0
    assert fitted.aic == -2 * fitted.log_likelihood
    assert fitted.evaluations == 1


def test_a_parameter_that_runs_away_is_named_and_nothing_is_called_a_maximum():
    counts = Sample(np.repeat(np.arange(8.0), [70, 38, 17, 10, 9, 3, 2, 1]))
    fitted = fit(FAMILIES["skew-normal"], counts)
    assert not fitted.converged
    assert fitted.level == ("shape",)
    assert "does not fall with shape" in fitted.verdict


@each_family
@pytest.mark.parametrize(
    "values",
    [
        [1.0],
        [1.0, 2.0],
        [5.0] * 3,
        [1e300, 2e300, 5e300],
        [1e-300, 2e-300],
        [1e6, 1e6 + 1, 1e6 + 2],
    ],
    ids=["one", "two", "equal", "huge", "tiny", "far"],
)
def test_samples_at_the_edge_give_a_fit_or_a_reason(family, values):
    reason = refusal(NoFit, fit, family, Sample(np.array(values)))
    if reason:
        assert len(reason) > 20
        return
    fitted = fit(family, Sample(np.array(values)))
    assert fitted.verdict.endswith(".")
    assert np.isfinite(fitted.parameters).all()
    if fitted.converged:
        assert np.isfinite(fitted.log_likelihood)
