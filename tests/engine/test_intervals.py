"""Intervals: what defines each of them holds at its ends."""

import numpy as np
import pytest
from scipy import stats

from engine.distributions import FAMILIES
from engine.fitting import fit
from engine.intervals import bootstrap, profile, wald
from engine.sample import Sample

NORMAL, GAMMA = FAMILIES["normal"], FAMILIES["gamma"]


@pytest.fixture(scope="module")
def gamma():
    x = GAMMA(2.0, 0.5).draw(40, np.random.default_rng(3))
    return fit(GAMMA, Sample(x))


@pytest.mark.parametrize("level", [0.5, 0.9, 0.95, 0.999])
@pytest.mark.parametrize("place", [0, 1])
def test_a_profile_ends_where_the_test_rejects(gamma, place, level):
    low, high = profile(gamma, place, level)
    name = GAMMA.parameters()[place].name
    assert low < gamma.parameters[place] < high
    for end in (low, high):
        drop = gamma.log_likelihood - fit_at(gamma, name, end).log_likelihood
        assert 2 * drop == pytest.approx(stats.chi2.ppf(level, 1), rel=1e-7)


def fit_at(fitted, name, value):
    statistics = fitted.likelihood.statistics
    return fit(GAMMA, Sample(statistics.values, statistics.weights), {name: value})


def test_wald_is_symmetric_where_the_domain_allows(gamma):
    low, high = wald(gamma, 0, 0.95)
    width = stats.norm.ppf(0.975) * gamma.standard_errors[0]
    assert (low, high) == pytest.approx(
        (gamma.parameters[0] - width, gamma.parameters[0] + width), rel=1e-12
    )


def test_wald_never_leaves_the_domain():
    x = NORMAL(0.0, 1.0).draw(3, np.random.default_rng(1))
    low, high = wald(fit(NORMAL, Sample(x)), 1, 0.999)
    assert 0 < low < high


def test_a_wider_level_gives_a_wider_interval(gamma):
    for kind in (wald, profile):
        narrow, wide = kind(gamma, 0, 0.5), kind(gamma, 0, 0.99)
        assert wide[0] < narrow[0] < narrow[1] < wide[1]


def test_the_normal_means_profile_has_a_formula():
    x = NORMAL(5.0, 2.0).draw(30, np.random.default_rng(9))
    low, high = profile(fit(NORMAL, Sample(x)), 0, 0.95)
    half = np.sqrt(x.var() * (np.exp(stats.chi2.ppf(0.95, 1) / x.size) - 1))
    assert (low, high) == pytest.approx((x.mean() - half, x.mean() + half), rel=1e-8)


def test_the_bootstrap_agrees_with_theory_for_a_normal_mean():
    x = NORMAL(5.0, 2.0).draw(50, np.random.default_rng(4))
    fitted = fit(NORMAL, Sample(x))
    (low, high), _ = bootstrap(fitted, 0.9, np.random.default_rng(5), 2000)
    half = stats.norm.ppf(0.95) * fitted.standard_errors[0]
    assert (low, high) == pytest.approx((x.mean() - half, x.mean() + half), abs=0.15 * half)


def test_a_fixed_parameter_stays_fixed_in_a_profile():
    x = GAMMA(2.0, 0.5).draw(40, np.random.default_rng(3))
    held = fit(GAMMA, Sample(x), {"shape": 2.0})
    low, high = profile(held, 1, 0.95)
    drop = stats.chi2.ppf(0.95, 1) / 2
    for end in (low, high):
        assert held.log_likelihood - held.likelihood.value((2.0, end)) == pytest.approx(drop)
