"""A dossier holds what the report and the fit say, number for number."""

import numpy as np
import pytest

from engine.distributions.families import family
from engine.experiments.experiment import Experiment
from engine.fits.fitting import fit
from engine.presets import preset
from engine.reports.dossier import Quantity, Section, Span, Table
from engine.reports.fit_document import fit_document, intervals
from engine.reports.fit_dossier import fit_sections
from engine.reports.report import document, report
from engine.reports.run_dossier import run_sections, run_title
from engine.runs.training import Training
from engine.samples.sample import Sample
from engine.stopping import brief
from engine.tapes.tape import Tape

LIVES = np.array([3, 5, 7, 18, 43, 85, 91, 98, 100, 130, 230, 487.0])


def ended(experiment):
    training = Training(experiment)
    tape = Tape(len(training.start))
    for block in training.blocks():
        tape.append(block)
    return training, tape


def cells(sections):
    """Rows by their titles."""
    return {row[0]: row[1:] for s in sections for table in s.tables for row in table.rows}


def test_a_table_has_rows_as_long_as_its_header():
    with pytest.raises(ValueError, match="another number of cells"):
        Table(("a", "b"), (("x",),))


def test_turning_a_table_twice_gives_it_back():
    table = Table(("", "a", "b"), (("x", Quantity(1.0), "y"), ("z", Span(None, 2.0), "w")))
    assert table.turned.header == ("", "x", "z")
    assert table.turned.rows[0] == ("a", Quantity(1.0), Span(None, 2.0))
    assert table.turned.turned == table


def test_the_article_s_six_sections_are_those_of_the_report():
    training, tape = ended(preset("article"))
    told = report(training, tape)
    rows = cells(run_sections(training, told))
    assert rows["1 Training duration"][0].value == told.seconds
    for title, values in (
        ("2 Target distribution", told.target),
        ("3 Sample MLE", told.sample_mle),
        ("4 Estimate", told.estimate),
        ("5 Initial parameters", told.initial),
        ("6 Estimation errors", told.errors),
        ("Standard errors", told.standard_errors),
    ):
        assert tuple(cell.value for cell in rows[title]) == values
    assert rows["what was trained on"][0].value == told.price.training_distance
    assert rows["the whole sample"][1].value == told.price.whole_gap
    assert rows["Epochs"][0].value == 10_000
    assert run_title(training) == "Maximum likelihood: normal by gradient-ascent"


def test_it_says_where_and_why_a_run_stopped_and_what_that_cost():
    training, tape = ended(preset("article"))
    told = report(training, tape)
    stop, price = run_sections(training, told)[1:3]
    assert stop.title == "Where and why it stopped"
    assert stop.sentences == (tape.stop.reason,)
    assert price.sentences == (told.price.sentence,)
    assert price.sentences[0].startswith("Given up: 0.0082 standard errors")


def test_where_nothing_is_withheld_there_is_one_price():
    training, tape = ended(Experiment.of({"n": 100, "epochs": 30, "validation": 0.0}))
    told = report(training, tape)
    assert told.price.training_gap == told.price.whole_gap
    assert "withheld" not in told.price.sentence
    assert told.price.sentence.count("log-likelihood by stopping here.") == 1


def test_a_run_that_goes_on_says_so():
    training, tape = ended(Experiment.of({"n": 100, "epochs": 30}))
    stop = run_sections(training, report(training, tape, 7))[1]
    assert stop.title == "Where it stands"
    assert stop.sentences == ("The run has not ended: this is epoch 7 of at most 30.",)


def test_the_document_up_to_a_step_tells_nothing_of_later_ones():
    training, tape = ended(Experiment.of({"n": 100, "epochs": 30}))
    told = document(training, tape, 5, 12)
    assert [row["epoch"] for row in told["rows"]] == [5, 10]
    assert told["stop"] is None
    assert tuple(told["report"]["estimate"].values()) in [tape[i].parameters for i in range(13)]
    assert document(training, tape, 5, 30) == document(training, tape, 5)


def test_many_parameters_have_a_row_each():
    training, tape = ended(
        Experiment.of({"family": "normal-mixture", "components": 3, "n": 200, "epochs": 3})
    )
    told = report(training, tape)
    _, table = run_sections(training, told)[0].tables
    assert table.header[3] == "4 Estimate"
    assert tuple(row[3].value for row in table.rows) == told.estimate


def fitted(name, values=LIVES, kinds=("wald", "profile")):
    sample = Sample(np.asarray(values))
    best = fit(family(name, {}), sample)
    told = fit_document(best, sample, intervals(best, 0.9, kinds))
    return told, fit_sections(told, kinds, 0.9)


def test_a_fit_s_sections_have_the_numbers_of_its_document():
    told, sections = fitted("gamma")
    rows = cells(sections)
    for name, each in told["estimates"].items():
        value, error, *spans = rows[name]
        assert (value.value, error.value) == (each["value"], each["standard_error"])
        assert spans == [Span(*each["wald"]), Span(*each["profile"])]
    assert rows["AICc"][0].value == told["aicc"]
    assert rows["Log-likelihood"][0].value == told["log_likelihood"]
    assert rows["Anderson–Darling"][0].value == told["goodness_of_fit"]["ad"]
    assert rows["mean"][1].value == told["derived"]["mean"]["standard_error"]
    assert sections[0].sentences == (told["verdict"],)
    assert sections[0].tables[0].header[3:] == ("90 % wald", "90 % profile")


def test_counts_have_their_chi_squared_and_its_chance():
    told, sections = fitted("poisson", [0, 0, 1, 1, 1, 2, 2, 3, 4, 1, 0, 2] * 5)
    (row,) = sections[1].tables[0].rows
    counted = told["goodness_of_fit"]["chi_squared"]
    assert row[0].startswith(f"Chi-squared, {counted['df']} degrees of freedom")
    assert [cell.value for cell in row[1:]] == [counted["statistic"], counted["p_value"]]


def test_diagnoses_are_told_with_their_advice():
    told, sections = fitted("gamma", [1.0, 1.0, 1.0, 1.0, 2.0, 3.0, 5.0])
    last = sections[-1]
    assert isinstance(last, Section)
    assert last.title == "Diagnoses"
    first = told["diagnoses"][0]
    assert last.sentences[0] == f"{first['name']}: {first['finding']} {first['advice']}"


@pytest.mark.parametrize(
    "changes", [{"epochs": 3}, {"epochs": 50, "clip": 0.01}, {"evaluations": 1}]
)
def test_the_way_that_is_left_is_told_the_same_twice(changes):
    training, tape = ended(Experiment.of({"n": 2000, **changes}))
    told = report(training, tape)
    assert told.price.training_distance > 10
    left = brief(told.price.training_distance)
    assert f"{left} standard errors from the maximum" in tape.stop.reason
    assert f"{left} standard errors and" in told.price.sentence
