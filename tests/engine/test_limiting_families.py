"""Limits of families: their likelihoods against members far out, and what a fit says of them."""

import math

import numpy as np
import pytest
from scipy import stats

from engine.distributions import FAMILIES
from engine.distributions.families import family
from engine.fits.diagnosis import diagnoses
from engine.fits.fitting import fit
from engine.fits.limiting_families import Limit, higher_limit
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Censored, Sample

BURR, GAMMA = FAMILIES["burr"], FAMILIES["generalized-gamma"]
LOGS = np.random.default_rng(4).normal(0.3, 0.05, 200)


def limits(family, x):
    """Log-likelihoods by the name of the parameter that runs away."""
    return dict(family.limits(family.condense(Sample(x))))


@pytest.mark.parametrize("name", ["lognormal", "pareto"])
def test_a_limit_is_the_likelihood_of_the_family_there(name):
    x = np.exp(LOGS)
    family, parameter = {"lognormal": (GAMMA, "shape"), "pareto": (BURR, "shape2")}[name]
    expected = fit(FAMILIES[name], Sample(x)).log_likelihood
    assert limits(family, x)[parameter] == pytest.approx(expected, rel=1e-12)


def test_members_far_out_come_near_to_their_limits():
    x = np.exp(LOGS)
    mean, spread = LOGS.mean(), LOGS.std()
    shape = 1e6
    power = 1.0 / spread / math.sqrt(shape)
    far = shape, power, math.exp(mean - math.log(shape) / power)
    value = Likelihood(GAMMA, Sample(x)).value(far)
    assert value == pytest.approx(limits(GAMMA, x)["shape"], abs=0.1)
    power = 1e7
    product = 1.0 / (LOGS.max() - mean)
    far = product / power, power, x.max() * (1.0 + 1e-6)
    value = Likelihood(GAMMA, Sample(x)).value(far)
    assert value == pytest.approx(limits(GAMMA, x)["power"], abs=0.1)
    product = 1.0 / (mean - LOGS.min())
    far = product / power, power, x.min() * (1.0 - 1e-6)
    value = Likelihood(BURR, Sample(x)).value(far)
    assert value == pytest.approx(limits(BURR, x)["shape2"], abs=0.1)


@pytest.mark.parametrize("seed", range(12))
def test_a_generalized_gamma_is_a_maximum_above_its_limits_or_says_which_it_tends_to(seed):
    x = np.exp(np.random.default_rng(seed).normal(0.0, 0.7, 60))
    fitted = fit(GAMMA, Sample(x))
    highest = max(limits(GAMMA, x).values())
    if fitted.converged:
        assert fitted.log_likelihood > highest
        assert not fitted.level
    else:
        assert fitted.log_likelihood <= highest
        assert fitted.level
        assert fitted.limit in {"lognormal", ""}
        assert diagnoses(fitted)[0].name == "maximum-at-the-boundary"


def test_a_sample_skewed_to_the_right_on_its_logarithms_tends_to_a_lognormal():
    x = np.exp(np.random.default_rng(1).gamma(3.0, 1.0, 80))
    fitted = fit(GAMMA, Sample(x))
    assert fitted.level == ("shape",)
    assert fitted.limit == "lognormal"


def test_a_maximum_below_a_limit_says_so():
    x = np.exp(np.random.default_rng(18).normal(0.0, 0.7, 15))
    fitted = fit(BURR, Sample(x))
    assert fitted.converged
    limit = higher_limit(fitted.likelihood, fitted.log_likelihood, fit)
    assert limit.runs_away == "shape2"
    assert limit.height > fitted.log_likelihood
    assert any("compare with pareto" in each.advice.lower() for each in diagnoses(fitted))


def censored(x):
    """The sample, with a third of its values known to be larger."""
    hidden = x[::3]
    seen = np.delete(x, np.s_[::3])
    above = Censored(hidden * 0.9, np.full(hidden.size, np.inf), np.ones(hidden.size))
    return Sample(seen, None, above)


@pytest.mark.parametrize(
    ("name", "parameter", "other"),
    [
        ("generalized-gamma", "shape", "lognormal"),
        ("student-t", "df", "normal"),
        ("burr", "shape1", "weibull"),
    ],
)
def test_on_a_censored_sample_a_limit_is_fitted(name, parameter, other):
    sample = censored(np.exp(LOGS))
    expected = fit(FAMILIES[other], sample).log_likelihood
    likelihood = Likelihood(FAMILIES[name], sample)
    found = higher_limit(likelihood, expected - 1e-9, fit)
    assert found is not None
    assert found.height >= expected
    assert (found.runs_away, found.family) == (parameter, other) or found.height > expected
    assert higher_limit(likelihood, found.height + 1e-9, fit) is None


@pytest.mark.parametrize(("side", "other"), [(-1, "gamma"), (1, "inverse-gamma")])
def test_a_truncation_hides_the_half_of_a_birnbaum_saunders_that_runs_away(side, other):
    family = FAMILIES["birnbaum-saunders"]
    x = family.at((1.2, 1.0)).draw(40, np.random.default_rng(5))
    cut = float(np.quantile(x, 0.3 if side < 0 else 0.7))
    kept = x[x > cut] if side < 0 else x[x <= cut]
    sample = Sample(kept, truncation=(cut, math.inf) if side < 0 else (-math.inf, cut))
    likelihood, limit = Likelihood(family, sample), fit(FAMILIES[other], sample, {"shape": 0.5})
    expected = Limit("shape", limit.log_likelihood, other)
    assert higher_limit(likelihood, limit.log_likelihood, fit) == expected
    assert higher_limit(likelihood, limit.log_likelihood + 1e-9, fit) is None
    far = 1e4, (2.0 * 1e4**2 * limit.parameters[1]) ** side
    assert likelihood.value(far) == pytest.approx(limit.log_likelihood, abs=1e-3)


def test_a_censored_fit_that_runs_away_says_what_it_tends_to():
    for seed in range(3):
        sample = censored(np.exp(np.random.default_rng(seed).gamma(3.0, 1.0, 80)))
        fitted = fit(GAMMA, sample)
        lognormal = fit(FAMILIES["lognormal"], sample)
        if fitted.converged:
            assert fitted.log_likelihood > lognormal.log_likelihood
        else:
            assert fitted.log_likelihood <= lognormal.log_likelihood
            assert fitted.limit == "lognormal"
            assert diagnoses(fitted)[0].name == "maximum-at-the-boundary"


def test_a_gompertz_far_from_zero_is_fitted():
    x = 200.0 + np.random.default_rng(3).normal(0.0, 1.0, 50)
    fitted = fit(FAMILIES["gompertz"], Sample(x))
    assert fitted.converged
    assert fitted.parameters[0] < 1e-70


@pytest.mark.parametrize(
    ("name", "x"),
    [
        ("generalized-pareto", np.random.default_rng(2).uniform(0.0, 1.0, 40)),
        ("gev", np.random.default_rng(4).uniform(0.0, 1.0, 30)),
        ("gev", np.random.default_rng(2).geometric(0.3, 200).astype(float)),
    ],
    ids=["an end from above", "an upper end", "a lower end"],
)
def test_a_likelihood_without_bound_is_told_as_that(name, x):
    fitted = fit(FAMILIES[name], Sample(x))
    assert not fitted.converged
    assert "grows without bound" in fitted.verdict
    assert diagnoses(fitted)[0].name == "unbounded-likelihood"


def test_a_rate_of_0_in_a_mixture_is_a_boundary():
    random = np.random.default_rng(5)
    x = random.poisson(3.0, 200) * (random.uniform(size=200) < 0.7) * 1.0
    fitted = fit(family("poisson-mixture", {"components": 2}), Sample(x))
    assert fitted.level == ("mean_1",)


def test_a_gumbel_is_fitted_to_a_sample_with_a_far_lower_outlier():
    x = np.random.default_rng(2).standard_cauchy(200)
    fitted = fit(FAMILIES["gumbel"], Sample(x))
    assert fitted.converged
    assert fitted.log_likelihood == pytest.approx(
        stats.gumbel_r.logpdf(x, *stats.gumbel_r.fit(x)).sum(), rel=1e-6
    )


@pytest.mark.parametrize("way", [1.0, -1.0])
@pytest.mark.parametrize("seed", range(6))
def test_a_skew_normal_is_followed_to_the_half_of_a_normal_that_is_above_its_hills(seed, way):
    random = np.random.default_rng(seed)
    x = way * (3.0 + np.abs(random.normal(0.0, 5.0, 45)) + random.exponential(0.2, 45))
    fitted = fit(FAMILIES["skew-normal"], Sample(x))
    scale = math.sqrt(np.mean((x - way * np.abs(x).min()) ** 2))
    half = stats.halfnorm.logpdf(np.abs(x - way * np.abs(x).min()), scale=scale).sum()
    assert fitted.log_likelihood >= half - 1e-6
    assert fitted.converged == (fitted.log_likelihood > half + 1e-6)
    assert fitted.converged or (fitted.level == ("shape",) and fitted.parameters[2] * way > 0)


@pytest.mark.parametrize("each", [1e-300, 1e-3, 1e9])
def test_weights_of_any_size_leave_a_skew_normal_where_it_is(each):
    x = np.random.default_rng(122).uniform(size=40)
    one = fit(FAMILIES["skew-normal"], Sample(x, np.full(40, 1.0)))
    weighted = Sample(x, np.full(40, each))
    for start in FAMILIES["skew-normal"].starts(weighted):
        assert abs(start.location - x.mean()) <= 2.0 * np.ptp(x)
    other = fit(FAMILIES["skew-normal"], weighted)
    assert other.log_likelihood == pytest.approx(each * one.log_likelihood, rel=1e-6)


def test_a_skew_normal_s_hill_near_the_end_of_a_sample_is_found():
    random = np.random.default_rng(122)
    x = random.uniform(size=int(random.integers(8, 80)))
    fitted = fit(FAMILIES["skew-normal"], Sample(x))
    assert fitted.converged
    assert fitted.log_likelihood == pytest.approx(-8.0344518443, abs=1e-9)
    assert fitted.parameters == pytest.approx((0.927010, 0.507360, -11.12638), rel=1e-5)


def test_a_censored_skew_normal_runs_away_to_no_family():
    x = np.random.default_rng(5).uniform(0.0, 1.0, 30)
    cut = float(np.quantile(x, 0.8))
    hidden = Censored(np.full(6, cut), np.full(6, np.inf), np.ones(6))
    fitted = fit(FAMILIES["skew-normal"], Sample(x[x <= cut], None, hidden))
    assert fitted.level == ("shape",)
    assert fitted.limit == ""
    assert "does not fall with shape; hold it at a known value" in fitted.verdict


def test_equal_values_with_a_power_held_are_not_told_to_be_too_large():
    fitted = fit(GAMMA, Sample(np.full(20, 5.0)), {"power": 1.0})
    assert not fitted.converged
    assert fitted.level


EXCESS = np.random.default_rng(2).gamma(0.5, size=60)
"""More scattered than an exponential's values, whose standard deviation is their mean."""


EXPONENTIAL = [(name, "exponential", 2.0 + EXCESS) for name in ("normal", "logistic", "gumbel")]
POWERS = ("lognormal", "loglogistic", "weibull", "lomax")
PARETO = [(name, "pareto", 2.0 * np.exp(EXCESS)) for name in POWERS]


@pytest.mark.parametrize(("name", "other", "x"), EXPONENTIAL + PARETO)
@pytest.mark.parametrize("unit", [1.0, 1e5])
def test_where_a_truncation_hides_all_but_a_tail_its_limit_is_named(name, other, x, unit):
    low = 2.0 * unit
    sample = Sample(unit * x, truncation=(low, math.inf))
    fitted = fit(FAMILIES[name], sample)
    limit = fit(FAMILIES[other], sample, {"minimum": low} if other == "pareto" else None)
    assert limit.converged
    assert not fitted.converged
    assert fitted.log_likelihood == pytest.approx(limit.log_likelihood, abs=0.25)
    found = diagnoses(fitted)[0]
    assert found.name == "maximum-at-the-boundary"
    assert f"Fit {other}, which" in found.advice
