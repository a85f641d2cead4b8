"""Samples like a given one: the same size, and no more told of a draw than was told of it."""

import numpy as np
import pytest

from engine.distributions import FAMILIES
from engine.inference.resampling import like
from engine.samples.sample import Censored, Sample

from .test_empirical import bounded

NORMAL, GAMMA = FAMILIES["normal"](0.0, 1.0), FAMILIES["gamma"](2.0, 1.0)
POISSON = FAMILIES["poisson"](3.0)


def source(seed=1):
    return np.random.default_rng(seed)


def rows(sample):
    """How often each pair of ends occurs."""
    hidden = sample.censored
    pairs = zip(hidden.low.tolist(), hidden.high.tolist(), strict=True)
    return dict(zip(pairs, hidden.weights.tolist(), strict=True))


def test_a_plain_sample_is_drawn_as_the_distribution_draws():
    found = like(NORMAL, Sample(np.zeros(7)), source())
    assert found.plain
    assert found.values.tolist() == NORMAL.draw(7, source()).tolist()


def test_frequencies_stand_for_as_many_observations():
    given = Sample(np.zeros(3), np.array([0.75, 1.5, 8.0]))
    assert like(NORMAL, given, source()).total == 10
    hidden = Censored(np.ones(2), np.full(2, np.inf), np.array([0.5, 2.25]))
    assert like(NORMAL, Sample(np.zeros(3), given.weights, hidden), source()).total == 13


def test_counts_are_counted():
    found = like(POISSON, Sample(np.zeros(1000)), source())
    assert found.values.size == np.unique(found.values).size < 20
    assert found.total == 1000


def test_one_censoring_time_stays_the_only_one():
    given = bounded(np.full(40, 1.5), np.full(40, np.inf), values=np.linspace(0.1, 1.5, 60))
    found = like(GAMMA, given, source())
    assert found.total == 100
    assert found.values.max() <= 1.5
    assert list(rows(found)) == [(1.5, np.inf)]


def test_censoring_times_are_the_samples_own():
    times = np.array([0.5, 1.0, 2.0])
    given = bounded(times, np.full(3, np.inf), values=np.linspace(0.1, 3.0, 30))
    seen, censored = [], set()
    for seed in range(40):
        found = like(GAMMA, given, source(seed))
        assert found.total == 33
        seen.append(found.values.max())
        if found.censored is not None:
            censored |= set(rows(found))
    assert censored == {(time, np.inf) for time in times}
    # what was observed after the last censoring was not censored at all
    assert max(seen) > 3.0


def test_as_many_are_censored_as_in_the_sample():
    random = source(9)
    x, c = GAMMA.draw(20_000, random), random.exponential(2.0, 20_000)
    given = bounded(c[x > c], np.full((x > c).sum(), np.inf), values=x[x <= c])
    found = like(GAMMA, given, random)
    assert found.values.size == pytest.approx(given.values.size, rel=0.03)
    assert np.quantile(found.values, [0.2, 0.5, 0.9]) == pytest.approx(
        np.quantile(given.values, [0.2, 0.5, 0.9]), rel=0.05
    )


def test_below_a_detection_limit_nothing_is_told():
    given = bounded(np.full(10, -np.inf), np.full(10, 0.8), values=np.linspace(0.8, 5.0, 40))
    found = like(GAMMA, given, source())
    assert found.total == 50
    assert list(rows(found)) == [(-np.inf, 0.8)]
    assert found.values.min() > 0.8


def test_a_limit_of_counts_is_itself_hidden():
    given = bounded([-np.inf], [2.0], [40.0], values=np.repeat([3.0, 4.0, 6.0], 20))
    found = like(POISSON, given, source())
    assert list(rows(found)) == [(-np.inf, 2.0)]
    assert found.values.min() == 3.0


def test_grouped_data_keep_their_groups_and_the_gaps_between_them():
    given = bounded([0, 1, 3, 4], [1, 2, 4, np.inf], [10.0, 20.0, 5.0, 1.0])
    found = like(GAMMA, given, source())
    assert not found.values.size
    assert found.total == 36
    allowed = {(-np.inf, 0.0), (0.0, 1.0), (1.0, 2.0), (2.0, 3.0), (3.0, 4.0), (4.0, np.inf)}
    assert set(rows(found)) <= allowed
    # the group that no row told of is one all the same
    assert (2.0, 3.0) in rows(found)


def test_values_among_groups_stay_as_frequent():
    given = bounded([1.0], [2.0], [30.0], values=np.append(np.full(10, 1.5), np.full(60, 3.0)))
    found = like(GAMMA, Sample(given.values, None, given.censored), source(3))
    assert list(rows(found))[-1] == (1.0, 2.0)
    inside = ((found.values > 1) & (found.values <= 2)).sum()
    assert inside == pytest.approx(rows(found)[1.0, 2.0] / 3, rel=0.5)
    assert (found.values > 2).any()
    # of what is below the group no value was told
    assert found.values.min() > 1


def test_overlapping_intervals_are_inspections_of_their_own():
    given = bounded([0.4, 0.6, 1.0], [1.5, 2.5, np.inf], values=[0.7, 0.9])
    ends = {(0.4, 1.5), (0.6, 2.5), (1.0, np.inf), (-np.inf, 0.4), (-np.inf, 0.6), (-np.inf, 1.0)}
    ends |= {(1.5, np.inf), (2.5, np.inf)}
    found = [like(GAMMA, given, source(seed)) for seed in range(40)]
    assert set().union(*(rows(each) for each in found)) == ends
    assert {each.values.size for each in found} == {2}


def test_truncation_is_kept():
    given = bounded([1.0, 1.2], [2.0, 2.4], values=[1.5], truncation=(0.9, 5.0))
    found = like(GAMMA, given, source())
    assert found.truncation == (0.9, 5.0)
    ends = np.array(list(rows(found)))
    assert ends.min() >= 0.9
    assert ends.max() <= 5.0
    plain = like(GAMMA, Sample(np.ones(500), truncation=(0.9, 5.0)), source())
    assert (plain.values.min() > 0.9, plain.values.max() <= 5.0) == (True, True)
