"""Laws that every family keeps, whatever its formulas."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate

from engine.distributions import FAMILIES
from engine.fits.curvature import score_in_standard_errors
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import GENERATORS, Sample, generator

from .helpers import derivative, members, moderate, reachable, shifted

PROBABILITIES = np.array([0.001, 0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98, 0.999])

pytestmark = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)


def test_the_registry_names_each_family_as_it_names_itself(family):
    assert FAMILIES[family.name] is family
    assert family.reference


def test_every_parameter_is_declared_in_full(family):
    names = [p.name for p in family.parameters()]
    assert len(set(names)) == len(names) > 0
    for parameter in family.parameters():
        assert parameter.name.isidentifier()
        assert parameter.symbol
        assert parameter.meaning
        assert parameter.domain.description


@given(st.data())
def test_a_member_gives_back_its_parameters(family, data):
    member = data.draw(members(family))
    assert family.at(member.values()) == member
    assert all(
        p.domain.contains(v) for p, v in zip(family.parameters(), member.values(), strict=True)
    )


@given(st.data())
def test_score_is_the_derivative_of_the_log_density(family, data):
    member = data.draw(members(family))
    x = member.quantile(PROBABILITIES)
    x = x[reachable(member, x)]
    score = member.score(x)
    assert score.shape == (len(family.parameters()), x.size)
    for i, value in enumerate(member.values()):
        slope = derivative(
            lambda v, i=i: shifted(member, i, v).log_density(x), value, 1e-3 * abs(value) + 1e-6
        )
        assert score[i] == pytest.approx(slope, rel=1e-6, abs=1e-6)


@given(st.data())
def test_cdf_is_the_integral_of_the_density(family, data):
    member = data.draw(members(family))
    if family.support.whole:
        counts = np.arange(family.support.low, member.quantile(np.array([0.999]))[0] + 1)
        masses = np.exp(member.log_density(counts))
        assert member.cdf(counts) == pytest.approx(np.cumsum(masses), rel=1e-9)
        assert member.cdf(counts + 0.5) == pytest.approx(np.cumsum(masses), rel=1e-9)
        return
    ends = member.quantile(PROBABILITIES)
    for low, high in itertools.pairwise(ends):
        # a pole at 0 is integrated over the logarithm
        place, slope = (np.exp, np.exp) if low > 0 else (lambda t: t, lambda t: 1.0)
        bounds = (math.log(low), math.log(high)) if low > 0 else (low, high)
        mass, _ = integrate.quad(
            lambda t, place=place, slope=slope: (
                math.exp(member.log_density(np.array([place(t)]))[0]) * slope(t)
            ),
            *bounds,
            epsabs=1e-12,
        )
        rise = np.diff(member.cdf(np.array([low, high])))[0]
        assert rise == pytest.approx(mass, rel=1e-7)


@given(st.data())
def test_survival_is_what_the_cdf_leaves(family, data):
    member = data.draw(members(family))
    x = member.quantile(PROBABILITIES)
    assert member.survival(x) + member.cdf(x) == pytest.approx(np.ones(x.size), rel=1e-12)
    assert np.all(member.survival(x) >= 0)


@given(st.data())
def test_quantile_inverts_the_cdf(family, data):
    member = data.draw(members(family))
    x = member.quantile(PROBABILITIES)
    if family.support.whole:
        assert np.all(member.cdf(x) >= PROBABILITIES * (1 - 1e-12))
        below = np.where(x > family.support.low, member.cdf(x - 1), 0.0)
        assert np.all(below < PROBABILITIES * (1 + 1e-12))
        return
    assert np.all(np.diff(x) > 0)
    assert member.cdf(x) == pytest.approx(PROBABILITIES, rel=1e-9)


@given(st.data())
def test_nothing_is_observed_outside_the_support(family, data):
    member = data.draw(members(family))
    support = family.support
    outside = [v for v in (support.low - 1, support.high + 2) if math.isfinite(v)]
    outside += [support.low + 0.5] * support.whole
    x = np.array(outside, dtype=float)
    assert not support.contains(x).any()
    assert np.all(member.log_density(x) == -np.inf)
    below = x[x < support.low]
    assert member.cdf(below).tolist() == [0.0] * below.size
    assert support.contains(member.draw(50, np.random.default_rng(1))).all()


@pytest.mark.parametrize("name", GENERATORS)
def test_draws_follow_the_cdf(family, name):
    n, member = 20_000, moderate(family)
    x = np.sort(member.draw(n, generator(name, 7)))
    assert x.shape == (n,)
    if family.support.whole:
        points = np.unique(x)
        distance = np.max(np.abs(np.searchsorted(x, points, "right") / n - member.cdf(points)))
    else:
        grid, u = np.arange(n) / n, member.cdf(x)
        distance = max(np.max(u - grid), np.max(grid + 1 / n - u))
    assert math.sqrt(n) * distance < 1.63


@given(st.data(), st.integers(0, 2**32 - 1))
def test_a_guess_is_a_member_under_which_the_sample_is_possible(family, data, seed):
    x = data.draw(members(family)).draw(200, np.random.default_rng(seed))
    sample = Sample(x, np.random.default_rng(seed).integers(1, 4, 200).astype(float))
    guess = family.guess(sample)
    assert all(
        p.domain.contains(v) for p, v in zip(family.parameters(), guess.values(), strict=True)
    )
    assert np.isfinite(guess.log_density(x)).all()


def test_weights_are_repetitions(family):
    x = moderate(family).draw(60, np.random.default_rng(3))
    weights = np.random.default_rng(4).integers(1, 5, x.size).astype(float)
    repeated = Likelihood(family, Sample(np.repeat(x, weights.astype(int))))
    weighted = Likelihood(family, Sample(x, weights))
    at = family.guess(Sample(x)).values()
    assert weighted.n == repeated.n
    assert weighted.value(at) == pytest.approx(repeated.value(at), rel=1e-12)
    assert weighted.score(at) == pytest.approx(repeated.score(at), rel=1e-9, abs=1e-9)


def test_the_closed_form_is_where_the_score_vanishes(family):
    x = moderate(family).draw(400, np.random.default_rng(5))
    likelihood = Likelihood(family, Sample(x))
    best = likelihood.maximum()
    if best is None or family.corner:
        pytest.skip("no closed form, or one at the edge of the sample")
    assert score_in_standard_errors(likelihood, best) < 1e-6


@pytest.mark.parametrize("name", GENERATORS)
def test_a_seed_gives_the_same_draws(family, name):
    first = moderate(family).draw(100, generator(name, 5))
    again = moderate(family).draw(100, generator(name, 5))
    other = moderate(family).draw(100, generator(name, 6))
    assert first.tolist() == again.tolist() != other.tolist()
