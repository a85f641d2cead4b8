"""Censored and truncated samples, against published fits, formulas and the laws of both."""

import numpy as np
import pytest
from scipy import stats

from engine.distributions import FAMILIES
from engine.fits.curvature import score_in_standard_errors
from engine.fits.fitting import fit
from engine.likelihoods.censoring import Masses
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Censored, Sample
from engine.tables.observations import read_observations
from engine.tables.roles import Roles

from .helpers import derivative, moderate
from .test_reference_cases import CASES

each_family = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
smooth = [family for family in FAMILIES.values() if not family.corner]
each_smooth = pytest.mark.parametrize("family", smooth, ids=lambda family: family.name)


def drawn(family, n=200):
    return moderate(family).draw(n, np.random.default_rng(17))


def right_censored(values, seen):
    hidden = values[~seen]
    bounds = Censored(hidden, np.full(hidden.size, np.inf), np.ones(hidden.size))
    return Sample(values[seen], None, bounds)


@pytest.mark.parametrize(
    "case", [c for c in CASES if "event" in c and c["family"] in FAMILIES], ids=lambda c: c["id"]
)
def test_published_censored_fits_agree(case):
    family = FAMILIES[case["family"]]
    sample = right_censored(np.array(case["data"], float), np.array(case["event"]) == 1)
    fitted = fit(family, sample)
    names = [p.name for p in family.parameters()]
    assert fitted.converged
    assert fitted.log_likelihood == pytest.approx(case["log_likelihood"], rel=1e-11)
    found = dict(zip(names, fitted.parameters, strict=True))
    errors = dict(zip(names, fitted.standard_errors, strict=True))
    assert found == pytest.approx(case["estimates"], rel=1e-6)
    assert errors == pytest.approx(case["standard_errors"], rel=1e-5)


def test_the_censored_exponential_has_a_formula():
    x = FAMILIES["exponential"](0.5).draw(60, np.random.default_rng(1))
    fitted = fit(FAMILIES["exponential"], right_censored(np.minimum(x, 2.0), x < 2.0))
    assert fitted.parameters[0] == pytest.approx((x < 2.0).sum() / np.minimum(x, 2.0).sum())
    assert fitted.standard_errors[0] == pytest.approx(
        fitted.parameters[0] / np.sqrt((x < 2.0).sum()), rel=1e-6
    )


@each_smooth
def test_masses_are_differentiated_exactly(family):
    low, high = moderate(family).quantile(np.array([0.15, 0.7]))
    high += family.support.whole
    hidden = Censored(
        np.array([low, -np.inf, low]), np.array([high, high, np.inf]), np.array([1.0, 2.0, 3.0])
    )
    sample = Sample(np.array([high]), None, hidden, (low - 1.0, np.inf))
    masses, at = Masses(family, sample), np.array(family.example)
    gradient = masses.gradient(at)
    for i, value in enumerate(at):
        slope = derivative(
            lambda v, i=i: masses.value([*at[:i], v, *at[i + 1 :]]), value, 2e-3 * abs(value) + 1e-5
        )
        assert gradient[i] == pytest.approx(slope, rel=1e-5, abs=1e-6)
        change = derivative(
            lambda v, i=i: masses.gradient([*at[:i], v, *at[i + 1 :]]),
            value,
            2e-3 * abs(value) + 1e-5,
        )
        assert masses.hessian(at)[i] == pytest.approx(change, rel=1e-3, abs=1e-3)


@each_family
def test_a_mass_is_found_from_whichever_side_keeps_its_digits(family):
    member = moderate(family)
    low, high = member.quantile(np.array([0.3, 0.8]))
    high += family.support.whole
    for a, b in ((low, high), (-np.inf, low), (high, np.inf), (-np.inf, np.inf)):
        hidden = Censored(np.array([a]), np.array([b]), np.ones(1))
        value = Masses(family, Sample(np.zeros(0), None, hidden)).value(member.values())
        expected = (1.0 if b == np.inf else member.cdf(np.array([b]))[0]) - (
            0.0 if a == -np.inf else member.cdf(np.array([a]))[0]
        )
        assert value == pytest.approx(np.log(expected), rel=1e-9, abs=1e-12)


@each_smooth
def test_truncation_at_the_ends_of_everything_changes_nothing(family):
    x = drawn(family)
    plain = Likelihood(family, Sample(x))
    cut = Likelihood(family, Sample(x, truncation=(-np.inf, np.inf)))
    assert cut.value(family.example) == pytest.approx(plain.value(family.example), rel=1e-13)
    assert cut.score(family.example) == pytest.approx(plain.score(family.example), abs=1e-6)


def test_a_truncated_normal_is_scipys():
    x = stats.truncnorm.rvs(-0.5, 2.0, loc=1.0, scale=2.0, size=300, random_state=3)
    sample = Sample(x, truncation=(0.0, 5.0))
    likelihood = Likelihood(FAMILIES["normal"], sample)
    expected = stats.truncnorm.logpdf(x, -0.5, 2.0, loc=1.0, scale=2.0).sum()
    assert likelihood.value((1.0, 4.0)) == pytest.approx(expected, rel=1e-12)
    fitted = fit(FAMILIES["normal"], sample)
    assert fitted.converged
    assert fitted.log_likelihood >= expected


def test_intervals_alone_can_be_fitted():
    x = FAMILIES["gamma"](3.0, 0.5).draw(400, np.random.default_rng(8))
    bins = np.floor(x)
    fitted = fit(
        FAMILIES["gamma"], Sample(np.zeros(0), None, Censored(bins, bins + 1, np.ones(400)))
    )
    assert fitted.converged
    away = np.subtract(fitted.parameters, (3.0, 0.5)) / fitted.standard_errors
    assert np.max(np.abs(away)) < 4


def test_weights_of_censored_observations_are_repetitions():
    x = FAMILIES["gamma"](3.0, 0.5).draw(30, np.random.default_rng(5))
    once = Censored(x[:10], np.full(10, np.inf), np.full(10, 3.0))
    thrice = Censored(np.repeat(x[:10], 3), np.full(30, np.inf), np.ones(30))
    one = fit(FAMILIES["gamma"], Sample(x[10:], None, once))
    other = fit(FAMILIES["gamma"], Sample(x[10:], None, thrice))
    assert one.parameters == pytest.approx(other.parameters, rel=1e-9)
    assert one.likelihood.n == other.likelihood.n == 50


@each_smooth
def test_a_censored_likelihood_is_that_of_its_values_and_masses(family):
    member, x = moderate(family), drawn(family, 40)
    seen = np.arange(x.size) % 3 > 0
    x = np.where(seen, x, x - family.support.whole)  # some count above it there always is
    likelihood = Likelihood(family, right_censored(x, seen))
    expected = member.log_density(x[seen]).sum() + np.log(member.survival(x[~seen])).sum()
    assert likelihood.value(member.values()) == pytest.approx(expected, rel=1e-12)
    for i, value in enumerate(member.values()):
        slope = derivative(
            lambda v, i=i: likelihood.value([*member.values()[:i], v, *member.values()[i + 1 :]]),
            value,
            1e-3 * abs(value) + 1e-6,
        )
        assert likelihood.score(member.values())[i] == pytest.approx(slope, rel=1e-5, abs=1e-5)


def test_counts_that_are_not_told_below_one_begin_at_one():
    k = np.random.default_rng(2).poisson(2.0, 300).astype(float)
    seen = Sample(k[k > 0], truncation=(1.0, np.inf))
    fitted = fit(FAMILIES["poisson"], seen)
    mean = fitted.parameters[0]
    assert mean / -np.expm1(-mean) == pytest.approx(seen.values.mean(), rel=1e-9)


def test_what_is_censored_is_censored_up_to_the_upper_end_of_the_range():
    low, high = np.array([2.0]), np.array([np.inf])
    open_ended = Sample(np.array([1.0]), None, Censored(low, high, np.ones(1)), (0.0, 3.0))
    closed = Sample(np.array([1.0]), None, Censored(low, np.array([3.0]), np.ones(1)), (0.0, 3.0))
    normal = FAMILIES["normal"]
    at = (1.0, 2.0)
    assert Likelihood(normal, open_ended).value(at) == Likelihood(normal, closed).value(at)


def test_a_range_that_a_member_hardly_ever_reaches_has_its_likelihood():
    """An exponential has no memory: beyond 1 it is as beyond 0, e^−100,000 or not."""
    sample = Sample(np.array([2.0, 3.0]), truncation=(1.0, np.inf))
    value = Likelihood(FAMILIES["exponential"], sample).value((1e5,))
    assert value == pytest.approx(2.0 * np.log(1e5) - 3e5, rel=1e-14)


def test_a_range_of_counts_that_a_member_never_reaches_has_no_likelihood():
    sample = Sample(np.array([50.0, 51.0]), truncation=(50.0, np.inf))
    assert not np.isfinite(Likelihood(FAMILIES["poisson"], sample).value((1e-8,)))


def test_a_censored_pareto_has_a_formula():
    pareto = FAMILIES["pareto"]
    x = pareto(2.0, 3.0).draw(40, np.random.default_rng(5))
    sample = right_censored(np.minimum(x, 3.0), x < 3.0)
    fitted = fit(pareto, sample)
    least = x.min()
    shape = (x < 3.0).sum() / np.log(np.minimum(x, 3.0) / least).sum()
    assert fitted.converged
    assert fitted.parameters == pytest.approx((least, shape), rel=1e-8)


def test_a_uniform_censored_on_the_right_ends_where_the_formula_says():
    x = np.random.default_rng(1).uniform(1.0, 5.0, 20)
    seen = x < 4.0
    fitted = fit(FAMILIES["uniform"], right_censored(np.where(seen, x, 4.0), seen))
    low, hidden = x[seen].min(), (~seen).sum()
    high = (4.0 * 20 - hidden * low) / (20 - hidden)
    assert fitted.converged
    assert fitted.parameters == pytest.approx((low, high), rel=1e-7)


@pytest.mark.parametrize(
    ("name", "fixed", "expected"),
    [("pareto", {"shape": 3.0}, (1.0, 3.0)), ("uniform", {"low": 0.5}, (0.5, 9.0))],
)
def test_a_corner_is_reached_with_the_other_parameter_held(name, fixed, expected):
    fitted = fit(FAMILIES[name], Sample(np.array([1.0, 2.0, 3.0, 9.0])), fixed)
    assert fitted.converged
    assert fitted.parameters == expected


def test_masses_are_differentiated_where_all_of_the_scores_are_in_a_tail():
    """A steep skew-normal's shape is told by the few observations about its beginning."""
    sample = read_observations("remissions", Roles())
    masses = Masses(FAMILIES["skew-normal"], sample)
    at = np.array([4.99, 29.58, 47.5])

    def value(shape):
        return masses.value([*at[:2], shape])

    def slope(shape):
        return derivative(value, shape, 0.01)

    bend = derivative(slope, at[2], 0.1)
    assert masses.gradient(at)[2] == pytest.approx(slope(at[2]), rel=1e-5)
    assert masses.hessian(at)[2, 2] == pytest.approx(bend, rel=1e-2)
    fitted = fit(FAMILIES["skew-normal"], sample)
    assert fitted.log_likelihood > -39.25
    assert not fitted.converged


@pytest.mark.parametrize("scale", [97.25, 98.5, 150.0])
def test_masses_are_differentiated_where_the_density_has_a_pole_at_its_end(scale):
    """Scores of a generalized Pareto have no variance there, and its end is near the values."""
    shape, sample = -2.778, read_observations("remissions", Roles())
    masses, hidden = Masses(FAMILIES["generalized-pareto"], sample), sample.censored

    def by_scale(scale):
        z = hidden.low / scale
        return hidden.weights @ (z / (1.0 + shape * z)) / scale

    z = hidden.low / scale
    rest = 1.0 + shape * z
    by_shape = hidden.weights @ (np.log(rest) / shape**2 - z / (shape * rest))
    assert masses.gradient((scale, shape)) == pytest.approx((by_scale(scale), by_shape), rel=1e-7)
    bend = derivative(by_scale, scale, 1e-3 * (scale + 35.0 * shape))
    assert masses.hessian((scale, shape))[0, 0] == pytest.approx(bend, rel=1e-4)


def half_hidden(member, n=6000):
    """Values, bounds on either side, pairs of bounds, and two bounds from which nothing is told."""
    random = np.random.default_rng(11)
    x, beyond = np.sort(member.draw(n, random)), np.full(n // 4, np.inf)
    ends = np.sort(member.draw(n // 2, random).reshape(2, -1), axis=0)
    low = np.concatenate([ends[0], -beyond[:-2], ends[0][:50], [-np.inf, member.support.low]])
    high = np.concatenate([beyond, ends[1][:-2], ends[1][:50], [np.inf, np.inf]])
    return Sample(x[: n // 2], None, Censored(low, high, random.integers(1, 4, low.size) * 1.0))


@pytest.mark.parametrize(
    "family", [f for f in smooth if not f.support.whole], ids=lambda family: family.name
)
def test_many_bounds_stand_on_nodes_as_good_as_they(family):
    member = moderate(family)
    exact = Likelihood(family, half_hidden(member))
    nodes = exact.condensed
    assert nodes.sample.censored.low.size < exact.sample.censored.low.size / 2
    assert nodes.sample.total == pytest.approx(exact.sample.total, rel=1e-12)
    at = member.values()
    assert nodes.value(at) == pytest.approx(exact.value(at), rel=1e-9)
    errors = np.sqrt(np.abs(np.diag(exact.information(at))))
    assert (np.abs(nodes.score(at) - exact.score(at)) <= 1e-5 * errors).all()


def test_a_fit_on_many_bounds_is_certified_on_the_bounds_themselves():
    family = FAMILIES["gamma"]
    sample = half_hidden(moderate(family))
    found = fit(family, sample)
    assert found.likelihood.sample is sample
    assert score_in_standard_errors(Likelihood(family, sample), found.parameters) <= 1e-6


def test_few_bounds_and_those_of_counts_stand_for_themselves():
    for family, n in ((FAMILIES["gamma"], 100), (FAMILIES["poisson"], 6000)):
        likelihood = Likelihood(family, half_hidden(moderate(family), n))
        assert likelihood.condensed is likelihood


def test_survival_of_a_beta_knows_values_whose_complement_is_one():
    x = np.array([0.0, 1e-300, 1e-20, 1e-5, 0.3, 1.0 - 1e-12, 1.0])
    member = FAMILIES["beta"].at((0.01, 2.0))
    assert member.survival(x) == pytest.approx(stats.beta(0.01, 2.0).sf(x), rel=1e-11)
