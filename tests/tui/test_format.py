"""Numbers are written as the article writes them, and never as something they are not."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.texts import format as write


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7.218075401, "7.218075"),
        (0.0, "0.000000"),
        (-12.5, "-12.500000"),
        (1.5e-7, "1.5000e-07"),
        (2.5e9, "2.5000e+09"),
        (None, "—"),
        (float("inf"), "—"),
        (float("nan"), "—"),
    ],
)
def test_parameters_have_six_decimals_or_an_exponent(value: float | None, text: str) -> None:
    assert write.parameter(value) == text


@pytest.mark.parametrize(
    ("value", "error", "text"),
    [
        (1.7e12 + 5, 2.6, "1700000000005.0"),
        (1.7e12 + 5, 38.0, "1700000000005"),
        (1.7e300, 2e290, "1.70000000000e+300"),
        (2.5e9, 1e9, "2.5000e+09"),
        (2.5e9, float("inf"), "2.5000e+09"),
        (2.5e9, 0.0, "2.5000e+09"),
        (1.5e-7, 2e-16, "1.5000000000e-07"),
        (7.218075401, 1e-9, "7.218075"),
        (1e16 + 2, 1e-3, "10000000000000002"),
    ],
)
def test_a_parameter_far_from_one_has_the_digits_that_its_error_leaves_it(value, error, text):
    assert write.parameter(value, error=error) == text


def test_the_ends_of_an_interval_can_be_told_apart():
    assert write.span(1.7e12 + 1, 1.7e12 + 9) == "1700000000001.0 … 1700000000009.0"
    assert write.span(6.1, 8.25) == "6.100000 … 8.250000"
    assert write.span(None, 2.5e9) == "— … 2.5000e+09"


def test_criteria_keep_the_digits_that_are_compared():
    assert write.criterion(-19_347_123.456789) == "-19347123.456789"
    assert write.criterion(2.5e15, 3) == "2.500e+15"


def test_errors_have_the_articles_eight_decimals() -> None:
    assert write.error(0.015368170562) == "0.01536817"


def test_log_likelihoods_are_sums_unless_asked_per_observation() -> None:
    assert write.likelihood(-195870.3214305) == "-195870.32"
    assert write.likelihood(-195870.3214305, 80_000) == "-2.448379"
    assert write.likelihood(None) == "—"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.0123, "12.3 ms"), (27.8044, "27.8 s"), (754.0, "12 min 34 s"), (7322.0, "2 h 02 min")],
)
def test_durations_take_the_unit_that_suits(seconds: float, text: str) -> None:
    assert write.duration(seconds) == text


@given(st.integers(-(10**14), 10**14), st.sampled_from([1.0, 2.0, 5.0]), st.integers(-20, 20))
def test_tick_labels_say_where_the_tick_is(place: int, mantissa: float, power: int) -> None:
    step = mantissa * 10.0**power
    value = place * step
    label = write.tick(value, step)
    units = {"k": 1e3, "M": 1e6, "G": 1e9}
    number = float(label.rstrip("kMG")) * units.get(label[-1], 1.0)
    assert number == pytest.approx(value, rel=1e-15, abs=step / 2)


@pytest.mark.parametrize(
    ("number", "written"),
    [(62, "62"), (10_001, "10,001"), (99_999, "99,999"), (123_456, "123.5k"), (2.5e6, "2.5M")],
)
def test_brief_counts(number: float, written: str) -> None:
    assert write.brief(number) == written


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(4e-5, "0.0 ms"), (0.0042, "4.2 ms"), (0.25, "250 ms"), (9.87, "9.9 s"), (200.0, "3 min")],
)
def test_brief_durations(seconds: float, written: str) -> None:
    assert write.brief_duration(seconds) == written


@pytest.mark.parametrize(
    ("exponent", "written"),
    [(-5, "1e-5"), (-2, "0.01"), (0, "1"), (3, "1k"), (7, "10M"), (12, "1e12")],
)
def test_powers_of_ten(exponent: float, written: str) -> None:
    assert write.power(exponent) == written


@given(st.floats(0, 1e11))
def test_what_is_brief_fits_six_characters(number: float) -> None:
    assert len(write.brief(number)) <= 6
    assert len(write.brief_duration(min(number, 3e6))) <= 6


@given(st.floats(-1e300, 1e300), st.integers(7, 12))
def test_a_number_in_a_narrow_column_gives_up_digits_and_stays_itself(value, width):
    text = write.within(width, value, write.parameter(value, 4))
    assert len(text) <= width
    assert float(text) == pytest.approx(value, rel=0.5, abs=1e-2 if "e" not in text else 0.0)


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.00153, "0.00153"), (-8.8e-101, "-9e-101"), (123456.789, "123457"), (None, "—")],
)
def test_what_a_column_is_too_narrow_for_is_written_with_fewer_digits(value, written):
    assert write.within(7, value, write.parameter(value, 4)) == written


def test_ticks_far_from_one_are_powers_of_ten():
    assert write.tick(2e300, 1e300) == "2e+300"
    assert write.tick(4e9, 2e9) == "4G"


def test_ticks_far_from_zero_and_near_each_other_differ():
    assert write.tick(1.7e12 + 5, 5.0) == "1700000000005"
    assert write.tick(1.7e12, 100.0) == "1700000000000"
    assert write.tick(1.7e14, 0.001) == "1.7e+14"


def test_a_size_has_the_digits_that_tell_it_from_its_neighbours() -> None:
    assert write.sized(1.7e12 + 3.25, 7, 0.5) == "1700000000003.25"
    assert write.sized(54.614856, 6, 0.7) == "54.6149"
    assert write.sized(54.614856, 6, None) == "54.6149"
    assert write.sized(0.0, 6, 1.0) == "0"
    assert write.sized(1e300, 6, math.inf) == "1e+300"
    assert float(write.sized(1 / 3, 4, 1e-300)) == 1 / 3
