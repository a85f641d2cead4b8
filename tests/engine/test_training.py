"""A run ends for the cause it names, and is called converged only where the score vanishes."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, InvalidExperiment, Training
from engine.fits.curvature import score_in_standard_errors
from engine.samples.sample import Sample
from engine.stopping import VANISHING, Cause

from .helpers import experiments, off, record, refusal

OWN = Experiment.of({"data": "own.csv", "epochs": 5000})
SMALL = Experiment(n=60, seed=7, epochs=3000, patience=0, tolerance=0.0)


def own(values, **changes):
    """A training on given values, from a guessed start."""
    return Training(dataclasses.replace(OWN, **changes), Sample(np.array(values, float)))


def check_stop(training, tape):
    """What holds of the end of any run."""
    stop, best = tape.stop, tape[tape.stop.best]
    assert stop.epoch == len(tape) - 1 <= training.experiment.epochs
    assert all(step.stop is None for step in tape if step.epoch < stop.epoch)
    distance = score_in_standard_errors(training.train, best.parameters)
    assert stop.converged == (distance <= VANISHING)
    if stop.converged:
        assert off(training, best.parameters) < 2 * VANISHING
    if stop.cause is Cause.BUDGET:
        assert stop.epoch == training.experiment.epochs
    if training.validation is not None:
        assert best.validation == tape.column("validation").max()
    else:
        assert all(step.validation is None for step in tape)
        assert best.train >= tape.column("train").max() - training.experiment.tolerance


@given(experiments())
def test_laws_of_any_end(experiment):
    told = refusal(InvalidExperiment, lambda: list(Training(experiment)))
    if told:
        assert told.endswith(".")
        return
    training = Training(experiment)
    tape = record(training)
    check_stop(training, tape)
    family = training.family
    for step in tape:
        numbers = (*step.parameters, step.train, step.gradient_norm, step.learning_rate)
        assert all(map(math.isfinite, numbers))
        assert all(
            p.domain.contains(v) for p, v in zip(family.parameters(), step.parameters, strict=True)
        )
    assert tape.column("epoch").tolist() == list(range(len(tape)))
    assert tape[0].parameters == pytest.approx(training.start, rel=1e-14)


def test_the_score_vanishes_at_the_maximum():
    training = Training(dataclasses.replace(SMALL, start={}, coordinates="standardized"))
    tape = record(training)
    assert tape.stop.cause is Cause.VANISHED
    assert score_in_standard_errors(training.train, tape[-1].parameters) <= VANISHING
    assert score_in_standard_errors(training.train, tape[-2].parameters) > VANISHING


def test_a_start_at_the_maximum_has_converged_at_once():
    mean, variance = Training(dataclasses.replace(SMALL, validation=0.0)).train.maximum()
    start = {"mean": mean, "variance": variance}
    stop = record(Training(dataclasses.replace(SMALL, validation=0.0, start=start))).stop
    assert (stop.cause, stop.epoch, stop.converged) == (Cause.VANISHED, 0, True)


def test_without_validation_a_level_end_is_the_estimate():
    level = Experiment(
        start={}, coordinates="standardized", validation=0.0, learning_rate=0.5, epochs=18
    )
    tape = record(Training(level))
    assert tape.stop.cause is Cause.BUDGET
    assert tape[-1].train == pytest.approx(tape.column("train").max(), rel=1e-14)
    assert tape.stop.best == 18


def test_without_validation_the_best_step_is_the_estimate():
    wild = dataclasses.replace(SMALL, validation=0.0, start={}, coordinates="unconstrained")
    tape = record(Training(dataclasses.replace(wild, learning_rate=20.0)))
    assert tape.stop.cause is Cause.DIVERGED
    assert tape.stop.best == int(np.argmax(tape.column("train"))) < tape.stop.epoch


@pytest.mark.parametrize("fixed", [{}, {"low": 2.0}])
def test_a_corner_is_the_maximum_by_its_height(fixed):
    sample = Sample(np.array([3.0, 4.0, 9.0, 7.0, 5.5, 8.2]))
    fields = {"family": "uniform", "data": "corner", "fixed": fixed, "validation": 0.0}
    near = Training(Experiment.of(fields | {"optimizer": "lbfgs", "steady": 1e-8}), sample)
    stop = record(near).stop
    assert stop.converged
    assert "is the maximum of the training data" in stop.reason
    above = Training(Experiment.of(fields | {"optimizer": "adam", "epochs": 5}), sample)
    tape = record(above)
    short = above.ground.shortfall(tape[tape.stop.best].parameters, fixed)
    assert short > 0
    assert not tape.stop.converged
    assert f"is {short:.2g} below the maximum of the training data" in tape.stop.reason


def test_a_level_validation_is_not_convergence():
    stop = record(Training(dataclasses.replace(SMALL, tolerance=1e-3))).stop
    assert (stop.cause, stop.converged) == (Cause.LEVEL, False)


def test_patience_returns_to_the_best_step():
    stop = record(Training(dataclasses.replace(SMALL, patience=20))).stop
    assert (stop.cause, stop.best, stop.converged) == (Cause.PATIENCE, stop.epoch - 20, False)


@pytest.mark.parametrize("epochs", [1, 1023, 1024, 1025, 2048])
def test_a_budget_is_spent_to_the_last_epoch(epochs):
    stop = record(Training(dataclasses.replace(SMALL, epochs=epochs))).stop
    assert (stop.cause, stop.epoch) == (Cause.BUDGET, epochs)


@pytest.mark.parametrize("distance", [0, 1e3, -1e6])
@pytest.mark.parametrize("scale", [1e-6, 1e-3, 1, 1e3, 1e6])
def test_standardized_coordinates_converge_on_data_of_any_scale(scale, distance):
    values = scale * (np.random.default_rng(3).normal(size=200) + distance)
    training = own(values)
    tape = record(training)
    check_stop(training, tape)
    assert tape.stop.converged
    mean, variance = tape[tape.stop.best].parameters
    assert mean == pytest.approx(values.mean(), abs=1e-5 * scale)
    assert variance == pytest.approx(values.var(), rel=1e-5)


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=8).filter(lambda v: len(set(v)) > 1))
def test_a_few_values_are_enough(values):
    training = own(values, epochs=1000)
    tape = record(training)
    check_stop(training, tape)
    assert np.isfinite(tape.parameters()).all()


@pytest.mark.parametrize(
    ("n", "field", "told"),
    [
        (1, "data", "data: 1 value is too few for 2 parameters."),
        (2, "validation", "0 of 2 values are left to train on; 2 parameters need at least 2."),
        (5, "validation", "0 of 5 values are left to train on; 2 parameters need at least 2."),
    ],
)
def test_too_few_values_are_refused_in_a_sentence(n, field, told):
    with pytest.raises(InvalidExperiment) as caught:
        own(np.arange(n), validation=0.9)
    assert caught.value.faults == {field: told}


@pytest.mark.parametrize("n", [2, 1000])
@pytest.mark.parametrize("value", [0.0, 0.1, -3.5])
def test_constant_data_are_refused_in_a_sentence(value, n):
    with pytest.raises(InvalidExperiment) as caught:
        own(np.full(n, value))
    assert list(caught.value.faults) == ["data"]
    assert f"{value:g}" in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_spread_too_small_for_its_square_is_not_called_equal_values():
    with pytest.raises(InvalidExperiment) as caught:
        own([1e-160, 2e-160, 4e-160])
    assert "all values are" not in str(caught.value)


@pytest.mark.parametrize("scale", [1e140, 1e154, 1e200, 1.7e308])
def test_huge_data_are_fitted_or_refused_without_a_warning(scale):
    values = scale * np.array([-1.0, 1.0, 0.5, -0.25, 0.1])
    told = refusal(InvalidExperiment, lambda: list(own(values)))
    if told:
        assert "larger unit" in told or "finite" in told
        return
    training = own(values)
    assert record(training).stop is not None
    check_stop(training, record(training))
