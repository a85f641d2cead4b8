"""The nonparametric estimate: published values, formulas, and what makes it a maximum."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.samples import empirical as module
from engine.samples.empirical import empirical
from engine.samples.sample import Censored, Sample

SEEDS = st.integers(0, 2**32 - 1)

# Freireich and others, 1963: weeks in remission under 6-mercaptopurine
WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
ENDED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
SURVIVAL = {6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448}


def bounded(low, high, weights=None, values=(), truncation=None):
    low, high = np.array(low, dtype=float), np.array(high, dtype=float)
    weights = np.ones(low.size) if weights is None else np.array(weights, dtype=float)
    hidden = Censored(low, high, weights)
    return Sample(np.array(values, dtype=float), None, hidden, truncation)


def remissions():
    weeks, ended = np.array(WEEKS), np.array(ENDED) == 1
    open_ends = np.full((~ended).sum(), np.inf)
    return bounded(weeks[~ended], open_ends, values=weeks[ended])


def mirrored(sample):
    hidden = sample.censored
    return bounded(-hidden.high, -hidden.low, hidden.weights, -sample.values)


def test_the_remissions_have_their_published_survival():
    found = empirical(remissions())
    survival = dict(zip(found.low, 1 - np.cumsum(found.mass), strict=True))
    assert {week: round(survival[week], 3) for week in SURVIVAL} == SURVIVAL
    assert (found.low[-1], found.high[-1]) == (35, np.inf)
    assert found.mass[-1] == pytest.approx(survival[23])


def test_without_censoring_every_value_has_its_share():
    found = empirical(Sample(np.array([3.0, 1.0, 3.0]), np.array([1.0, 2.0, 1.0])))
    assert found.points
    assert found.low.tolist() == [1.0, 3.0]
    assert found.mass.tolist() == [0.5, 0.5]


@pytest.mark.parametrize("sample", [remissions(), mirrored(remissions())], ids=["right", "left"])
def test_the_product_limit_is_self_consistent(sample, monkeypatch):
    exact = empirical(sample)
    monkeypatch.setattr(module, "GAIN", 1e-9)
    rounds = module._self_consistent(sample.values, sample.frequencies, sample.censored)
    assert exact.low.tolist() == rounds.low.tolist()
    assert exact.high.tolist() == rounds.high.tolist()
    assert exact.mass == pytest.approx(rounds.mass, abs=1e-6)


def test_without_ties_a_mirror_image_is_estimated_mirrored():
    rng = np.random.default_rng(4)
    x, c = rng.normal(size=30), rng.normal(size=30)
    sample = bounded(c[x > c], np.full((x > c).sum(), np.inf), values=x[x <= c])
    one, other = empirical(sample), empirical(mirrored(sample))
    assert other.low.tolist() == (-one.high[::-1]).tolist()
    assert other.mass == pytest.approx(one.mass[::-1], rel=1e-12)


def test_a_value_at_a_detection_limit_may_be_what_is_below_it():
    found = empirical(bounded([-np.inf], [1.0], values=[1.0, 2.0, 2.0]))
    assert found.points
    assert found.low.tolist() == [1.0, 2.0]
    assert found.mass.tolist() == pytest.approx([0.5, 0.5])


def test_two_groups_and_one_that_spans_them_have_a_formula():
    found = empirical(bounded([0, 1, 0], [1, 2, 2], [2.0, 1.0, 4.0]))
    assert (found.low.tolist(), found.high.tolist()) == ([0.0, 1.0], [1.0, 2.0])
    assert found.mass == pytest.approx([2 / 3, 1 / 3], abs=1e-5)


@given(SEEDS, st.integers(5, 60))
def test_no_mass_can_gain_by_growing(seed, n):
    rng = np.random.default_rng(seed)
    x = rng.exponential(size=n)
    low, high = x * rng.uniform(0.2, 1, n), x * rng.uniform(1, 3, n)
    high[rng.uniform(size=n) < 0.2] = np.inf
    low[rng.uniform(size=n) < 0.2] = -np.inf
    low[0], values = x[0] / 2, rng.exponential(size=5)
    found = empirical(bounded(low, high, values=values))
    assert found.mass.sum() == pytest.approx(1.0)
    begins, ends = np.append(low, values), np.append(high, values)
    holds = (found.low >= begins[:, np.newaxis]) & (found.high <= ends[:, np.newaxis])
    gains = (holds / (holds @ found.mass)[:, np.newaxis]).mean(axis=0)
    assert gains.max() < 1 + 1e-4
    assert holds.any(axis=1).all()


@given(SEEDS)
def test_weights_are_repetitions(seed):
    rng = np.random.default_rng(seed)
    x, c, w = rng.normal(size=20), rng.normal(size=20), rng.integers(1, 4, 20)
    seen = x <= c
    hidden = Censored(c[~seen], np.full((~seen).sum(), np.inf), w[~seen].astype(float))
    one = empirical(Sample(x[seen], w[seen].astype(float), hidden))
    bounds, values = np.repeat(c[~seen], w[~seen]), np.repeat(x[seen], w[seen])
    other = empirical(bounded(bounds, np.full(bounds.size, np.inf), values=values))
    assert one.low.tolist() == other.low.tolist()
    assert one.mass == pytest.approx(other.mass, rel=1e-12)
