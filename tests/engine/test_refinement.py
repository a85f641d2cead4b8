"""Mini-batches, rates of their own, noise, clipping, averaging: each does what it says."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, InvalidExperiment, Training
from engine.optimizers.gradient_ascent import GradientAscent
from engine.runs.batches import batches
from engine.samples.sample import Sample

from .helpers import bits, off, record

GAMMA = Experiment.of(
    {"family": "gamma", "n": 1000, "validation": 0.0, "epochs": 40, "learning_rate": 0.05}
)
REFINED = [
    {"batch": 64},
    {"noise": 0.1},
    {"clip": 1e-4},
    {"average_from": 5},
    {"rates": {"shape": 0.2}},
    {"schedule": "plateau"},
    {"batch": 100, "noise": 0.05, "clip": 0.5, "average_from": 10, "optimizer": "adam"},
]


def run(**changes):
    return Training(dataclasses.replace(GAMMA, **changes))


@given(st.integers(1, 60), st.integers(1, 70), st.integers(0, 5), st.integers(0, 5))
def test_batches_are_a_partition_drawn_for_each_epoch(n, size, seed, epoch):
    sample = Sample(np.arange(n, dtype=float), np.arange(1.0, n + 1.0))
    parts = list(batches(sample, size, seed, epoch))
    assert [p.n for p in parts[:-1]] == [size] * (len(parts) - 1)
    together = np.concatenate([p.values for p in parts])
    assert sorted(together.tolist()) == sample.values.tolist()
    assert np.concatenate([p.weights for p in parts]).tolist() == (together + 1).tolist()
    again = np.concatenate([p.values for p in batches(sample, size, seed, epoch)])
    assert again.tolist() == together.tolist()


@pytest.mark.parametrize("changes", REFINED, ids=" ".join)
def test_the_same_experiment_takes_the_same_steps(changes):
    steps = bits(run(**changes))
    assert steps == bits(run(**changes))
    assert steps != bits(run())


@pytest.mark.parametrize("changes", REFINED, ids=" ".join)
def test_what_is_measured_is_true_of_the_parameters(changes):
    training = run(**changes)
    tape = record(training)
    assert len(tape) > 20
    for step in tape:
        assert step.train == pytest.approx(training.train.value(step.parameters), rel=1e-12)
        assert math.isfinite(step.gradient_norm)


def test_an_epoch_of_batches_counts_as_one_pass():
    assert [s.evaluations for s in record(run(batch=64, epochs=5))] == [1, 2, 3, 4, 5, 6]


def test_part_of_a_pass_beyond_the_gradients_counts_as_a_whole_one(monkeypatch):
    """Of batches of 300, 300, 300 and 100 values only the last takes an evaluation more."""
    true = GradientAscent.step

    def step(rule, surface, *rest):
        direction, state, more = true(rule, surface, *rest)
        return direction, state, more + (surface.likelihood.n == 100)

    monkeypatch.setattr(GradientAscent, "step", step)
    assert [s.evaluations for s in record(run(batch=300, epochs=3))] == [2, 4, 6, 8]


def test_one_batch_of_everything_is_the_gradient_itself():
    whole, plain = record(run(batch=1000)), record(run())
    assert whole[20].parameters == pytest.approx(plain[20].parameters, rel=1e-9)


def test_batches_learn_within_an_epoch_what_many_epochs_do():
    far = run(batch=50, epochs=3, start={"shape": 1.0, "rate": 1.0})
    whole = run(epochs=3, start={"shape": 1.0, "rate": 1.0})
    assert off(far, record(far)[-1].parameters) < off(whole, record(whole)[-1].parameters)


def test_clipping_bounds_the_step():
    training = run(clip=1e-3, learning_rate=1.0, start={"shape": 1.0, "rate": 1.0})
    places = training.coordinates
    steps = np.array([places.place(s.parameters) for s in record(training)])
    lengths = np.linalg.norm(np.diff(steps, axis=0), axis=1)
    assert lengths.max() <= 1e-3 * (1 + 1e-9)


def test_averaging_shows_the_mean_of_the_places_since_its_epoch():
    plain, averaged = run(), run(average_from=10)
    there = plain.coordinates.place
    raw = np.array([there(s.parameters) for s in record(plain)])
    shown = np.array([there(s.parameters) for s in record(averaged)])
    assert shown[:10] == pytest.approx(raw[:10], rel=1e-12)
    assert shown[25] == pytest.approx(raw[10:26].mean(axis=0), rel=1e-9)


def test_a_rate_of_its_own_moves_its_parameter_alone():
    plain, own = record(run(epochs=1)), record(run(epochs=1, rates={"shape": 0.1}))
    assert own[1].parameters[1] == pytest.approx(plain[1].parameters[1], rel=1e-12)
    moved = [math.log(tape[1].parameters[0] / tape[0].parameters[0]) for tape in (plain, own)]
    assert moved[1] == pytest.approx(2 * moved[0], rel=1e-9)


def test_noise_fades_and_is_off_at_zero():
    noisy, plain = record(run(noise=0.5, epochs=400)), record(run(epochs=400))
    assert noisy[1].parameters != plain[1].parameters
    steps = np.abs(np.diff(noisy.parameters()[:, 0]))
    assert steps[-50:].mean() < steps[:50].mean()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"rates": {"nix": 0.1}}, "rates.nix is not a parameter of gamma"),
        ({"rates": {"shape": 0.0}}, "rates.shape must be a number above 0"),
        ({"schedule": "cosine", "schedule_settings": {"nix": 1.0}}, "schedule_settings.nix is not"),
        ({"batch": -1}, "batch must be"),
    ],
)
def test_what_cannot_be_is_named(changes, fault):
    with pytest.raises(InvalidExperiment, match=fault):
        dataclasses.replace(GAMMA, **changes)
