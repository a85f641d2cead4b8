"""An experiment is a frozen value that TOML gives back as it was."""

import copy
import dataclasses
import json
import pickle
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, InvalidExperiment
from engine.distributions import FAMILIES
from engine.experiments.assumptions import assumed
from engine.likelihoods.coordinates import COORDINATES
from engine.optimizers import OPTIMIZERS
from engine.samples.sample import GENERATORS
from engine.schedules import SCHEDULES
from engine.settings import settings

from .helpers import experiments

WEIRD = ["\x00", "\x1b[31m", "\x7f", "\x85", '"', "'", "\\", '"""', "'''", "\\u0041", "\r\n", "\t"]
WEIRD += ["\n[true]\n", "a = 1", "#", " ", "\u2028", "µ", "\ufeff", "😀", "\ue000", "\uffff", "='"]
encodable = st.text(st.characters(codec="utf-8"))


@given(experiments())
def test_toml_gives_an_experiment_back(experiment):
    assert Experiment.from_toml(experiment.to_toml()) == experiment


@given(encodable, encodable)
def test_toml_gives_any_text_back(data, column):
    experiment = Experiment.of({"data": "x" + data, "column": column})
    text = experiment.to_toml().encode("utf-8").decode("utf-8")
    assert Experiment.from_toml(text) == experiment


@pytest.mark.parametrize("text", WEIRD, ids=ascii)
def test_toml_gives_weird_text_back(text):
    experiment = Experiment.of({"data": text, "column": text * 2})
    assert Experiment.from_toml(experiment.to_toml()) == experiment


@pytest.mark.parametrize("rate", [5e-324, 1e-8, 0.1, 1 / 3, 1e6, 1e5 + 1e-11, 12345678.9e-3])
def test_toml_gives_numbers_back_to_the_last_bit(rate):
    experiment = Experiment(learning_rate=rate, start={"mean": -rate, "variance": rate + 1})
    again = Experiment.from_toml(experiment.to_toml())
    assert repr(again.to_mapping()) == repr(experiment.to_mapping())


def test_a_mapping_holds_every_field_as_plain_values():
    mapping = Experiment().to_mapping()
    assert list(mapping) == [f.name for f in dataclasses.fields(Experiment)]
    assert json.loads(json.dumps(mapping)) == mapping
    told = {name: value for name, value in mapping.items() if value is not None}
    assert tomllib.loads(Experiment().to_toml()) == told
    assert Experiment.of(mapping) == Experiment()
    assert {type(v) for v in mapping.values()} <= {str, int, float, dict, type(None)}


def test_every_field_is_declared_with_a_meaning():
    declared = settings(Experiment)
    assert [s.name for s in declared] == [f.name for f in dataclasses.fields(Experiment)]
    assert all(s.label and s.meaning and s.group and s.kind.description for s in declared)


@pytest.mark.parametrize("field", [f.name for f in dataclasses.fields(Experiment)])
def test_an_experiment_is_frozen(field):
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(Experiment(), field, getattr(Experiment(), field))


@pytest.mark.parametrize("table", ["true", "start", "settings"])
def test_the_tables_are_frozen_too(table):
    with pytest.raises(TypeError):
        getattr(Experiment(), table)["mean"] = 1.0


@given(experiments())
def test_an_experiment_is_hashed_copied_and_sent_like_any_value(experiment):
    for again in (
        copy.copy(experiment),
        copy.deepcopy(experiment),
        pickle.loads(pickle.dumps(experiment)),  # noqa: S301 - written just here
        Experiment.of(experiment.to_mapping()),
        Experiment(**dataclasses.asdict(experiment)),
    ):
        assert again == experiment
        assert {again: 1}[experiment] == 1
        assert again.to_toml() == experiment.to_toml()


def test_tables_given_stay_as_they_were_given():
    start = {"mean": 1.0, "variance": 2.0}
    experiment = Experiment(start=start)
    start["mean"] = 5.0
    assert experiment.start == {"mean": 1.0, "variance": 2.0}


def test_whole_numbers_will_do_for_numbers():
    experiment = Experiment.from_toml("learning_rate = 1\nstart = {mean = 0, variance = 1}")
    assert experiment == Experiment(learning_rate=1.0)
    assert type(experiment.learning_rate) is float


def test_own_data_change_what_is_assumed():
    experiment = Experiment.of({"data": "weights.csv"})
    expected = assumed({"data": "x.csv"})
    assert {name: getattr(experiment, name) for name in expected} == expected
    assert experiment.origin is None
    kept = Experiment.of({"data": "weights.csv", "validation": 0.5, "coordinates": "written"})
    assert (kept.validation, kept.coordinates) == (0.5, "written")


@pytest.mark.parametrize(
    ("field", "registry"),
    [
        ("family", FAMILIES),
        ("optimizer", OPTIMIZERS),
        ("schedule", SCHEDULES),
        ("coordinates", COORDINATES),
        ("generator", GENERATORS),
    ],
)
def test_a_choice_offers_its_whole_registry(field, registry):
    (declared,) = [s for s in settings(Experiment) if s.name == field]
    assert declared.kind.options() == tuple(registry)
    assert all(declared.kind.parse(name) == name for name in registry)


def test_the_origin_has_the_true_parameters():
    assert Experiment().origin == FAMILIES["normal"](mean=7.2, variance=7.84)


@pytest.mark.parametrize("validation", [0.4, 0.5, 0.6])
def test_what_is_withheld_is_rounded_up_and_may_not_leave_too_few(validation):
    """Of 3 values 0.4 withholds 2; one is left, and a normal has two parameters."""
    with pytest.raises(InvalidExperiment, match="validation leaves 1 of 3 values to train on"):
        Experiment(n=3, validation=validation)
    assert Experiment(n=3, validation=0.3).n == 3
