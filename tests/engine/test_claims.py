"""What the presets claim, measured."""

import math

import numpy as np
import pytest

from engine import Training, preset
from engine.fits.curvature import standard_errors
from engine.presets import about, presets
from engine.stopping import Cause

from .helpers import off, record


def ran(name):
    training = Training(preset(name))
    tape = record(training)
    return training, tape


@pytest.mark.parametrize("name", presets())
def test_a_preset_says_what_it_shows(name):
    assert about(name).endswith(".")
    assert preset(name).to_mapping()["n"] == 100_000


def test_unequal_rates_are_no_worse_where_the_slower_one_has_time():
    training, tape = ran("unequal-rates")
    assert off(training, tape[tape.stop.best].parameters) < 0.02
    training, tape = ran("article")
    assert off(training, tape[tape.stop.best].parameters) < 0.02


def test_a_rate_too_small_for_the_budget_leaves_its_parameter_behind():
    training, tape = ran("starved-rate")
    errors = standard_errors(training.train, training.training_mle)
    away = np.abs(np.subtract(tape[-1].parameters, training.training_mle)) / errors
    assert away[0] < 1e-6
    assert 20 < away[1] < 30


def test_fewer_epochs_are_less_exact():
    training, tape = ran("fewer-epochs")
    assert 5 < off(training, tape[-1].parameters) < 7


def test_another_seed_errs_by_as_much_as_standard_errors_say():
    training, tape = ran("another-seed")
    errors = standard_errors(training.train, training.training_mle)
    away = np.abs(np.subtract(tape[-1].parameters, (7.2, 7.84))) / errors
    assert (away < 3).all()


def test_one_cycle_gets_where_the_fixed_rate_does_not():
    _, tape = ran("one-cycle")
    assert tape.stop.cause is Cause.VANISHED
    assert tape.stop.epoch < 5000


def test_a_rate_too_large_learns_nothing_and_a_clamped_one_diverges_with_a_sentence():
    training, tape = ran("rate-too-large")
    assert off(training, tape[-1].parameters) > 1000
    training, tape = ran("clamped")
    assert tape.stop.cause is Cause.DIVERGED
    assert "diverged" in tape.stop.reason
    assert all(math.isfinite(v) for step in tape for v in (*step.parameters, step.train))
