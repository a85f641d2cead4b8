"""Laws of the likelihood, its gradient, its curvature and its maximum, for every family."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.distributions import FAMILIES
from engine.fits.curvature import score_in_standard_errors, standard_errors
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Sample

from .helpers import derivative, members, moderate, reachable, samples

pytestmark = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)


KINKS = {"laplace", "generalized-normal"}
"""Families whose log density has a kink, or a jump in some derivative, at its location."""


def smooth(sample, member):
    """Leave out values where a numeric derivative fails: at a kink, at an edge, in no density."""
    kept = reachable(member, sample.values) & (member.log_density(sample.values) > -100)
    if member.name in KINKS:
        kept &= np.abs(sample.values - member.location) > 0.1 * member.scale
    assume(kept.any())
    return Sample(sample.values[kept])


def replaced(values, index, value):
    return [*values[:index], value, *values[index + 1 :]]


@given(st.data())
def test_the_likelihood_is_the_sum_of_the_log_densities(family, data):
    sample, member = data.draw(samples(family)), data.draw(members(family))
    found = family.log_likelihood(family.condense(sample), *member.values())
    densities = member.log_density(sample.values)
    assert found == pytest.approx(densities.sum(), rel=1e-12, abs=1e-12 * np.abs(densities).sum())


@given(st.data())
def test_mean_score_is_the_gradient_of_the_likelihood(family, data):
    sample, member = data.draw(samples(family)), data.draw(members(family))
    sample = smooth(sample, member)
    statistics, values = family.condense(sample), member.values()
    score = family.mean_score(statistics, *values)
    assert all(type(g) is float for g in score)
    for i, value in enumerate(values):
        slope = derivative(
            lambda v, i=i: family.log_likelihood(statistics, *replaced(values, i, v)),
            value,
            1e-3 * abs(value) + 1e-6,
        )
        assert score[i] == pytest.approx(slope / sample.n, rel=1e-6, abs=1e-6)


@given(st.data())
def test_mean_score_is_the_mean_of_the_scores(family, data):
    sample, member = data.draw(samples(family)), data.draw(members(family))
    scores = member.score(sample.values)
    assume(np.isfinite(scores).all())
    found = family.mean_score(family.condense(sample), *member.values())
    size = np.abs(scores).mean(axis=1).max()
    assert found == pytest.approx(scores.mean(axis=1), rel=1e-9, abs=1e-11 * size)


@given(st.data())
def test_information_is_minus_the_derivative_of_the_score(family, data):
    if family.name == "laplace":
        pytest.skip("its information by the location is the expected one")
    sample, member = data.draw(samples(family)), data.draw(members(family))
    likelihood, values = Likelihood(family, smooth(sample, member)), member.values()
    information = likelihood.information(values)
    assert information == pytest.approx(information.T, rel=1e-14)
    scale = np.abs(information).max()
    for i, value in enumerate(values):
        slope = derivative(
            lambda v, i=i: likelihood.score(replaced(values, i, v)), value, 1e-3 * abs(value) + 1e-6
        )
        assert information[i] == pytest.approx(-slope, rel=1e-6, abs=1e-7 * scale)


@given(st.data())
def test_many_points_at_once_are_as_many_points_one_by_one(family, data):
    likelihood = Likelihood(family, data.draw(samples(family)))
    drawn = data.draw(st.lists(members(family), min_size=1, max_size=5))
    points = np.array([m.values() for m in drawn])
    one_by_one = [family.log_likelihood(likelihood.statistics, *point) for point in points.tolist()]
    assert likelihood.values(points) == pytest.approx(one_by_one, rel=1e-13)
    assert [likelihood.value(p) for p in points] == pytest.approx(one_by_one, rel=1e-13)
    grid = points.T[:, :, None]
    table = family.log_likelihood(likelihood.statistics, *grid)
    assert table[:, 0] == pytest.approx(one_by_one, rel=1e-13)


@given(st.data())
def test_nothing_is_above_the_closed_form(family, data):
    likelihood = Likelihood(family, data.draw(samples(family)))
    best = likelihood.maximum()
    if best is None or family.corner:
        pytest.skip(f"{family.name} has no formula for its maximum, or one at a kink")
    assert score_in_standard_errors(likelihood, best) < 1e-9
    errors = standard_errors(likelihood, best)
    directions = data.draw(st.lists(st.sampled_from([-1, 0, 1]), min_size=20, max_size=20))
    shift = np.array(directions[: len(best)]) * data.draw(st.floats(1e-3, 1)) * np.array(errors)
    neighbour = np.maximum(np.add(best, shift), 1e-3 * np.array(best) * (shift < 0))
    assert likelihood.value(neighbour) <= likelihood.value(best)


@given(st.data())
def test_a_guess_is_a_place_to_start_from(family, data):
    sample = data.draw(samples(family))
    guess = family.guess(sample)
    assert all(
        p.domain.contains(v) for p, v in zip(family.parameters(), guess.values(), strict=True)
    )
    assert np.isfinite(Likelihood(family, sample).value(guess.values()))
    assert np.isfinite(Likelihood(family, sample).score(guess.values())).all()


def test_a_guess_survives_ties(family):
    typical = moderate(family).quantile(np.array([0.5, 0.9]))
    tied = Sample(np.repeat(typical, [99, 1]))
    guess = family.guess(tied)
    assert all(
        p.domain.contains(v) for p, v in zip(family.parameters(), guess.values(), strict=True)
    )
    assert np.isfinite(Likelihood(family, tied).value(guess.values()))


def test_a_usual_sample_has_no_obstacle(family):
    x = moderate(family).quantile(np.linspace(0.05, 0.95, 19))
    assert family.obstacle(family.condense(Sample(x))) is None


def test_an_obstacle_and_a_maximum_exclude_each_other(family):
    constant = Sample(np.repeat(moderate(family).quantile(np.array([0.4])), 50))
    statistics = family.condense(constant)
    obstacle = family.obstacle(statistics)
    assert obstacle is None or family.closed_form(statistics) is None
    assert obstacle is None or family.name in obstacle
