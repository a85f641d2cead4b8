"""The normal distribution against SciPy's, and what it says of samples without spread."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engine.distributions.normal import Normal
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Sample, generator

GRID = np.linspace(-12, 20, 65)
means = st.floats(-10, 10)
variances = st.floats(0.1, 10)


@given(means, variances)
def test_density_and_probabilities_are_scipys(mean, variance):
    ours, theirs = Normal(mean, variance), stats.norm(mean, np.sqrt(variance))
    assert ours.log_density(GRID) == pytest.approx(theirs.logpdf(GRID), rel=1e-12)
    assert ours.cdf(GRID) == pytest.approx(theirs.cdf(GRID), rel=1e-11, abs=1e-300)
    p = np.linspace(0.001, 0.999, 99)
    assert ours.quantile(p) == pytest.approx(theirs.ppf(p), rel=1e-12, abs=1e-12)


def test_quantiles_at_the_ends_are_infinite():
    assert Normal(3.0, 2.0).quantile(np.array([0.0, 1.0])).tolist() == [-np.inf, np.inf]


def test_the_maximum_is_scipys_fit():
    x = np.random.default_rng(1).normal(-3, 0.7, 500)
    mean, deviation = stats.norm.fit(x)
    found = Likelihood(Normal, Sample(x)).maximum()
    assert found == pytest.approx((mean, deviation**2), rel=1e-13)


def test_legacy_draws_are_those_of_numpys_global_seed():
    np.random.seed(42)
    expected = np.random.normal(loc=7.2, scale=2.8, size=1000)
    assert Normal(7.2, 7.84).draw(1000, generator("legacy", 42)).tolist() == expected.tolist()


@pytest.mark.parametrize("value", [0.0, 0.1, -7.3, 1e-300, 1e200])
@pytest.mark.parametrize("size", [1, 2, 3000])
def test_equal_values_have_no_maximum_and_the_reason_says_so(value, size):
    statistics = Normal.condense(Sample(np.full(size, value)))
    assert Normal.closed_form(statistics) is None
    obstacle = Normal.obstacle(statistics)
    assert f"{value:g}" in obstacle
    assert "without bound" in obstacle


def test_guess_is_median_and_interquartile_range():
    sample = Sample(Normal(5.0, 4.0).quantile((np.arange(1001) + 0.5) / 1001))
    assert Normal.guess(sample).values() == pytest.approx((5.0, 4.0), rel=1e-2)


def test_guess_hardly_feels_an_outlier():
    x = np.append(Normal(5.0, 4.0).quantile((np.arange(1000) + 0.5) / 1000), 1e12)
    assert Normal.guess(Sample(x)).values() == pytest.approx((5.0, 4.0), rel=1e-2)


def test_standard_errors_have_their_textbook_form():
    likelihood = Likelihood(Normal, Sample(np.random.default_rng(2).normal(0, 1, 400)))
    best = likelihood.maximum()
    variance = best[1]
    covariance = np.linalg.inv(likelihood.information(best))
    assert np.diag(covariance) == pytest.approx([variance / 400, 2 * variance**2 / 400])
    assert covariance[0, 1] == pytest.approx(0, abs=1e-15)
