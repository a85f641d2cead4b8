"""Binomial and beta-binomial: exact probabilities, known trials, and samples without a maximum."""

import math
import pickle
from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from engine.distributions.beta_binomial import BetaBinomial
from engine.distributions.binomial import Binomial
from engine.fits.fitting import NoFit, fit
from engine.samples.sample import Sample

from .helpers import refusal

both = pytest.mark.parametrize("family", [Binomial, BetaBinomial])
SHAPES = [1e-20, 1e-3, 0.5, 3.0, 50.0, 1e4, 1e8, 1e15, 1e100]


def exact(n, alpha, beta, k):
    """Probability of k as a fraction, from rising factorials."""
    alpha, beta = Fraction(alpha), Fraction(beta)
    p = Fraction(math.comb(n, k))
    for j in range(k):
        p *= alpha + j
    for j in range(n - k):
        p *= beta + j
    for j in range(n):
        p /= alpha + beta + j
    return p


def log(p):
    """Log of a fraction, near 1 and far below the smallest double too."""
    if p > Fraction(1, 2):
        return math.log1p(float(p - 1))
    shift = p.denominator.bit_length() - p.numerator.bit_length()
    return math.log(float(p * 2**shift)) - shift * math.log(2.0)


@both
def test_a_family_knows_its_trials(family):
    seven = family.knowing(7)
    assert seven.trials == 7
    assert seven.support.contains(np.array([-1.0, 0.0, 2.5, 7.0, 8.0])).tolist() == [
        *(False, True, False, True, False)
    ]
    assert seven is family.knowing(3).knowing(7)
    assert family.knowing(10) is family
    assert seven.at(family.example) != family.at(family.example)


@both
@pytest.mark.parametrize("number", [0, -3, 2.5])
def test_trials_that_cannot_be_are_refused(family, number):
    with pytest.raises(ValueError, match=f"trials of a {family.name} must be a whole number from"):
        family.knowing(number)


@both
@pytest.mark.parametrize("number", [3, 10])
def test_classes_and_members_survive_pickling(family, number):
    made = family.knowing(number)
    assert pickle.loads(pickle.dumps(made)) is made  # noqa: S301
    member = made.at(family.example)
    assert pickle.loads(pickle.dumps(member)) == member  # noqa: S301


@pytest.mark.parametrize(
    ("n", "p"), [(1, 0.3), (2, 0.5), (10, 1e-200), (1000, 1 - 1e-15), (1000, 0.02), (10**6, 0.37)]
)
def test_the_binomial_is_exact_in_both_tails(n, p):
    member, known = Binomial.knowing(n)(p), stats.binom(n, p)
    k = np.unique(np.linspace(0, n, 13).round())
    assert member.log_density(k) == pytest.approx(known.logpmf(k), rel=1e-11)
    assert member.cdf(k) == pytest.approx(known.cdf(k), rel=1e-11, abs=0)
    assert member.survival(k) == pytest.approx(known.sf(k), rel=1e-11, abs=0)
    shares = np.array([1e-9, 0.01, 0.5, 0.99, 1.0])
    assert member.quantile(shares).tolist() == known.ppf(shares).tolist()


@pytest.mark.parametrize("alpha", SHAPES)
@pytest.mark.parametrize("beta", SHAPES)
def test_the_beta_binomial_is_exact_from_tiny_to_huge_shapes(alpha, beta):
    n = 12
    member, k = BetaBinomial.knowing(n)(alpha, beta), np.arange(n + 1.0)
    expected = [log(exact(n, alpha, beta, i)) for i in range(n + 1)]
    assert member.log_density(k) == pytest.approx(expected, rel=1e-13, abs=1e-13)
    whole = sum(1 / (Fraction(alpha) + Fraction(beta) + j) for j in range(n))
    for score, shape, counts in zip(
        member.score(k), (alpha, beta), (range(n + 1), range(n, -1, -1)), strict=True
    ):
        own = [float(sum(1 / (Fraction(shape) + j) for j in range(i)) - whole) for i in counts]
        assert score == pytest.approx(own, rel=1e-12, abs=1e-13 * float(whole))


def test_the_beta_binomial_with_huge_shapes_is_a_binomial():
    k = np.arange(41.0)
    near, limit = BetaBinomial.knowing(40)(3e14, 7e14), Binomial.knowing(40)(0.3)
    assert near.log_density(k) == pytest.approx(limit.log_density(k), rel=1e-11)
    assert near.cdf(k) == pytest.approx(limit.cdf(k), rel=1e-11, abs=0)
    assert near.survival(k) == pytest.approx(limit.survival(k), rel=1e-11, abs=0)


def test_the_tails_of_a_beta_binomial_with_many_trials():
    n = 100_000
    member, known = BetaBinomial.knowing(n)(2.0, 5.0), stats.betabinom(n, 2.0, 5.0)
    k = np.array([0.0, 3.0, 1e3, 5e4, 99_900.0, n - 1.0])
    # SciPy's gamma functions lose digits at such counts
    assert member.cdf(k[:3]) == pytest.approx(np.cumsum(known.pmf(np.arange(1001)))[[0, 3, 1000]])
    mirrored = BetaBinomial.knowing(n)(5.0, 2.0)
    assert member.survival(k) == pytest.approx(mirrored.cdf(n - 1.0 - k), rel=1e-12, abs=0)
    assert member.cdf(np.array([float(n), n + 5.0])).tolist() == [1.0, 1.0]
    assert member.survival(np.array([float(n), n + 5.0])).tolist() == [0.0, 0.0]


def test_a_binomial_fit_is_the_share_of_successes():
    fitted = fit(Binomial.knowing(4), Sample(np.array([0.0, 1.0, 1.0, 4.0])))
    assert fitted.parameters == pytest.approx((6 / 16,), rel=1e-14)
    assert fitted.standard_errors == pytest.approx([math.sqrt(6 / 16 * 10 / 16 / 16)], rel=1e-12)


def test_geissler_families():
    """Boys among the first twelve children of 6115 families in Saxony, 1876-1885."""
    frequencies = [3, 24, 104, 286, 670, 1033, 1343, 1112, 829, 478, 181, 45, 7]
    sample = Sample(np.arange(13.0), np.array(frequencies, float))
    fitted = fit(BetaBinomial.knowing(12), sample)
    assert fitted.converged
    # in print are 34.09558 and 31.5715, which a search left a little early
    printed = fitted.likelihood.value([34.09558, 31.5715])
    assert fitted.log_likelihood - 1e-5 < printed < fitted.log_likelihood
    assert fitted.parameters == pytest.approx([34.10286, 31.57823], rel=1e-6)
    assert fitted.log_likelihood > fit(Binomial.knowing(12), sample).log_likelihood + 20


@both
@pytest.mark.parametrize("value", [0.0, 10.0])
def test_samples_of_one_end_have_no_maximum(family, value):
    with pytest.raises(NoFit, match="10 trials, and the likelihood"):
        fit(family, Sample(np.full(20, value)))


@pytest.mark.parametrize(
    ("values", "trials", "words"),
    [
        ([0, 1, 1], 1, "a single trial"),
        ([0, 0, 5], 5, "needs values between"),
        ([2, 2, 2], 5, "fit binomial"),
        ([1, 2, 2, 3, 2], 5, "is not above the 1.2 of a binomial"),
    ],
)
def test_what_a_beta_binomial_cannot_fit_is_said(values, trials, words):
    sample = Sample(np.array(values, float))
    assert words in refusal(NoFit, fit, BetaBinomial.knowing(trials), sample)


def test_an_even_sample_with_an_outlier_is_no_case_for_the_binomial():
    """Its variance is below a binomial's, and yet mixtures of binomials explain it better."""
    frequencies = np.array([4.0] + [0.0] * 7 + [96.0])
    family = BetaBinomial.knowing(12)
    statistics = family.condense(Sample(np.array([0.0, 8.0]), frequencies[frequencies > 0]))
    mean = statistics.average(statistics.values)
    variance = statistics.average((statistics.values - mean) ** 2)
    assert variance < mean * (1 - mean / 12)
    assert family.obstacle(statistics) is None
