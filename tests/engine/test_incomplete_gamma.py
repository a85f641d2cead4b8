"""Incomplete gamma functions of what is below all doubles, and the families that need them."""

import math

import numpy as np
import pytest
import scipy

from engine import FAMILIES, Sample
from engine.distributions.incomplete_gamma import (
    log_draws,
    log_lower_inverse,
    log_upper_inverse,
    lower,
    upper,
)
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Censored

GAMMA, NORMAL = FAMILIES["generalized-gamma"], FAMILIES["generalized-normal"]
SHAPES = (1e-5, 1e-3, 0.3, 1.0, 40.0)


@pytest.mark.parametrize("shape", SHAPES)
def test_they_are_those_of_scipy_where_a_double_holds_the_argument(shape):
    w = np.linspace(-80.0, 5.0, 200)
    assert lower(shape, w) == pytest.approx(scipy.special.gammainc(shape, np.exp(w)), rel=1e-12)
    assert upper(shape, w) == pytest.approx(scipy.special.gammaincc(shape, np.exp(w)), rel=1e-12)


@pytest.mark.parametrize("shape", SHAPES)
def test_the_inverses_invert_them(shape):
    p = np.concatenate([np.geomspace(1e-9, 0.5, 40), 1.0 - np.geomspace(1e-6, 0.4, 40)])
    assert lower(shape, log_lower_inverse(shape, p)) == pytest.approx(p, rel=1e-9)
    assert upper(shape, log_upper_inverse(shape, p)) == pytest.approx(p, rel=1e-9)


@pytest.mark.parametrize("shape", [1e-4, 0.02, 0.5])
def test_draws_have_the_probabilities_of_the_gamma(shape):
    draws = log_draws(shape, 4000, np.random.default_rng(3))
    assert np.isfinite(draws).all()
    # uniform, but for what double precision rounds to 1
    places = np.sort(lower(shape, draws))
    assert np.abs(places - (np.arange(4000) + 0.5) / 4000).max() < 0.035


@pytest.mark.parametrize("shape", [20.0, 590.0, 2000.0, 1e5])
def test_a_generalized_normal_near_a_uniform_has_its_probabilities(shape):
    member = NORMAL.at((0.0, 1.0, shape))
    x = np.array([-0.9, -0.5, -0.1, 0.0, 0.1, 0.5, 0.69, 0.9])
    expected = 0.5 - 0.5 * x / math.gamma(1.0 + 1.0 / shape)
    flat = np.abs(x) ** shape < 1e-17
    assert flat.sum() >= 3
    assert member.survival(x)[flat] == pytest.approx(expected[flat], rel=1e-12)
    assert member.quantile(member.cdf(x)) == pytest.approx(x, rel=1e-10, abs=1e-12)


def test_a_generalized_gamma_near_a_power_law_has_its_probabilities():
    member = GAMMA.at((5e-4, 2000.0, 3.0))
    x = np.array([0.3, 1.5, 2.7])
    assert member.cdf(x) == pytest.approx(x / 3.0 / math.gamma(1.0005), rel=1e-12)
    assert member.quantile(member.cdf(x)) == pytest.approx(x, rel=1e-9)
    places = np.sort(member.cdf(member.draw(4000, np.random.default_rng(5))))
    assert np.abs(places - (np.arange(4000) + 0.5) / 4000).max() < 0.035


def test_a_censored_likelihood_near_a_uniform_is_that_of_the_uniform():
    x, bounds = np.array([0.2, 0.4, 0.7]), np.array([0.3, 0.6])
    hidden = Censored(bounds, np.full(2, np.inf), np.ones(2))
    value = Likelihood(NORMAL, Sample(x, None, hidden)).value((0.5, 0.5, 1e6))
    assert value == pytest.approx(float(np.log(1.0 - bounds).sum()), abs=1e-4)
