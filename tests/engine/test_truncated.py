"""The law within a range: SciPy's, the far tails, and counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engine.distributions import FAMILIES
from engine.likelihoods.truncated import Truncated

NORMAL = FAMILIES["normal"](0.0, 1.0)
POISSON = FAMILIES["poisson"](3.0)
P = np.array([0.001, 0.2, 0.5, 0.7, 0.999])
RANGES = [(-1.0, 0.5), (0.5, np.inf), (-np.inf, -0.3), (8.0, np.inf), (-np.inf, -8.0), (9.0, 9.5)]
each_range = pytest.mark.parametrize(("low", "high"), RANGES)


@each_range
def test_a_truncated_normal_is_scipys(low, high):
    law, theirs = Truncated(NORMAL, low, high), stats.truncnorm(low, high)
    x = theirs.ppf(P)
    assert law.cdf(x) == pytest.approx(theirs.cdf(x), rel=1e-9)
    assert law.survival(x) == pytest.approx(theirs.sf(x), rel=1e-9)
    assert law.quantile(P) == pytest.approx(x, rel=1e-9)


@each_range
def test_draws_have_the_law(low, high):
    x = Truncated(NORMAL, low, high).draw(2000, np.random.default_rng(2))
    assert x.size == 2000
    assert ((x > low) & (x <= high)).all()
    assert stats.kstest(x, stats.truncnorm(low, high).cdf).pvalue > 0.01


def test_everything_is_the_distribution_itself():
    law, x = Truncated(NORMAL), np.array([-40.0, 0.3, 40.0])
    assert law.cdf(x).tolist() == NORMAL.cdf(x).tolist()
    assert law.survival(x).tolist() == NORMAL.survival(x).tolist()
    ends = np.array([-np.inf, np.inf])
    assert (law.cdf(ends).tolist(), law.survival(ends).tolist()) == ([0, 1], [1, 0])
    drawn = law.draw(5, np.random.default_rng(1))
    assert drawn.tolist() == NORMAL.draw(5, np.random.default_rng(1)).tolist()


@pytest.mark.parametrize(("low", "high"), [(0.0, np.inf), (2.0, 5.0), (11.0, np.inf)])
def test_counts_keep_their_proportions(low, high):
    law = Truncated(POISSON, low, high)
    drawn = law.draw(4000, np.random.default_rng(3))
    counts = np.arange(low + 1, min(high, low + 8) + 1)
    shares = stats.poisson.pmf(counts, 3.0)
    shares /= stats.poisson.cdf(high, 3.0) - stats.poisson.cdf(low, 3.0)
    assert law.mass(counts - 1, counts) == pytest.approx(shares, rel=1e-8)
    observed = (drawn[:, np.newaxis] == counts).sum(axis=0)
    assert np.abs(observed - 4000 * shares).max() < 4 * np.sqrt(1000)
    assert (drawn == np.floor(drawn)).all()
    assert (drawn > low).all()


@given(st.floats(0.01, 0.99), st.sampled_from([0.0, 2.0, 11.0]))
def test_a_count_is_the_least_that_reaches_its_probability(p, low):
    law = Truncated(POISSON, low, np.inf)
    count = law.quantile(np.array([p]))
    assert law.cdf(count)[0] >= p * (1 - 1e-12)
    assert law.cdf(count - 1)[0] < p
