"""A run ends at the first of its limits, and says which."""

import dataclasses
import math

import numpy as np
import pytest

from engine import Experiment, Training
from engine.fits.fitting import fit
from engine.optimizers.gradient_ascent import GradientAscent
from engine.reports.price import price
from engine.runs.watch import Watch
from engine.stopping import Cause
from engine.turnstile import COMPUTING

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


@pytest.mark.parametrize(("strict", "limit"), [(False, 0.5), (True, 0.25)])
def test_a_likelihood_that_stands_for_another_is_to_be_twice_as_near(strict, limit):
    wanted = Experiment(near=0.5)
    train = Training(wanted).train
    mean, variance = fit(train.family, train.sample).parameters
    error = math.sqrt(variance / train.n)

    def end(errors):
        watch = Watch.of(wanted, train, free=(0, 1), strict=strict, validated=False)
        row = np.array([[7.0, 0.0, math.nan, 0.0, 0.1, 8.0, mean + errors * error, variance]])
        return watch.end(row, goes_on=True, checked=True)

    assert end(0.9 * limit) == (7, Cause.NEAR)
    assert end(1.1 * limit) is None


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


@pytest.fixture
def updates(monkeypatch):
    """Updates as they are made."""
    made, true = [], GradientAscent.step

    def step(*arguments):
        made.append(arguments)
        return true(*arguments)

    monkeypatch.setattr(GradientAscent, "step", step)
    return made


@pytest.mark.parametrize("batch", [0, 50])
@pytest.mark.parametrize("evaluations", [1, 7, 150])
def test_no_epoch_is_computed_after_the_evaluations_ran_out(updates, evaluations, batch):
    _, tape = stop(evaluations=evaluations, batch=batch)
    assert (tape.stop.cause, tape[-1].evaluations) == (Cause.EVALUATIONS, evaluations)
    assert len(updates) == evaluations * (1000 // batch if batch else 1)
    _, whole = stop(batch=batch, epochs=200)
    assert tape.rows(0, len(tape)).tobytes() == whole.rows(0, len(tape)).tobytes()


@pytest.mark.parametrize("batch", [0, 50])
def test_no_epoch_is_computed_after_the_seconds_ran_out(monkeypatch, updates, batch):
    monkeypatch.setattr(COMPUTING, "clock", lambda: float(len(updates)))
    each = 1000 // batch if batch else 1
    _, tape = stop(seconds=90.0 * each, batch=batch)
    assert (tape.stop.cause, tape.stop.epoch) == (Cause.SECONDS, 89)
    assert len(updates) == 90 * each


def test_a_limit_ends_a_run_at_the_step_from_which_there_is_no_way_on(updates, monkeypatch):
    training, _ = stop(epochs=10)
    true = training.coordinates.score

    def score(*z):
        if len(updates) == 5:
            raise OverflowError
        return true(*z)

    monkeypatch.setattr(training.coordinates, "score", score)
    training.experiment = dataclasses.replace(training.experiment, evaluations=5)
    updates.clear()
    tape = record(training)
    assert (tape.stop.cause, tape.stop.epoch) == (Cause.EVALUATIONS, 4)


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


def test_a_step_to_where_the_surface_is_flat_overshoots_however_high_that_is():
    """A variance of 0.01 is less likely than one of 32,000, which is far beyond the maximum."""
    start = {"mean": 7.0, "variance": 0.01}
    thrown = Experiment(n=100, validation=0.0, start=start, coordinates="written", epochs=1)
    tape = record(Training(dataclasses.replace(thrown, learning_rate=1.0)))
    assert tape[1].train > tape[0].train
    assert tape[1].parameters[1] > 30_000
    assert tape.stop.cause is Cause.OVERSHOT
    tape = record(Training(dataclasses.replace(thrown, learning_rate=1e-6)))
    assert tape.stop.cause is Cause.BUDGET


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
