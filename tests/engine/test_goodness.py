"""Distances between a sample and a fitted cdf, against SciPy and against repetition."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from engine.distributions import FAMILIES
from engine.fits.fitting import fit
from engine.inference.goodness import distances
from engine.samples.sample import Censored, Sample

from .test_empirical import bounded, mirrored, remissions

NORMAL = FAMILIES["normal"](0.3, 2.0)
SEEDS = st.integers(0, 2**32 - 1)


def values(seed, n):
    return np.random.default_rng(seed).normal(size=n)


@given(SEEDS, st.integers(1, 60))
def test_they_are_scipys(seed, n):
    x = values(seed, n)
    cdf = stats.norm(0.3, np.sqrt(2.0)).cdf
    found = distances(NORMAL, Sample(x))
    assert found.ks == pytest.approx(stats.kstest(x, cdf).statistic, rel=1e-10)
    u = np.sort(cdf(x))
    i = np.arange(1, n + 1)
    assert found.cvm == pytest.approx(1 / (12 * n) + np.sum((u - (2 * i - 1) / (2 * n)) ** 2))
    terms = (2 * i - 1) * (np.log(u) + np.log1p(-u[::-1]))
    assert found.ad == pytest.approx(-n - np.mean(terms), rel=1e-8)


@given(SEEDS)
def test_weights_are_repetitions(seed):
    x = values(seed, 30)
    weights = np.random.default_rng(seed).integers(1, 5, 30)
    weighted = distances(NORMAL, Sample(x, weights.astype(float)))
    repeated = distances(NORMAL, Sample(np.repeat(x, weights)))
    assert weighted.ks == pytest.approx(repeated.ks)
    assert weighted.cvm == pytest.approx(repeated.cvm)
    assert weighted.ad == pytest.approx(repeated.ad)


def test_an_anderson_darling_that_no_double_holds_is_infinite():
    found = distances(NORMAL, Sample(np.array([-1e6, 1e6])))
    assert np.isfinite([found.ks, found.cvm]).all()
    assert found.ad == math.inf


@pytest.mark.parametrize("name", ["uniform", "pareto"])
def test_a_value_at_the_end_of_its_law_has_an_infinite_anderson_darling(name):
    x = np.array([1.0, 2.0, 3.0, 4.0, 7.0])
    fitted = fit(FAMILIES[name], Sample(x))
    found = distances(fitted.distribution, Sample(x))
    assert found.ks == pytest.approx(stats.kstest(x, fitted.distribution.cdf).statistic)
    assert found.ad == math.inf


def right_censored(x, bounds):
    seen = x <= bounds
    return bounded(bounds[~seen], np.full((~seen).sum(), np.inf), values=x[seen])


@given(SEEDS, st.floats(-0.5, 2.0))
def test_one_censoring_time_gives_the_published_formulas(seed, end):
    # D'Agostino & Stephens, section 4.7.3
    x, n = np.sort(values(seed, 40)), 40
    assume(x[0] <= end < x[-1])
    found = distances(NORMAL, right_censored(x, np.full(n, end)))
    z, t = NORMAL.cdf(x[x <= end]), float(NORMAL.cdf(np.array([end]))[0])
    r, i = z.size, np.arange(1, z.size + 1)
    steps = np.max(np.maximum(i / n - z, z - (i - 1) / n))
    assert found.ks == pytest.approx(max(steps, abs(r / n - t)), rel=1e-9)
    cvm = np.sum((z - (2 * i - 1) / (2 * n)) ** 2) + r / (12 * n**2) + n / 3 * (t - r / n) ** 3
    assert found.cvm == pytest.approx(cvm, rel=1e-8)
    ad = -np.sum((2 * i - 1) * (np.log(z) - np.log1p(-z))) / n - 2 * np.sum(np.log1p(-z))
    ad -= ((r - n) ** 2 * np.log1p(-t) - r**2 * np.log(t) + n**2 * t) / n
    assert found.ad == pytest.approx(ad, rel=1e-7)


@given(SEEDS)
def test_a_mirror_image_is_as_far(seed):
    x, c = values(seed, 30), values(seed + 1, 30) + 0.5
    sample = right_censored(x, c)
    one = distances(NORMAL, sample)
    other = distances(FAMILIES["normal"](-0.3, 2.0), mirrored(sample))
    assert (one.ks, one.cvm, one.ad) == pytest.approx((other.ks, other.cvm, other.ad), rel=1e-9)


def test_the_remissions_are_compared_with_kaplan_and_meier():
    survival = stats.ecdf(stats.CensoredData.right_censored(*censored_weeks())).sf
    member = FAMILIES["exponential"](0.025)
    steps = survival.quantiles
    level = np.append(1.0, survival.probabilities)
    reach = np.append(steps, 35.0)
    f = np.exp(-0.025 * reach)
    gaps = np.concatenate([np.abs(level - f), np.abs(level - np.append(1.0, f[:-1]))])
    assert distances(member, remissions()).ks == pytest.approx(gaps.max(), rel=1e-12)


def censored_weeks():
    sample = remissions()
    hidden = np.repeat([False, True], [sample.values.size, sample.censored.low.size])
    return np.append(sample.values, sample.censored.low), hidden


def test_truncation_compares_with_the_conditional_cdf():
    x = np.sort(np.random.default_rng(4).uniform(8.0, 9.0, 25))
    found = distances(FAMILIES["normal"](0.0, 1.0), Sample(x, truncation=(8.0, 9.0)))
    expected = stats.kstest(x, stats.truncnorm(8.0, 9.0).cdf).statistic
    assert found.ks == pytest.approx(expected, rel=1e-9)


def test_groups_are_compared_at_their_ends():
    x, ends = values(3, 500), np.array([-np.inf, -1.0, 0.0, 0.7, np.inf])
    counts = np.histogram(x, ends)[0]
    found = distances(NORMAL, bounded(ends[:-1], ends[1:], counts))
    f = NORMAL.cdf(ends[1:-1])
    d = np.cumsum(counts)[:-1] / 500 - f
    assert found.ks == pytest.approx(np.abs(d).max(), rel=1e-12)
    means = (d[1:] ** 2 + d[1:] * d[:-1] + d[:-1] ** 2) / 3
    assert found.cvm == pytest.approx(500 * np.sum(np.diff(f) * means), rel=1e-9)
    u, line = (np.linspace(ends[:-1], ends[1:], 20_001) for ends in (f, d))
    ad = np.trapezoid(line**2 / (u * (1 - u)), u, axis=0).sum()
    assert found.ad == pytest.approx(500 * ad, rel=1e-6)


def test_fine_groups_are_nearly_values():
    x = values(5, 60)
    low = np.floor(x * 1e5) / 1e5
    fine, exact = distances(NORMAL, bounded(low, low + 1e-5)), distances(NORMAL, Sample(x))
    assert (fine.ks, fine.cvm, fine.ad) == pytest.approx((exact.ks, exact.cvm, exact.ad), rel=0.01)


def test_two_groups_and_counts_have_no_distances():
    two = Censored(np.array([-np.inf, 0.0]), np.array([0.0, np.inf]), np.ones(2))
    assert distances(NORMAL, Sample(np.zeros(0), None, two)) is None
    assert distances(FAMILIES["poisson"](2.0), Sample(np.ones(9))) is None
