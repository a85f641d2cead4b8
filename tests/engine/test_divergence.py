"""Absurd rates and starts end in a refusal or a named stop, never in a number that is none."""

import dataclasses
import itertools
import math

import numpy as np
import pytest

from engine import Experiment, InvalidExperiment, Training
from engine.likelihoods.coordinates import COORDINATES
from engine.optimizers.gradient_ascent import GradientAscent
from engine.stopping import VANISHING, Cause

from .helpers import off, record, refusal

SMALL = Experiment(n=50, epochs=300, patience=0, tolerance=0.0)
RATES = [1e-300, 1e-6, 1.0, 30.0, 1e3, 1e6]
STARTS = {
    "article": (0.0, 1.0),
    "far": (1e8, 1.0),
    "wide": (0.0, 1e100),
    "widest": (0.0, 1e308),
    "narrow": (0.0, 1e-20),
    "narrower": (0.0, 1e-160),
    "narrowest": (0.0, 2.3e-308),
    "far-and-wide": (1e150, 1e200),
    "farthest": (1.7e308, 1.0),
}
TOO_STEEP = STARTS["narrower"][1]
"""Where the score is beyond the largest double, so that no run can begin."""


@pytest.mark.parametrize("validation", [0.0, 0.3])
@pytest.mark.parametrize(("mean", "variance"), STARTS.values(), ids=STARTS)
@pytest.mark.parametrize("coordinates", COORDINATES)
def test_every_number_of_every_step_is_finite(coordinates, mean, variance, validation):
    start = {"mean": mean, "variance": variance}
    for rate in RATES:
        experiment = dataclasses.replace(
            SMALL, coordinates=coordinates, start=start, learning_rate=rate, validation=validation
        )
        try:
            training = Training(experiment)
            tape = record(training)
        except InvalidExperiment as refusal:
            faults = refusal.faults
        else:
            faults = {}
        assert list(faults) == (["start"] if variance == TOO_STEEP else [])
        if faults:
            continue
        assert np.isfinite(tape.parameters()).all()
        assert np.isfinite(tape.column("train")).all()
        assert np.isfinite(tape.column("gradient_norm")).all()
        assert np.isnan(tape.column("validation")).all() == (validation == 0.0)
        if tape.stop.converged:
            assert off(training, tape[tape.stop.best].parameters) < 2 * VANISHING


@pytest.mark.parametrize("coordinates", ["unconstrained", "standardized"])
@pytest.mark.parametrize("rate", [1e3, 1e6])
def test_divergence_is_named(coordinates, rate):
    tape = record(Training(dataclasses.replace(SMALL, coordinates=coordinates, learning_rate=rate)))
    assert tape.stop.cause is Cause.DIVERGED
    assert not tape.stop.converged
    assert tape.stop.epoch < SMALL.epochs
    assert "diverged" in tape.stop.reason


@pytest.mark.parametrize("rate", [1e3, 1e6])
def test_a_variance_that_is_clamped_to_zero_diverges(rate):
    wide = {"mean": 7.2, "variance": 12.0}
    tape = record(Training(dataclasses.replace(SMALL, start=wide, learning_rate=rate)))
    assert (tape.stop.cause, tape.stop.epoch) == (Cause.DIVERGED, 0)
    assert math.isfinite(tape[0].train)


@pytest.mark.parametrize("start", [{}, {"mean": 0.0, "variance": 1.0}])
def test_the_steps_before_divergence_are_those_of_a_shorter_run(start):
    wild = dataclasses.replace(SMALL, coordinates="unconstrained", start=start, learning_rate=20.0)
    tape = record(Training(wild))
    assert tape.stop.cause is Cause.DIVERGED
    assert tape.stop.epoch > 0
    short = record(Training(dataclasses.replace(wild, epochs=tape.stop.epoch)))
    assert short.stop.cause in (Cause.BUDGET, Cause.OVERSHOT)
    assert short.parameters().tolist() == tape.parameters().tolist()


@pytest.mark.parametrize("start", [(1e200, 1.0), (0.0, 2.3e-308)])
def test_a_start_without_a_likelihood_is_moved_to_the_guess_and_said(start):
    hopeless = dict(zip(("mean", "variance"), start, strict=True))
    moved = Training(dataclasses.replace(SMALL, start=hopeless))
    guessed = Training(dataclasses.replace(SMALL, start={}))
    assert moved.start == guessed.start
    assert guessed.notes == ()
    (note,) = moved.notes
    assert note.startswith("The sample has no likelihood at start; the run begins at mean ")
    assert np.isfinite(record(moved).column("train")).all()


def test_a_held_parameter_without_a_likelihood_is_refused_in_a_sentence():
    held = dataclasses.replace(SMALL, fixed={"variance": 2.3e-308})
    with pytest.raises(InvalidExperiment) as refusal:
        record(Training(held))
    told = (
        "fixed: with variance held at 2.3e-308 the start has no finite log-likelihood; "
        "hold other values or begin elsewhere."
    )
    assert refusal.value.faults == {"fixed": told}


@pytest.mark.parametrize("coordinates", COORDINATES)
def test_a_start_whose_gradient_no_number_holds_is_refused(coordinates):
    start = {"location": 0.0, "scale": 1.0, "shape": 1e-200}
    fields = {"family": "generalized-normal", "n": 30, "start": start, "coordinates": coordinates}
    told = refusal(InvalidExperiment, lambda: record(Training(Experiment.of(fields))))
    assert told == STEEP


STEEP = "start has a log-likelihood too steep for double precision; begin nearer to the data."
EXTREME = {
    "inverse-gamma": ({"optimizer": "lbfgs", "learning_rate": 1.0}, (0.5, 1e300)),
    "frechet": ({"optimizer": "momentum", "coordinates": "written", "clip": 1.0}, (1e-300, 1e-20)),
}


@pytest.mark.parametrize("family", EXTREME)
def test_a_start_with_a_likelihood_is_not_said_to_have_none(family):
    fields, start = EXTREME[family]
    fields = {
        "family": family,
        "n": 30,
        "start": dict(zip(("shape", "scale"), start, strict=True)),
        **fields,
    }
    training = Training(Experiment.of(fields))
    assert math.isfinite(training.train.value(training.start))
    assert refusal(InvalidExperiment, record, training) == STEEP


@pytest.mark.parametrize("start", [{}, {"a": 2.0, "b": 2.0}])
def test_what_is_held_is_blamed_and_no_start_that_nobody_gave(start):
    fields = {"family": "kumaraswamy", "n": 40, "fixed": {"b": 1e300}, "start": start}
    with pytest.raises(InvalidExperiment) as refused:
        record(Training(Experiment.of({**fields, "optimizer": "rprop"})))
    ((field, told),) = refused.value.faults.items()
    assert field == "fixed"
    assert told.startswith("fixed: with b held at 1e+300 the ")
    assert ("guessed" in told) == (not start)


DIVERGING = [
    {"data": "ten-points", "batch": 1, "learning_rate": 500.0, "validation": 0.0},
    {"data": "ten-points", "batch": 1, "learning_rate": 500.0, "schedule": "plateau"},
    {"family": "skew-normal", "optimizer": "nesterov", "batch": 1, "learning_rate": 50.0, "n": 40},
]


@pytest.mark.parametrize("fields", DIVERGING)
def test_divergence_within_the_first_epoch_is_no_fault_of_the_start(fields):
    tape = record(Training(Experiment.of({"epochs": 5, **fields})))
    assert len(tape) == 1
    assert (tape.stop.cause, tape.stop.epoch) == (Cause.DIVERGED, 0)
    assert tape.stop.reason.startswith("The steps diverged after epoch 0: the estimate there is ")
    assert tape.stop.reason.endswith("; try a tenth of the rate.")


@pytest.mark.parametrize("epoch", [1, 63, 64, 65, 200])
@pytest.mark.parametrize("refined", [False, True])
def test_an_update_beyond_doubles_ends_a_run_after_its_step(monkeypatch, epoch, refined):
    experiment = dataclasses.replace(SMALL, clip=1e6 if refined else 0.0)
    whole = record(Training(experiment))
    calls = itertools.count()

    def step(optimizer, coordinates, z, gradient, state):
        if next(calls) == epoch:
            raise OverflowError
        return gradient, state, 0

    monkeypatch.setattr(GradientAscent, "step", step)
    tape = record(Training(experiment))
    assert (tape.stop.cause, tape.stop.epoch) == (Cause.DIVERGED, epoch)
    assert tape.rows(0, epoch + 1).tobytes() == whole.rows(0, epoch + 1).tobytes()


@pytest.mark.parametrize("name", ["lion", "bfgs"])
def test_a_curvature_beyond_all_numbers_breaks_no_run(name):
    fields = {"family": "generalized-normal", "optimizer": name, "learning_rate": 20.0, "n": 30}
    fields |= {"coordinates": "unconstrained", "validation": 0.0, "epochs": 200}
    stop = record(Training(Experiment.of({**fields, "generator": "pcg64"}))).stop
    assert stop.cause in (Cause.DIVERGED, Cause.OVERSHOT)
    assert "fault" not in stop.reason


@pytest.mark.parametrize(
    ("family", "rate", "below"), [("skew-normal", 20.0, "0.027"), ("birnbaum-saunders", 1e3, "51")]
)
def test_a_stationary_point_below_a_known_maximum_is_not_called_the_maximum(family, rate, below):
    fields = {"family": family, "optimizer": "rprop", "learning_rate": rate, "n": 30}
    fields |= {"coordinates": "unconstrained", "validation": 0.0, "generator": "pcg64"}
    stop = record(Training(Experiment.of(fields))).stop
    assert stop.cause is Cause.VANISHED
    assert not stop.converged
    assert f"is a stationary point, {below} below the maximum of the training data" in stop.reason
