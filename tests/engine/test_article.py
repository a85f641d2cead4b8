"""Every digit that the article prints comes out of the tape and out of the document."""

import json
from pathlib import Path

import pytest

from engine import preset
from engine.reports.progress import row, rows
from engine.reports.report import report

PRINTED = json.loads((Path(__file__).parent.parent / "data" / "article.json").read_text("utf-8"))
DIGITS = {"train_log_likelihood": 2, "validation_log_likelihood": 2, "mean": 4, "variance": 4}
CELLS = [(line, name) for line in PRINTED["rows"] for name in DIGITS]
ENDS = [("sample_mle", 6), ("final", 6), ("errors", 8)]
RESULTS = [(kind, name, digits) for kind, digits in ENDS for name in ("mean", "variance")]


def cell_id(value):
    return str(value["epoch"]) if isinstance(value, dict) else str(value)


@pytest.fixture(scope="module")
def table(tape):
    return {line.epoch: line for line in rows(tape, 100)}


def test_all_twelve_rows_are_compared():
    assert [line["epoch"] for line in PRINTED["rows"]] == [*range(300, 1400, 100), 10_000]


@pytest.mark.parametrize(("printed", "name"), CELLS, ids=cell_id)
def test_row(table, printed, name):
    line = table[printed["epoch"]]
    mean, variance = line.parameters
    found = {
        "train_log_likelihood": line.train_log_likelihood,
        "validation_log_likelihood": line.validation_log_likelihood,
        "mean": mean,
        "variance": variance,
    }[name]
    assert f"{found:.{DIGITS[name]}f}" == f"{printed[name]:.{DIGITS[name]}f}"


@pytest.mark.parametrize(("printed", "name"), CELLS, ids=cell_id)
def test_row_of_the_document(finished, printed, name):
    (line,) = [line for line in finished["rows"] if line["epoch"] == printed["epoch"]]
    found = (line | line["parameters"])[name]
    assert f"{found:.{DIGITS[name]}f}" == f"{printed[name]:.{DIGITS[name]}f}"


@pytest.mark.parametrize(("kind", "name", "digits"), RESULTS)
def test_result(training, tape, kind, name, digits):
    told = report(training, tape)
    series = {"sample_mle": told.sample_mle, "final": told.estimate, "errors": told.errors}[kind]
    found = dict(zip(told.names, series, strict=True))[name]
    assert f"{found:.{digits}f}" == f"{PRINTED[kind][name]:.{digits}f}"


@pytest.mark.parametrize(("kind", "name", "digits"), RESULTS)
def test_result_of_the_document(finished, kind, name, digits):
    found = finished["report"][{"final": "estimate"}.get(kind, kind)][name]
    assert f"{found:.{digits}f}" == f"{PRINTED[kind][name]:.{digits}f}"


def test_the_run_uses_its_budget_and_has_not_converged(tape):
    assert len(tape) == 10_001
    assert tape.stop.epoch == 10_000
    assert not tape.stop.converged


def test_the_training_maximum_lies_beyond_the_estimate(training, tape):
    told = report(training, tape)
    assert f"{told.training_mle[1]:.6f}" == "7.837195"
    assert told.estimate[1] < told.training_mle[1]


def test_document_has_every_hundredth_row(finished):
    assert [line["epoch"] for line in finished["rows"]] == list(range(100, 10_001, 100))


def test_first_row_is_the_start_with_the_parameters_after_one_update(tape):
    assert row(tape, 1).train_log_likelihood == tape[0].train
    assert tape[0].parameters == (0.0, 1.0)
    assert row(tape, 1).parameters == tape[1].parameters != tape[0].parameters


def test_target_is_the_origin(finished):
    assert finished["report"]["target"] == {"mean": 7.2, "variance": 7.84}
    assert finished["report"]["initial"] == {"mean": 0.0, "variance": 1.0}
    assert finished["experiment"] == preset("article").to_mapping()
