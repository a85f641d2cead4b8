"""Distances between a sample and a fitted cdf, against SciPy and against repetition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engine.distributions import FAMILIES
from engine.goodness import distances
from engine.sample import Sample

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


def test_far_tails_are_finite():
    found = distances(NORMAL, Sample(np.array([-1e6, 1e6])))
    assert np.isfinite([found.ks, found.cvm, found.ad]).all()
