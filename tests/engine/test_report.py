"""The report's numbers follow from one another, and the document is plain JSON."""

import dataclasses
import json
import math

import numpy as np
import pytest
from hypothesis import given, settings

from engine import Experiment, InvalidExperiment, Tape, Training
from engine.reports.report import document, report
from engine.samples.sample import Sample

from .helpers import experiments, record

ROW = {
    "epoch",
    "train_log_likelihood",
    "validation_log_likelihood",
    "parameters",
    "gradient_norm",
    "learning_rate",
}
SECTIONS = {"duration_seconds", "target", "sample_mle", "estimate", "initial", "errors"}


@pytest.fixture(scope="module")
def told(training, tape):
    return report(training, tape)


def test_errors_are_the_distance_from_the_sample_maximum(told):
    pairs = zip(told.sample_mle, told.estimate, strict=True)
    assert told.errors == tuple(abs(a - b) for a, b in pairs)


def test_an_error_is_made_of_what_was_withheld_and_of_stopping_early(told):
    assert len(told.errors) == 2
    parts = zip(told.errors, told.withheld, told.early, strict=True)
    for error, withheld, early in parts:
        sums = (withheld + early, abs(withheld - early))
        assert min(abs(error - s) for s in sums) < 1e-12


def test_the_maxima_are_the_moments_of_the_samples(training, told):
    whole = training.sample.values
    train, _ = training.sample.split(0.2, 42)
    assert told.sample_mle == pytest.approx((whole.mean(), whole.var()), rel=1e-12)
    assert told.training_mle == pytest.approx((train.values.mean(), train.values.var()), rel=1e-12)


def test_standard_errors_are_the_textbooks(told):
    variance = told.training_mle[1]
    expected = math.sqrt(variance / 80_000), variance * math.sqrt(2 / 80_000)
    assert told.standard_errors == pytest.approx(expected, rel=1e-9)
    assert [f"{e:.6f}" for e in told.standard_errors] == ["0.009898", "0.039186"]


def test_the_rest_is_as_the_run_was(training, tape, told):
    assert (told.names, told.symbols) == (("mean", "variance"), ("μ", "σ²"))
    assert (told.train_n, told.validation_n) == (80_000, 20_000)
    assert (told.seconds, told.stop, told.last) == (tape.seconds, tape.stop, tape[-1])
    best = tape[told.estimate_epoch]
    assert (told.train_log_likelihood, told.validation_log_likelihood) == (
        best.train,
        best.validation,
    )
    assert told.estimate == best.parameters
    assert told.initial == training.start


@pytest.mark.parametrize("at", [0, 1, 500, 9_999])
def test_a_report_before_the_end_has_no_stop(training, tape, at):
    told = report(training, tape, at)
    assert told.stop is None
    assert told.last == tape[at]
    assert told.estimate_epoch == tape.best(at + 1) <= at


def test_a_report_at_the_end_is_the_report(training, tape, told):
    assert report(training, tape, 10_000) == told


def test_a_run_that_goes_on_has_a_report():
    training, tape = Training(Experiment(n=60, patience=0, tolerance=0.0)), Tape(2)
    tape.append(next(training.blocks()))
    told = report(training, tape)
    assert told.stop is None
    assert told.estimate_epoch == tape.best()
    assert document(training, tape, 100)["stop"] is None


def test_what_does_not_exist_is_none():
    experiment = Experiment.of({"data": "own.csv", "epochs": 3})
    training = Training(experiment, Sample(np.array([1.0, 2.0, 4.0])))
    told = report(training, record(training))
    assert told.target is None
    assert told.validation_log_likelihood is None
    assert told.validation_n == 0
    written = document(training, record(training), 1)
    assert written["report"]["target"] is None
    assert {line["validation_log_likelihood"] for line in written["rows"]} == {None}


def test_standard_errors_are_those_of_the_maximum_wherever_the_run_is():
    start = {"mean": 0.0, "variance": 1e6}
    training = Training(Experiment(n=60, epochs=1, start=start))
    told = report(training, record(training))
    variance = told.training_mle[1]
    expected = math.sqrt(variance / 48), variance * math.sqrt(2 / 48)
    assert told.standard_errors == pytest.approx(expected, rel=1e-9)


def test_the_document_has_the_keys_that_scripts_rely_on(finished):
    assert set(finished) == {"experiment", "rows", "stop", "report"}
    assert all(set(line) == ROW for line in finished["rows"])
    assert set(finished["stop"]) == {"epoch", "reason", "converged"}
    assert set(finished["report"]) >= SECTIONS
    tables = [finished["report"][key] for key in SECTIONS - {"duration_seconds"}]
    assert all(list(table) == ["mean", "variance"] for table in tables)


def test_the_last_row_of_the_document_is_the_last_epoch():
    training = Training(Experiment(n=60, epochs=250, patience=0, tolerance=0.0))
    written = document(training, record(training), 100)
    assert [line["epoch"] for line in written["rows"]] == [100, 200, 250]
    assert written["stop"]["epoch"] == 250


@given(experiments())
@settings(max_examples=40)
def test_any_document_is_plain_json(experiment):
    try:
        training = Training(dataclasses.replace(experiment, epochs=min(experiment.epochs, 300)))
        tape = record(training)
    except InvalidExperiment:
        return
    written = document(training, tape, 100)
    assert json.loads(json.dumps(written, allow_nan=False)) == written
    assert Experiment.of(written["experiment"]) == training.experiment
    assert written["stop"]["epoch"] == len(tape) - 1
