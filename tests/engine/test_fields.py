"""Each kind of setting reads what it prints, and refuses what it must with a reason."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fields import Choice, Number, PerName, Text, Whole

from .helpers import refusal

NUMBERS = Number()
RATE = Number(0, 1e6, open_low=True)
WHOLES = Whole(-(10**9), 10**9)
COLOURS = Choice(lambda: ("red", "green"))
NOT_NUMBERS = ["", " ", "1_000", "١٢", "nan", "inf", "-inf", "Infinity", "1e400", "0x10", "1e", "a"]
NOT_NUMBERS += ["1,5", "--1", "1 2", ".", "e5", "1e5.0", "½", "−1", "1\x00", "True"]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_read_as_it_is_written(value):
    assert math.copysign(1, NUMBERS.parse(repr(value))) == math.copysign(1, value)
    assert NUMBERS.parse(repr(value)) == value == NUMBERS.check(value)


@given(st.integers(-(10**9), 10**9))
def test_a_whole_number_is_read_as_it_is_written(value):
    assert WHOLES.parse(str(value)) == WHOLES.parse(f"{value:,}") == value == WHOLES.check(value)


@given(st.dictionaries(st.sampled_from(["mean", "variance", "μ"]), st.floats(-1e300, 1e300)))
def test_a_table_is_read_as_it_is_written(table):
    text = ", ".join(f"{name}={value!r}" for name, value in table.items())
    assert PerName().parse(text) == table == PerName().check(table)


@given(st.text())
def test_text_is_taken_as_it_is(text):
    assert Text().parse(text) == text == Text().check(text)


@pytest.mark.parametrize("text", ["1", "+1", "1.", ".5", "-0.5", "1e5", "1E-5", " 2.5 ", "007"])
def test_plain_decimal_numbers_are_numbers(text):
    assert NUMBERS.parse(text) == float(text)


@pytest.mark.parametrize("text", NOT_NUMBERS)
@pytest.mark.parametrize("kind", [NUMBERS, WHOLES], ids=["number", "whole"])
def test_what_only_looks_like_a_number_is_refused(kind, text):
    with pytest.raises(ValueError, match=r"^must be a (whole )?number"):
        kind.parse(text)


@pytest.mark.parametrize("text", ["1,000", "12,345", "123,456,789"])
def test_thousands_of_a_whole_number_may_have_commas(text):
    assert WHOLES.parse(text) == int(text.replace(",", ""))


@pytest.mark.parametrize("text", [",,5", "1,00", "1000,000", "1,,000", ",000", "1,000,"])
def test_a_comma_elsewhere_is_refused(text):
    with pytest.raises(ValueError, match=r"^must be a whole number"):
        WHOLES.parse(text)


@pytest.mark.parametrize("value", [True, False, None, "1", [1], {}, 1j, math.nan, math.inf])
@pytest.mark.parametrize("kind", [NUMBERS, WHOLES], ids=["number", "whole"])
def test_what_is_no_number_is_refused(kind, value):
    with pytest.raises(ValueError, match=r"^must be a (whole )?number"):
        kind.check(value)


@pytest.mark.parametrize("digits", [400, 5000])
@pytest.mark.parametrize("kind", [NUMBERS, WHOLES], ids=["number", "whole"])
def test_a_whole_number_beyond_all_doubles_is_refused(kind, digits):
    with pytest.raises(ValueError, match=r"^must be a (whole )?number"):
        kind.check(10**digits)


@pytest.mark.parametrize("value", [1.5, -1e300, Fraction(1)])
def test_a_whole_number_is_within_bounds_and_no_fraction(value):
    with pytest.raises(ValueError, match="must be a whole number"):
        WHOLES.check(value)


@pytest.mark.parametrize("value", [0, -1e-300, math.nextafter(1e6, math.inf), 10**400])
def test_bounds_hold(value):
    with pytest.raises(ValueError, match="must be a number above 0 and at most 1e\\+06, not"):
        RATE.check(value)


@pytest.mark.parametrize("value", [5e-324, 1, 1e6])
def test_bounds_include_what_they_say(value):
    assert RATE.check(value) == value
    assert type(RATE.check(value)) is float


@pytest.mark.parametrize("value", ["blue", "Red", "", "red,green", 1, None, ["red"]])
def test_only_a_listed_name_is_a_choice(value):
    with pytest.raises(ValueError, match="must be one of red, green, not"):
        COLOURS.check(value)
    assert COLOURS.parse(" red ") == "red"


@pytest.mark.parametrize("text", ["mean", "mean=1, 2", "mean=x", "mean=1_0", "mean=1e400"])
def test_a_table_needs_names_and_numbers(text):
    with pytest.raises(ValueError, match="must be"):
        PerName().parse(text)


@pytest.mark.parametrize("value", [[], "mean=1", 1, {"mean": "1"}, {"mean": True}, {"mean": None}])
def test_a_table_is_a_mapping_to_numbers(value):
    with pytest.raises(ValueError, match="must be"):
        PerName().check(value)


def test_an_empty_table_is_a_table():
    assert PerName().parse("") == PerName().check({}) == {}


@given(st.text(), st.sampled_from([NUMBERS, WHOLES, COLOURS, PerName()]))
def test_a_reason_is_short_and_holds_no_control_character(text, kind):
    reason = refusal(ValueError, kind.parse, text)
    assert not reason or reason.isprintable()
    assert len(reason) < 200


def test_a_whole_number_may_have_an_exponent():
    assert WHOLES.check(1e5) == 100_000
    assert type(WHOLES.check(1e5)) is int
