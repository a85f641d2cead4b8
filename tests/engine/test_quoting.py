"""What comes from outside is shown short, and without anything that moves a cursor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.files import UnreadableData
from engine.quoting import quoted, quoted_path, shown
from engine.tables.observations import read_observations
from engine.tables.roles import Roles

from .helpers import refusal

anything = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()
anything |= st.lists(st.text()) | st.dictionaries(st.text(), st.integers())


@given(anything, st.sampled_from([quoted, quoted_path, shown]))
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


def test_of_a_long_path_the_end_is_kept():
    assert quoted_path("a/b.csv") == quoted("a/b.csv") == "'a/b.csv'"
    assert quoted_path("x" * 60) == "'" + "x" * 60 + "'"
    folder = "/home/somebody/measurements/" + "of-a-long-campaign/" * 3
    first, second = (quoted_path(f"{folder}run-{k}.csv") for k in (1, 2))
    assert first == "'/home/somebody/measu...campaign/of-a-long-campaign/run-1.csv'"
    assert second == first.replace("run-1", "run-2")
    assert len(first) == 62


def test_a_path_is_escaped_at_both_ends():
    shown_path = quoted_path("\x1b" + "x" * 100 + "\x9b.csv")
    assert shown_path.startswith("'\\x1bxxx")
    assert shown_path.endswith("xxx\\x9b.csv'")


def test_a_refusal_tells_which_of_many_files_it_means(tmp_path):
    folder = tmp_path / "of-a-very-long-campaign-of-measurements" / "and-its-many-stations"
    folder.mkdir(parents=True)
    (folder / "station-12.csv").write_text("")
    said = refusal(UnreadableData, read_observations, str(folder / "station-12.csv"), Roles())
    assert "station-12.csv'" in said
    said = refusal(UnreadableData, read_observations, str(folder / "station-13.csv"), Roles())
    assert "station-13.csv'" in said
