"""What comes from outside is shown short, and without anything that moves a cursor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.quoting import quoted, shown

anything = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()
anything |= st.lists(st.text()) | st.dictionaries(st.text(), st.integers())


@given(anything, st.sampled_from([quoted, shown]))
def test_everything_is_short_and_printable(value, show):
    assert show(value).isprintable()
    assert len(show(value)) <= 62


def test_plain_text_stays_as_it_is():
    assert quoted("größe (cm)") == "'größe (cm)'"


@pytest.mark.parametrize("text", ["\x1b[2J", "\x00", "\x7f", "\x9b", "\u202e", "\ud800", "\n"])
def test_what_cannot_be_printed_is_escaped(text):
    assert quoted(f"a{text}") == "'a" + text.encode("unicode_escape").decode() + "'"


@pytest.mark.parametrize("value", [5, -1.5, True, float("inf"), 10**20])
def test_numbers_are_shown_as_they_are(value):
    assert shown(value) == str(value)


@pytest.mark.parametrize("digits", [100, 400, 5000])
def test_a_long_number_is_shown_short(digits):
    assert 0 < len(shown(10**digits)) <= 62
    assert 0 < len(shown(-(10**digits))) <= 62


def test_long_text_is_cut():
    assert quoted("x" * 60) == "'" + "x" * 60 + "'"
    assert quoted("x" * 61).endswith("x...'")
