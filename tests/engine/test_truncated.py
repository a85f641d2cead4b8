"""The law within a range: SciPy's, the far tails, and counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from engine.distributions import FAMILIES
from engine.likelihoods.likelihood import Likelihood
from engine.likelihoods.truncated import Truncated, log_mass
from engine.samples.sample import Censored, Sample

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


@pytest.mark.parametrize("z", [20.0, 35.9, 37.0, 200.0, 1e4])
def test_the_logarithm_of_a_mass_is_known_where_no_double_holds_the_mass(z):
    def log_mass_of(member, low, high):
        (found,) = log_mass(member, np.array([low]), np.array([high]))
        return found

    normal, lognormal = FAMILIES["normal"], FAMILIES["lognormal"]
    expected = special.log_ndtr(-z)
    assert log_mass_of(normal.at((0.0, 1.0)), z, np.inf) == pytest.approx(expected, rel=1e-14)
    assert log_mass_of(normal.at((0.0, 1.0)), -np.inf, -z) == pytest.approx(expected, rel=1e-14)
    below, above = (lognormal.at((side * 3.0 * z, 3.0)) for side in (-1.0, 1.0))
    assert log_mass_of(below, 1.0, np.inf) == pytest.approx(expected, rel=1e-14)
    assert log_mass_of(above, 0.0, 1.0) == pytest.approx(expected, rel=1e-14)
    beyond = expected + np.log1p(-np.exp(special.log_ndtr(-z - 0.01) - expected))
    assert log_mass_of(normal.at((0.0, 1.0)), z, z + 0.01) == pytest.approx(beyond, rel=1e-12)


@pytest.mark.parametrize("name", ["exponential", "logistic", "gumbel"])
def test_it_is_so_of_an_exponential_tail(name):
    family = FAMILIES[name]
    member = family.at((1.0,) if name == "exponential" else (0.0, 1.0))
    far = np.array([3.0, 600.0, 700.0, 1e5])
    rest = np.log(member.survival(far[:1]))
    expected = [*rest, *-far[1:]]
    assert log_mass(member, far, np.full(4, np.inf)) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("z", [39.0, 200.0])
def test_a_law_is_known_where_no_double_holds_the_mass_of_its_range(z):
    law, x = Truncated(NORMAL, z, np.inf), z + np.array([0.001, 0.01, 0.05])
    survival = np.exp(special.log_ndtr(-x) - special.log_ndtr(-z))
    assert law.survival(x) == pytest.approx(survival, rel=1e-9)
    assert law.cdf(x) == pytest.approx(1.0 - survival, rel=1e-9)
    assert law.quantile(law.cdf(x)) == pytest.approx(x, rel=1e-12)
    density = np.exp(stats.norm.logpdf(x) - special.log_ndtr(-z))
    assert law.density(x) == pytest.approx(density, rel=1e-9)
    assert law.density(np.array([z, z - 1.0])).tolist() == [0.0, 0.0]
    drawn = law.draw(500, np.random.default_rng(4))
    assert stats.kstest(drawn, law.cdf).pvalue > 0.01
    mirrored = Truncated(NORMAL, -np.inf, -z)
    assert mirrored.cdf(-x) == pytest.approx(survival, rel=1e-9)


def test_a_censored_value_far_out_has_a_likelihood():
    member = FAMILIES["normal"]
    sample = Sample(np.array([0.0, 1.0]), censored=Censored(*np.array([[60.0], [np.inf], [1.0]])))
    likelihood = Likelihood(member, sample)
    expected = stats.norm.logpdf([0.0, 1.0]).sum() + special.log_ndtr(-60.0)
    assert likelihood.value((0.0, 1.0)) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    ("name", "parameters", "end"),
    [
        ("beta", (1.0, 200.0), 1.0),
        ("kumaraswamy", (1.0, 200.0), 1.0),
        ("generalized-pareto", (0.5, -0.005), 100.0),
    ],
)
def test_it_is_so_near_the_end_of_a_support(name, parameters, end):
    rest = np.array([0.05, 0.01, 1e-4])
    found = log_mass(FAMILIES[name].at(parameters), end * (1.0 - rest), np.full(3, np.inf))
    assert found == pytest.approx(200.0 * np.log(rest), rel=1e-12)
