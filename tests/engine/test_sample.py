"""A sample is split as the article splits it, and nothing is lost or seen twice."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, Training
from engine.experiments.provenance import obtain
from engine.samples.sample import GENERATORS, Censored, Sample, generator


@given(st.integers(1, 500), st.floats(1e-6, 0.9), st.integers(0, 2**32 - 1))
def test_a_split_is_a_partition(n, fraction, seed):
    train, validation = Sample(np.arange(n, dtype=float)).split(fraction, seed)
    assert validation.n == math.ceil(n * fraction)
    assert train.n + validation.n == n
    assert sorted([*train.values, *validation.values]) == list(range(n))


@given(st.integers(1, 500), st.floats(1e-6, 0.9), st.integers(0, 2**32 - 1))
def test_a_split_cuts_the_legacy_permutation(n, fraction, seed):
    train, validation = Sample(np.arange(n, dtype=float)).split(fraction, seed)
    order = np.random.RandomState(seed).permutation(n)
    assert [*validation.values, *train.values] == order.tolist()


def test_nothing_is_withheld_at_fraction_zero():
    sample = Sample(np.arange(5.0))
    train, validation = sample.split(0.0, 42)
    assert train is sample
    assert validation is None


@pytest.mark.parametrize(("n", "fraction", "withheld"), [(100_000, 0.2, 20_000), (10, 0.25, 3)])
def test_training_and_validation_make_up_the_sample(n, fraction, withheld):
    training = Training(Experiment(n=n, validation=fraction))
    assert training.validation.n == withheld
    assert training.train.n + training.validation.n == training.sample.n == n


@pytest.mark.parametrize("name", GENERATORS)
def test_an_experiment_draws_from_its_origin_at_its_seed(name):
    experiment = Experiment(n=100, generator=name, seed=11)
    expected = experiment.origin.draw(100, generator(name, 11))
    assert obtain(experiment).values.tolist() == expected.tolist()


def test_the_split_seed_changes_the_split_and_not_the_sample():
    one, other = (Training(Experiment(n=100, split_seed=seed)) for seed in (1, 2))
    assert one.sample.values.tolist() == other.sample.values.tolist()
    assert one.train.statistics != other.train.statistics


def test_a_file_is_read_where_data_are_named(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,x\n2,y\n4,z\n")
    experiment = Experiment.of({"data": str(path), "column": "a"})
    assert obtain(experiment).values.tolist() == [1.0, 2.0, 4.0]
    assert Training(experiment).sample_mle == pytest.approx((7 / 3, 14 / 9))


def test_censored_observations_and_weights_are_split_observation_by_observation():
    hidden = Censored(np.array([5.0, 6.0]), np.array([np.inf, 7.0]), np.array([30.0, 10.0]))
    sample = Sample(np.array([1.0, 2.0]), np.array([40.0, 20.0]), hidden, (0.0, np.inf), ("so",))
    train, validation = sample.split(0.25, 1)
    assert (train.total, validation.total) == (75.0, 25.0)
    assert train.truncation == validation.truncation == (0.0, np.inf)
    assert train.notes == ("so",)
    for value, weight in ((1.0, 40.0), (2.0, 20.0)):
        parts = [p.weights[p.values == value].sum() for p in (train, validation)]
        assert sum(parts) == weight
        assert min(parts) > 0
    assert train.censored.weights.sum() + validation.censored.weights.sum() == 40.0


def test_rows_of_a_sample_without_weights_keep_their_censoring():
    hidden = Censored(np.array([5.0]), np.array([np.inf]), np.array([1.0]))
    sample = Sample(np.array([1.0, 2.0, 3.0]), None, hidden)
    picked = sample.pick(np.array([3, 0]))
    assert (picked.values.tolist(), picked.censored.low.tolist()) == ([1.0], [5.0])
    assert sample.pick(np.array([0, 1])).censored is None


@pytest.mark.parametrize(
    ("values", "weights", "told"),
    [
        (np.ones((2, 2)), None, r"^values: .*shape is \(2, 2\)"),
        (np.ones(3), np.ones(2), "^weights: 3 are needed, .* not 2$"),
        (np.ones(2), np.array([1.0, -1.0]), "none of them below 0$"),
        (np.ones(2), np.array([1.0, math.nan]), "^weights: they must be finite"),
    ],
)
def test_what_makes_up_no_sample_is_refused(values, weights, told):
    with pytest.raises(ValueError, match=told):
        Sample(values, weights)


@pytest.mark.parametrize(
    ("low", "high"), [([9.0], [2.0]), ([math.nan], [1.0]), ([0.0, 1.0], [2.0])]
)
def test_bounds_the_wrong_way_round_are_refused(low, high):
    with pytest.raises(ValueError, match=r"^bounds: "):
        Censored(np.array(low), np.array(high), np.ones(len(low)))
