"""What is written as TOML is read back as it was."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.toml import dumps, loads

texts = st.text(st.characters(codec="utf-8"))
scalars = texts | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | st.booleans()
tables = st.dictionaries(texts, scalars, max_size=4)


@given(st.dictionaries(texts, scalars | tables, max_size=6))
def test_any_document_is_read_back(values):
    text = dumps(values)
    assert repr(sorted(loads(text).items())) == repr(sorted(values.items()))
    assert tomllib.loads(text.encode("utf-8").decode("utf-8")) == values


@given(st.text())
def test_any_text_at_all_can_be_saved(text):
    saved = dumps({"name": text, "table": {text: 1}}).encode("utf-8")
    assert loads(saved.decode("utf-8"))["name"] == text.encode("utf-8", "replace").decode("utf-8")


@pytest.mark.parametrize("text", ["a", "a = ", "a = 1\na = 2", "a = 2024-02-30", "[" * 10**5])
def test_what_is_no_toml_is_refused_in_words(text):
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        loads(text)


def test_a_name_of_more_than_200_parts_is_too_deep():
    assert list(loads(".".join("a" * 200) + " = 1")) == ["a"]
    with pytest.raises(ValueError, match="it is nested too deeply"):
        loads(".".join("a" * 201) + " = 1")


def test_many_points_are_no_depth():
    assert loads("x = [" + "0.1," * 500 + "]")["x"] == [0.1] * 500
    assert loads('x = "' + "." * 500 + '"')["x"] == "." * 500
