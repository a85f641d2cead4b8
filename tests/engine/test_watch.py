"""A run ends at the first of its limits, and says which."""

import dataclasses

import pytest

from engine import Experiment, Training
from engine.reports.price import price
from engine.stopping import Cause

from .helpers import off, record

SLOW = Experiment.of(
    {"family": "gamma", "n": 1000, "validation": 0.0, "epochs": 5000, "learning_rate": 0.02}
)


def stop(**changes):
    training = Training(dataclasses.replace(SLOW, start={"shape": 1.0, "rate": 1.0}, **changes))
    return training, record(training)


def test_near_enough():
    training, tape = stop(near=0.5)
    assert tape.stop.cause is Cause.NEAR
    assert not tape.stop.converged
    assert 0 < off(training, tape[-1].parameters) < 1.0
    _, exact = stop(near=1e-6)
    assert exact.stop.epoch > tape.stop.epoch


def test_a_budget_of_evaluations():
    _, tape = stop(evaluations=77)
    assert tape.stop.cause is Cause.EVALUATIONS
    assert tape[-1].evaluations == 77
    _, tape = stop(evaluations=20, optimizer="lbfgs", learning_rate=1.0, near=0.0)
    assert tape[-2].evaluations < 20 <= tape[-1].evaluations


def test_a_budget_of_seconds():
    _, tape = stop(seconds=1e-9)
    assert tape.stop.cause is Cause.SECONDS
    assert tape.stop.epoch < 5000


def test_steady():
    _, tape = stop(steady=1e-4)
    assert tape.stop.cause is Cause.STEADY
    last, before = tape[-1].train, tape[-2].train
    assert abs(last - before) <= 1e-4 * abs(last)
    assert abs(before - tape[-3].train) > 1e-4 * abs(before)


def test_overshooting_is_told_from_a_small_budget():
    _, tape = stop(epochs=50)
    assert tape.stop.cause is Cause.BUDGET
    assert "higher rate" in tape.stop.reason
    _, tape = stop(epochs=200, learning_rate=8.0, optimizer="lion")
    assert tape.stop.cause in (Cause.OVERSHOT, Cause.DIVERGED)
    assert "a tenth of the rate" in tape.stop.reason


def test_the_price_falls_with_the_epochs_and_half_its_square_is_the_gap():
    training = Training(dataclasses.replace(SLOW, validation=0.2, patience=0, tolerance=0.0))
    tape = record(training)
    early, late = (price(training, tape[epoch].parameters) for epoch in (20, 200))
    assert late.training_distance < early.training_distance
    assert late.training_gap < early.training_gap
    assert late.training_gap == pytest.approx(late.training_distance**2 / 2, rel=0.1)
    at_best = price(training, training.training_mle)
    assert at_best.training_distance == 0.0
    assert at_best.whole_distance > 0.1
