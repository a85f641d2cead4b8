"""A fault of the program ends a run with a sentence, and the steps before it are kept."""

import itertools

import numpy as np
import pytest

from engine import Experiment, InvalidExperiment, Tape, Training
from engine.optimizers.gradient_ascent import GradientAscent
from engine.runs.journey import Journey
from engine.stopping import Cause

EXPERIMENT = Experiment(n=100, epochs=2000, patience=0, tolerance=0.0)


def breaking(after):
    """A method that breaks once it was called so many times."""
    calls = itertools.count(1)

    def step(optimizer, coordinates, z, gradient, state):
        if next(calls) > after:
            raise RuntimeError("the lever \x1b[2J snapped")
        return gradient, state, 0

    return step


def ended(training):
    tape = Tape(2, training.again)
    for block in training.blocks():
        tape.append(block)
    return tape


@pytest.mark.parametrize("refined", [False, True])
@pytest.mark.parametrize("k", [1, 2, 63, 64, 65, 700])
def test_a_step_that_breaks_leaves_those_before_it(monkeypatch, k, refined):
    settings = {"average_from": 10**6} if refined else {}
    experiment = Experiment.of({**EXPERIMENT.to_mapping(), **settings})
    whole = ended(Training(experiment))
    monkeypatch.setattr(GradientAscent, "step", breaking(k))
    tape = ended(Training(experiment))
    assert len(tape) == k
    assert tape.rows(0, k).tobytes() == whole.rows(0, k).tobytes()
    assert tape.stop.cause is Cause.BROKEN
    assert tape.stop.epoch == k - 1
    assert not tape.stop.converged
    assert f"broke off after epoch {k - 1}" in tape.stop.reason
    assert "RuntimeError, 'the lever \\x1b[2J snapped'" in tape.stop.reason


def test_at_its_first_step_it_is_an_experiment_that_cannot_be(monkeypatch):
    monkeypatch.setattr(GradientAscent, "step", breaking(0))
    with pytest.raises(InvalidExperiment, match="RuntimeError"):
        ended(Training(EXPERIMENT))


def test_what_cannot_be_measured_ends_it_too(monkeypatch):
    training = Training(EXPERIMENT)
    true, calls = training.train.values, []

    def failing(points):
        calls.append(len(points))
        if len(calls) > 3:
            raise MemoryError
        return true(points)

    monkeypatch.setattr(training.train, "values", failing)
    tape = ended(training)
    assert len(tape) == sum(calls[:3]) - 3
    assert tape.stop.epoch == tape[-1].epoch == len(tape) - 1
    assert "MemoryError" in tape.stop.reason
    assert np.isfinite(tape.column("train")).all()


def test_from_a_step_before_it_another_way_may_be_taken(monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(GradientAscent, "step", breaking(100))
        journey = Journey(Training(EXPERIMENT))
        first = journey.branches[0]
        assert first.reach(500) == 99
    onward = journey.branch(first, 99, {"optimizer": "adam"})
    assert onward.reach(300) == 300
    assert onward.tape.rows(0, 99).tobytes() == first.tape.rows(0, 99).tobytes()
