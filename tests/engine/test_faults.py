"""Whatever is wrong with an experiment, each field at fault is named in one sentence."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, InvalidExperiment

from .helpers import refusal

FIELDS = [f.name for f in dataclasses.fields(Experiment)]
TABLES = ["true", "start", "settings"]
WRONG = [True, None, [], [[1]], b"x", 1j, float("nan"), float("inf"), -1, 10**400]
OUTSIDE: dict[str, list[object]] = {
    "n": [1, 10**8 + 1, 100.5],
    "seed": [2**32],
    "split_seed": [2**32],
    "learning_rate": [0, -0.0, 1.1e6],
    "epochs": [0, 10**9 + 1],
    "patience": [10**9 + 1],
    "validation": [0.91, 1],
    "family": ["Normal", "norm", ""],
    "optimizer": ["adam\x1b[31m", "gradient_ascent"],
    "schedule": ["none"],
    "coordinates": ["log"],
    "generator": ["mt19937"],
}
CONTRADICTIONS = {
    "true.variance": {"true": {"mean": 0.0, "variance": 0.0}},
    "true.mean": {"true": {"variance": 1.0}},
    "true.sigma": {"true": {"mean": 0.0, "variance": 1.0, "sigma": 1.0}},
    "start.variance": {"start": {"mean": 0.0, "variance": -1.0}},
    "start.mean": {"start": {"variance": 1.0}},
    "start.df": {"start": {"mean": 0.0, "variance": 1.0, "df": 3}},
    "settings.momentum": {"settings": {"momentum": 0.9}},
    "true": {"data": "x.csv", "true": {"mean": 0.0, "variance": 1.0}},
    "column": {"column": "weight"},
    "validation": {"n": 10, "validation": 0.9},
}
HOSTILE = ["\x1b[31m", "\x07", "a\nb", "\x9b2J", "\u202e"]
BROKEN = [
    "family",
    "family = ",
    "= 1",
    "[true",
    "n = 1\nn = 2",
    'data = "\x00"',
    "n = 1_",
    "\x1b[31m",
]
BROKEN += [
    "n = 01",
    "data = '''",
    "n = 2024-02-30",
    'data = "\\ud800"',
    "\x7f = 1",
    "[true]\n[true]",
]


def refused(values):
    with pytest.raises(InvalidExperiment) as caught:
        Experiment.of(values)
    return caught.value


def refused_toml(text):
    with pytest.raises(InvalidExperiment) as caught:
        Experiment.from_toml(text)
    return caught.value


def is_sentence(text):
    return text.endswith(".") and text.isprintable() and ". " not in text and len(text) < 250


def all_are_sentences(found):
    return bool(found.faults) and all(map(is_sentence, found.faults.values()))


@pytest.mark.parametrize("value", WRONG, ids=lambda v: ascii(v)[:10])
@pytest.mark.parametrize("field", FIELDS)
def test_a_wrong_type_or_size_is_a_fault_of_its_field(field, value):
    if field.startswith("truncate_") and (value is None or value == -1):
        pytest.skip("an open end and any number are bounds")
    found = refused({field: value})
    assert list(found.faults) == [field]
    assert found.faults[field].startswith(f"{field} must be ")
    assert all_are_sentences(found)


@pytest.mark.parametrize(("field", "value"), [(f, v) for f, vs in OUTSIDE.items() for v in vs])
def test_a_value_out_of_bounds_is_a_fault_of_its_field(field, value):
    if field.startswith("truncate_") and (value is None or value == -1):
        pytest.skip("an open end and any number are bounds")
    found = refused({field: value})
    assert list(found.faults) == [field]
    assert found.faults[field].startswith(f"{field} must be ")
    assert all_are_sentences(found)


@pytest.mark.parametrize(("field", "values"), CONTRADICTIONS.items(), ids=CONTRADICTIONS)
def test_fields_that_do_not_fit_together_are_named(field, values):
    found = refused(values)
    assert list(found.faults) == [field]
    assert found.faults[field].startswith(field)
    assert all_are_sentences(found)


@pytest.mark.parametrize("field", TABLES)
@pytest.mark.parametrize("value", ["1", True, None, [], float("nan")])
def test_a_wrong_entry_of_a_table_is_named(field, value):
    found = refused({field: {"mean": value}})
    assert list(found.faults) == [field]
    assert "mean" in found.faults[field]
    assert all_are_sentences(found)


def test_several_faults_are_told_at_once():
    found = refused({"n": 0, "family": "x", "learning_rate": "fast"})
    assert list(found.faults) == ["family", "n", "learning_rate"]
    assert str(found).splitlines() == list(found.faults.values())


@pytest.mark.parametrize("name", ["rate", "N", "", "n ", "__class__"])
def test_an_unknown_field_is_named(name):
    found = refused({name: 1, "n": 50})
    assert list(found.faults) == [name]
    assert name in found.faults[name]
    assert found.faults[name].endswith(" is not a field.")


@pytest.mark.parametrize("table", ["", *TABLES])
def test_no_control_character_of_a_name_reaches_the_message(table):
    for name in HOSTILE:
        entries = {"mean": 0.0, "variance": 1.0, name: 1.0}
        found = refused({table: entries} if table else {name: 1.0})
        assert found.faults
        assert all(fault.isprintable() for fault in found.faults.values())


@pytest.mark.parametrize("text", BROKEN, ids=ascii)
def test_broken_toml_is_one_sentence(text):
    found = refused_toml(text)
    assert list(found.faults) == [""]
    assert str(found).startswith("This is not TOML: ")
    assert is_sentence(str(found))


@pytest.mark.parametrize("depth", [50, 5000, 200_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a=", "}")])
def test_deep_nesting_is_refused(depth, opening, closing):
    assert all_are_sentences(refused_toml(f"n = {opening * depth}1{closing * depth}"))


@pytest.mark.parametrize("digits", ["9" * 5000, "0x" + "f" * 5000])
def test_a_number_of_too_many_digits_is_refused(digits):
    assert all_are_sentences(refused_toml(f"n = {digits}"))


@pytest.mark.parametrize("field", ["n", "learning_rate", "family"])
def test_a_number_too_long_to_write_is_a_fault_of_its_field(field):
    assert refused({field: 10**5000}).faults[field].startswith(f"{field} must be ")


@pytest.mark.parametrize("value", ["2024-01-01", "12:00:00", "nan", "-inf", '"5"', "5.5", "true"])
def test_toml_of_another_type_is_a_fault_of_its_field(value):
    found = refused_toml(f"n = {value}")
    assert list(found.faults) == ["n"]
    assert all_are_sentences(found)


@given(st.text())
def test_any_text_is_an_experiment_or_a_refusal(text):
    if not refusal(InvalidExperiment, Experiment.from_toml, text):
        read = Experiment.from_toml(text)
        assert Experiment.from_toml(read.to_toml()) == read


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(FIELDS), json_like, max_size=4))
def test_any_values_are_an_experiment_or_a_refusal(values):
    told = refusal(InvalidExperiment, Experiment.of, values)
    assert all(line.endswith(".") for line in told.split("\n") if told)
