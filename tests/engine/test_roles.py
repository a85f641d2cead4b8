"""The roles of columns are fields of an experiment: run, kept, and checked like others."""

import math

import pytest

from engine import Experiment, Training
from engine.capsules.capsule import Capsule
from engine.capsules.replay import differences, replay
from engine.experiments.experiment import InvalidExperiment
from engine.experiments.provenance import obtain, same_sample
from engine.fits.fitting import fit
from engine.runs.journey import Journey
from engine.tables.observations import read_observations
from engine.tables.roles import Roles

NIST = {"data": "nist-units", "family": "weibull", "optimizer": "newton"}


def test_a_bundled_sample_is_trained_on_with_its_censoring():
    training = Training(Experiment.of(NIST))
    for step in training:
        last = step
    sample = read_observations("nist-units", Roles())
    assert training.sample.censored.low.tolist() == sample.censored.low.tolist()
    assert last.parameters == pytest.approx(fit(training.family, sample).parameters, rel=1e-6)


def test_what_the_roles_ask_for_is_read(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("lo;hi;w\n1,5;2;3\n2;;1\n4;4;2\n", "utf-8")
    values = {"data": str(path), "lower": "lo", "upper": "hi", "weights": "w", "truncate_below": 1}
    sample = obtain(Experiment.of(values))
    assert sample.values.tolist() == [4.0]
    assert sample.censored.low.tolist() == [1.5, 2.0]
    assert sample.total == 6.0
    assert sample.truncation == (1.0, math.inf)


def test_roles_are_kept_in_toml_and_in_a_capsule(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("t|ok|n\n1.5|1|2\n3.25|0|1\n2.5|1|4\n0.75|1|1\n", "utf-8")
    fields = {"column": "t", "event": "ok", "weights": "n", "truncate_above": 9.5}
    experiment = Experiment.of(
        {"data": str(path), "family": "weibull", "delimiter": "|", "epochs": 20, **fields}
    )
    assert Experiment.from_toml(experiment.to_toml()) == experiment
    assert experiment.delimiter == "pipe"
    journey = Journey(Training(experiment))
    branch = journey.branches[0]
    while branch.tape.stop is None:
        branch.pull()
    capsule = Capsule.read(Capsule.of(journey, branch, 5).to_line())
    assert capsule.experiment == experiment
    assert differences(capsule, replay(capsule)) == []


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"weights": "w"}, "weights needs a data file"),
        ({"truncate_below": 1.0}, "truncate_below belongs to data"),
        ({"data": "x", "lower": "a"}, "upper is missing"),
        ({"data": "x", "lower": "a", "upper": "b", "column": "c"}, "column must be empty"),
        ({"data": "x", "lower": "a", "upper": "b", "event": "c"}, "event must be empty"),
        ({"data": "x", "truncate_below": 2.0, "truncate_above": 1.0}, "must be less than"),
        ({"data": "x", "truncate_below": math.nan}, "truncate_below must be a number, or nothing"),
        ({"data": "x", "decimal": "dash"}, "decimal must be one of auto, point, comma"),
    ],
)
def test_roles_that_do_not_fit_are_refused(fields, fault):
    with pytest.raises(InvalidExperiment, match=fault):
        Experiment.of(fields)


def test_a_sample_is_had_again_where_another_family_learns_from_it():
    one, other = (Experiment.of({"data": "nist-units", "family": f}) for f in ("gamma", "weibull"))
    assert same_sample(one, other)
    assert not same_sample(one, Experiment.of({"data": "nist-units", "truncate_above": 900.0}))
    assert not same_sample(Experiment.of({"family": "gamma"}), Experiment.of({"family": "weibull"}))
