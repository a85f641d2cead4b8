"""Intervals: what defines each of them holds at its ends."""

import dataclasses
import math

import numpy as np
import pytest
from scipy import optimize, special, stats

from engine.distributions import FAMILIES
from engine.fits.fitting import fit
from engine.inference.intervals import Better, bootstrap, profile, raised, wald
from engine.inference.replicates import Replicate, Replicates, replicates
from engine.likelihoods.likelihood import Likelihood
from engine.reports.fit_document import intervals
from engine.samples.sample import Sample
from engine.tables.observations import read_observations
from engine.tables.roles import Roles

from .test_goodness import right_censored

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


def test_a_profile_is_followed_where_a_whole_step_falls_off_the_support():
    family = FAMILIES["gev"]
    fitted = fit(family, Sample(np.linspace(0.001, 0.999, 30)))
    for end in profile(fitted, 2, 0.95):

        def below(at, end=end):
            return -fitted.likelihood.value((at[0], abs(at[1]), end))

        found = optimize.minimize(below, (0.42, 1.0), method="Nelder-Mead", tol=1e-12)
        drop = fitted.log_likelihood + found.fun
        assert 2 * drop == pytest.approx(stats.chi2.ppf(0.95, 1), rel=1e-6)


def fit_at(fitted, name, value):
    return fit(fitted.likelihood.family, fitted.likelihood.sample, {name: value})


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


def drawn(fitted, sample, number, seed=5):
    random = np.random.default_rng(seed)
    return Replicates.of(replicates(fitted, sample, random, number, measured=False))


def test_the_bootstrap_agrees_with_theory_for_a_normal_mean():
    sample = Sample(NORMAL(5.0, 2.0).draw(50, np.random.default_rng(4)))
    fitted = fit(NORMAL, sample)
    low, high = bootstrap(drawn(fitted, sample, 1000), 0.9)["mean"]
    half = stats.norm.ppf(0.95) * fitted.standard_errors[0]
    mean = fitted.parameters[0]
    assert (low, high) == pytest.approx((mean - half, mean + half), abs=0.15 * half)


def test_the_bootstrap_knows_of_censoring():
    # the spread of log rate is 1/√(number of failures), whatever the number of observations
    family = FAMILIES["exponential"]
    x = family(0.5).draw(100, np.random.default_rng(1))
    sample = right_censored(x, np.full(100, 0.8))
    fitted = fit(family, sample)
    low, high = bootstrap(drawn(fitted, sample, 150), 0.9)["rate"]
    failures = sample.values.size
    assert failures < 50
    width = 2 * stats.norm.ppf(0.95) / np.sqrt(failures)
    assert np.log(high / low) == pytest.approx(width, rel=0.2)


def test_without_enough_replicates_there_is_no_bootstrap():
    one = Replicate({"mean": 0.0, "variance": 1.0}, {})
    spans = bootstrap(Replicates.of([*[one] * 9, None]), 0.9)
    assert spans == {"mean": (0.0, 0.0), "variance": (1.0, 1.0)}
    assert bootstrap(Replicates.of([*[one] * 8, None, None]), 0.9) == {}


def test_a_profile_that_finds_a_higher_place_begins_again_there(gamma):
    low = dataclasses.replace(gamma, parameters=(gamma.parameters[0], 0.5 * gamma.parameters[1]))
    with pytest.raises(Better):
        profile(low, 0, 0.95)
    low = dataclasses.replace(low, log_likelihood=gamma.likelihood.value(low.parameters))
    assert raised(low, 0.95).parameters == pytest.approx(gamma.parameters)
    assert raised(gamma, 0.95) is gamma


def test_a_fixed_parameter_stays_fixed_in_a_profile():
    x = GAMMA(2.0, 0.5).draw(40, np.random.default_rng(3))
    held = fit(GAMMA, Sample(x), {"shape": 2.0})
    low, high = profile(held, 1, 0.95)
    drop = stats.chi2.ppf(0.95, 1) / 2
    for end in (low, high):
        assert held.log_likelihood - held.likelihood.value((2.0, end)) == pytest.approx(drop)


def test_a_profile_that_becomes_level_has_an_open_end():
    values = [0.1809, 0.3141, 0.8164, 1.205, 2.49, 2.886, 0.359, 0.2467, 0.8018, 0.9347]
    fitted = fit(FAMILIES["lomax"], Sample(np.array([*values, 4.856, 0.5367])))
    low, high = profile(fitted, 0, 0.95)
    assert low == pytest.approx(0.84725, rel=1e-4)
    assert high is None


def test_a_profile_that_is_level_beyond_what_can_be_reached_at_once_has_an_open_end():
    fitted = fit(FAMILIES["gompertz"], read_observations("remissions", Roles()))
    low, high = profile(fitted, 0, 0.95)
    assert 0.0 < low < fitted.parameters[0]
    assert high is None


def test_a_ridge_that_no_climb_follows_to_its_top_has_an_open_end():
    """With its shape a generalized gamma tends to a lognormal, here within the cutoff."""
    x = 10.0 + np.random.default_rng(2).standard_normal(30)
    fitted = fit(FAMILIES["generalized-gamma"], Sample(x))
    assert fit(FAMILIES["lognormal"], Sample(x)).log_likelihood > fitted.log_likelihood - 1.92
    low, high = profile(fitted, 0, 0.95)
    assert low < fitted.parameters[0]
    assert high is None


def test_a_profile_is_followed_where_the_others_run_away():
    """Of a Weibull cut off above, a power law is left as its scale goes to infinity."""
    x = FAMILIES["weibull"].at((1.2, 2.0)).draw(120, np.random.default_rng(2))
    cut = float(np.quantile(x, 0.6))
    seen = x[x <= cut]
    fitted = fit(FAMILIES["weibull"], Sample(seen, truncation=(-math.inf, cut)))
    low, _ = profile(fitted, 0, 0.95)
    height = math.log(low / cut**low) * seen.size + (low - 1.0) * np.log(seen).sum()
    drop = fitted.log_likelihood - height
    assert 2 * drop == pytest.approx(stats.chi2.ppf(0.95, 1), abs=1e-6)
    wide, tall = np.exp(np.linspace(0, 60, 200)), np.full(200, low)
    assert fitted.likelihood.values(np.column_stack([tall, wide])).max() <= height + 1e-6


def test_a_profile_is_followed_to_where_another_parameter_vanishes():
    """Of a gamma cut off below, x⁻¹e^(−rx) is left as its shape goes to 0."""
    x = GAMMA(2.0, 0.5).draw(40, np.random.default_rng(0))
    cut = float(np.quantile(x, 0.15))
    seen = x[x > cut]
    fitted = fit(GAMMA, Sample(seen, truncation=(cut, math.inf)))
    low, _ = profile(fitted, 1, 0.95)
    height = -np.sum(np.log(seen) + low * seen) - seen.size * math.log(special.exp1(low * cut))
    drop = fitted.log_likelihood - height
    assert 2 * drop == pytest.approx(stats.chi2.ppf(0.95, 1), abs=1e-6)


@pytest.mark.parametrize("seed", [0, 2])
def test_a_profile_ends_on_its_own_hill(seed):
    """As its shape runs away a skew-normal has a second hill, which is lower on the way."""
    family = FAMILIES["skew-normal"]
    x = family.at(family.example).draw(40, np.random.default_rng(seed))
    cut = float(np.quantile(x, 0.7))
    fitted = fit(family, right_censored(x, np.full(40, cut)))
    _, high = profile(fitted, 1, 0.95)

    def drop(at):
        return fitted.log_likelihood - fitted.likelihood.value((at[0], high, math.sinh(at[1])))

    best = min(
        optimize.minimize(drop, (location, shape), method="Nelder-Mead", tol=1e-10).fun
        for location in (0.0, 0.6)
        for shape in (2.0, 10.0)
    )
    assert 2 * best == pytest.approx(stats.chi2.ppf(0.95, 1), abs=1e-4)


@pytest.mark.parametrize("seed", [2, 3, 5])
def test_an_end_beyond_what_doubles_hold_is_open(seed):
    """A lognormal cut off below tends to a Pareto, by masses that no double holds in the end."""
    x = FAMILIES["lognormal"].at((0.5, 1.3)).draw(14, np.random.default_rng(seed))
    cut = float(np.quantile(x, 0.1))
    logs = np.log(x[x > cut] / cut)
    fitted = fit(FAMILIES["lognormal"], Sample(x[x > cut], truncation=(cut, math.inf)))
    pareto = -logs.size * (1.0 + math.log(cut * logs.mean())) - logs.sum()
    assert 2 * (fitted.log_likelihood - pareto) < stats.chi2.ppf(0.95, 1)
    assert profile(fitted, 0, 0.95)[0] is None
    assert profile(fitted, 1, 0.95)[1] is None


def test_a_profile_that_met_a_place_off_the_support_still_ends_at_the_cutoff():
    x = np.random.default_rng(1).gamma(2.5, 1.0, 30)
    fitted = fit(FAMILIES["generalized-pareto"], Sample(x))
    for end in profile(fitted, 0, 0.95):
        shapes = np.linspace(-end / x.max() + 1e-9, 3.0, 3_001)
        heights = fitted.likelihood.values(np.column_stack([np.full(shapes.size, end), shapes]))
        drop = fitted.log_likelihood - np.max(heights)
        assert 2 * drop == pytest.approx(stats.chi2.ppf(0.95, 1), abs=1e-3)


def test_a_profile_of_censored_excesses_ends_at_the_cutoff():
    """Below −1 the density has a pole at its end, which must lie above the largest value, 35."""
    fitted = fit(FAMILIES["generalized-pareto"], read_observations("remissions", Roles()))
    low, high = profile(fitted, 1, 0.95)
    assert low < -1.0 < high

    def drop(room, shape):
        scale = -shape * (35.0 + math.exp(room)) if shape < 0.0 else math.exp(room)
        return 2.0 * (fitted.log_likelihood - fitted.likelihood.value((scale, shape)))

    for shape in (low, high):
        nearest = optimize.minimize_scalar(drop, (0.0, 2.0), args=(shape,))
        assert nearest.fun == pytest.approx(stats.chi2.ppf(0.95, 1), abs=1e-6)


def test_an_end_is_found_where_second_derivatives_have_no_bound():
    """A generalized normal has none at its values where its shape is below 2; near 1 that tells."""
    x = read_observations("speed-of-light", Roles()).values
    fitted = fit(FAMILIES["generalized-normal"], Sample(x))
    low, _ = profile(fitted, 2, 0.95)

    def height(location):
        scale = np.mean(low * np.abs(x - location) ** low) ** (1.0 / low)
        return stats.gennorm.logpdf(x, low, location, scale).sum()

    drop = fitted.log_likelihood - max(map(height, np.linspace(299.8, 299.9, 20_001)))
    assert 2 * drop == pytest.approx(stats.chi2.ppf(0.95, 1), abs=1e-5)


def test_a_profile_that_is_known_is_not_climbed_again(monkeypatch):
    fitted = fit(GAMMA, Sample(np.array([1.0, 2.0, 4.0, 7.0])))
    first = [profile(fitted, place, 0.95) for place in (0, 1)]
    monkeypatch.setattr("engine.inference.profile_excess.climbed", None)
    assert [profile(fitted, place, 0.95) for place in (0, 1)] == first
    assert first[0] != first[1]
    with pytest.raises(TypeError):
        profile(fitted, 0, 0.9)


def test_a_profile_goes_on_where_its_neighbour_could_not_have_the_sample():
    """The lower end of a gev, location − scale/shape, must stay below the least value."""
    sample = read_observations("air-conditioning", Roles())
    fitted, least = fit(FAMILIES["gev"], sample), sample.values.min()

    def drop(at, place, end):
        room, scale = np.exp(at[0]), np.exp(at[1])
        shape = end if place == 2 else scale / (end - least + room)
        location = end if place == 0 else least - room + scale / shape
        return 2.0 * (fitted.log_likelihood - fitted.likelihood.value((location, scale, shape)))

    for place in (0, 2):
        for end in profile(fitted, place, 0.95):
            found = min(
                optimize.minimize(drop, (room, 2.5), (place, end), "Nelder-Mead", tol=1e-12).fun
                for room in (-6.0, -3.0, 0.0, 3.0)
            )
            assert found == pytest.approx(stats.chi2.ppf(0.95, 1), rel=1e-6)


@pytest.mark.parametrize("seed", [1, 5, 9, 10])
def test_a_truncated_weibull_s_shape_ends_where_a_pareto_is_less_likely(seed):
    x = np.exp(np.random.default_rng(seed).normal(0.9, 1.0, 200))
    sample = Sample(x[x > 3.0], truncation=(3.0, math.inf))
    fitted = fit(FAMILIES["weibull"], sample)
    limit = fit(FAMILIES["pareto"], sample, {"minimum": 3.0})
    open_below = fitted.log_likelihood - limit.log_likelihood < stats.chi2.ppf(0.95, 1) / 2.0
    for place in (0, 1):
        low, high = profile(fitted, place, 0.95)
        assert (low is None) == open_below
        assert high > fitted.parameters[place]


def test_an_unbounded_likelihood_on_one_side_leaves_the_other_end():
    fitted = fit(FAMILIES["generalized-pareto"], Sample(np.array([0.5, 0.6, 9.0, 2.0])))
    told = intervals(fitted, 0.95, ("profile",))["profile"]
    (low, open_above), (open_below, high) = told["scale"], told["shape"]
    assert open_above is None
    assert open_below is None
    for name, end in (("scale", low), ("shape", high)):
        drop = fitted.log_likelihood - fit_at(fitted, name, end).log_likelihood
        assert 2 * drop == pytest.approx(stats.chi2.ppf(0.95, 1), rel=1e-6)


def test_a_profile_goes_over_to_the_hill_at_infinity_that_has_become_the_higher_one():
    family = FAMILIES["generalized-normal"]
    x = family.at(family.example).draw(40, np.random.default_rng(1))
    sample = right_censored(x, np.full(40, np.quantile(x, 0.7)))
    fitted = fit(family, sample)
    _, high = profile(fitted, 1, 0.95)

    # a uniform from the least value on, in double precision
    end = (sample.values.min() + high) * (1.0 - 1e-12), high, 1e13
    drop = fitted.log_likelihood - Likelihood(family, sample).value(end)
    assert 2 * drop == pytest.approx(stats.chi2.ppf(0.95, 1), rel=5e-3)
