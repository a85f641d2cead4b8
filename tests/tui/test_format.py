"""Numbers are written as the article writes them, and never as something they are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui import format as write


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


@given(st.floats(-1e12, 1e12), st.sampled_from([1.0, 2.0, 5.0]), st.integers(-5, 9))
def test_tick_labels_say_where_the_tick_is(place: float, mantissa: float, power: int) -> None:
    step = mantissa * 10.0**power
    value = round(place / step) * step
    label = write.tick(value, step)
    units = {"k": 1e3, "M": 1e6, "G": 1e9}
    number = float(label.rstrip("kMG")) * units.get(label[-1], 1.0)
    assert number == pytest.approx(value, rel=1e-3, abs=step / 2)
