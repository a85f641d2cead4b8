"""Charts are pure: numbers, a size and a palette give text of that size, whatever the numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.samples.histogram import histogram
from engine.samples.sample import Sample
from tui.palette import DARK, LIGHT
from tui.pictures.charts import density_chart, line_chart
from tui.pictures.curve import Curve, thin

SIZES = st.tuples(st.integers(1, 130), st.integers(1, 40))
VALUES = st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=60)


@settings(max_examples=40)
@given(VALUES, SIZES, st.booleans())
def test_a_line_chart_fits_its_size(
    values: list[float],
    size: tuple[int, int],
    log: bool,
) -> None:
    y = np.array(values)
    curve = Curve(np.arange(y.size, dtype=float), y / 1e11 if log else y, DARK.train)
    lines = line_chart([curve], size, DARK, log=log).plain.split("\n")
    assert len(lines) <= size[1]
    assert max(map(len, lines)) <= size[0]


@settings(max_examples=30)
@given(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=40, unique=True), SIZES)
def test_a_density_chart_fits_its_size(values: list[int], size: tuple[int, int]) -> None:
    heights, edges = np.histogram(np.array(values, float), 7, density=True)
    x = np.linspace(edges[0], edges[-1], 50)
    lines = density_chart(
        (heights, edges), [Curve(x, 0 * x + heights.max(), "#ff0000")], size, LIGHT
    )
    assert max(map(len, lines.plain.split("\n"))) <= size[0]


def test_a_rising_curve_is_drawn_rising_and_in_its_colour() -> None:
    x = np.arange(100.0)
    text = line_chart([Curve(x, x, DARK.train)], (40, 12), DARK)
    rows = text.plain.split("\n")
    drawn = [[i for i, c in enumerate(row) if "⠀" < c <= "⣿"] for row in rows[:-2]]
    firsts = [min(columns) for columns in drawn if columns]
    assert len(firsts) >= 8
    assert firsts == sorted(firsts, reverse=True)
    assert DARK.train in {str(span.style) for span in text.spans}


def test_epochs_are_whole_numbers_however_few_there_are() -> None:
    for last in (1, 2, 3):
        x = np.arange(last + 1.0)
        labels = line_chart([Curve(x, x, DARK.train)], (60, 12), DARK).plain.split("\n")[-1]
        assert [int(label) for label in labels.split()] == list(range(last + 1))


def test_bars_stand_where_the_data_are() -> None:
    heights, edges = np.array([0.0, 1.0, 0.0]), np.array([0.0, 1.0, 2.0, 3.0])
    rows = density_chart((heights, edges), [], (60, 12), DARK).plain.split("\n")
    filled = [i for i, c in enumerate(rows[9]) if c == "█"]
    assert min(filled) == pytest.approx(20, abs=2)
    assert max(filled) == pytest.approx(39, abs=2)


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=9))
def test_values_of_any_size_are_drawn(values: list[float]) -> None:
    heights, edges = histogram(Sample(np.array(values)), 80, whole=False)
    x = np.linspace(edges[0], edges[-1], 90)
    for y in (np.full(90, 1e308), np.full(90, np.nan), np.full(90, heights.max())):
        lines = density_chart((heights, edges), [Curve(x, y, "#ff0000")], (40, 9), DARK)
        assert max(map(len, lines.plain.split("\n"))) <= 40


def test_between_bars_there_is_nothing() -> None:
    heights, edges = np.array([1.0, 0.0, 1.0]), np.array([0.0, 1.0, 2.0, 3.0])
    rows = density_chart((heights, edges), [], (60, 12), DARK).plain.split("\n")
    assert rows[9][21:39].strip() == ""
    assert rows[9][:19].strip("█") == ""


def test_a_flat_curve_and_one_of_a_single_point_have_an_axis() -> None:
    flat = line_chart([Curve(np.arange(9.0), np.full(9, -3.5), DARK.train)], (40, 10), DARK)
    point = line_chart([Curve(np.zeros(1), np.array([-2e6]), DARK.train)], (40, 10), DARK)
    assert "┤" in flat.plain
    assert "┤" in point.plain


def test_what_is_not_finite_is_left_out() -> None:
    y = np.array([np.nan, -np.inf, 1.0, 2.0, np.inf])
    assert thin(Curve(np.arange(5.0), y, "#000000"), 10).y.tolist() == [1.0, 2.0]


@given(st.integers(100, 5000), st.integers(10, 60), st.integers(0, 99))
def test_thinning_keeps_the_ends_and_the_extremes(n: int, most: int, seed: int) -> None:
    y = np.random.default_rng(seed).normal(size=n)
    thinned = thin(Curve(np.arange(float(n)), y, "#000000"), most)
    assert thinned.y.size <= 2 * most + 2
    assert (thinned.y.min(), thinned.y.max()) == (y.min(), y.max())
    assert (thinned.x[0], thinned.x[-1]) == (0, n - 1)


def test_a_logarithmic_axis_is_labelled_with_what_it_stands_for() -> None:
    x = np.log10(np.arange(1.0, 10_001.0))
    curve = Curve(x, -x, DARK.lanes[0], "●")
    rows = line_chart([curve], (60, 12), DARK, log=True, log_x=True).plain.split("\n")
    assert rows[-1].split() == ["1", "10", "100", "1k", "10k"]
    assert rows[-3].rstrip().endswith("●")
    assert "1e-4" in rows[-3]


def test_an_axis_may_be_as_short_as_what_is_drawn() -> None:
    curve = Curve(np.array([0.0, 0.002]), np.array([0.0, 1.0]), DARK.train)
    assert "0.002" in line_chart([curve], (60, 12), DARK, least=1e-6).plain


def test_within_a_power_of_ten_there_are_ticks_too() -> None:
    y = np.log10(np.array([4.33, 3.4, 2.11]))
    rows = line_chart([Curve(np.arange(3.0), y, DARK.train)], (40, 14), DARK, log=True).plain
    assert [row.split("┤")[0].strip() for row in rows.split("\n") if "┤" in row] == ["4", "3"]


@pytest.mark.parametrize("far", [1.7e307, 1.79e308])
def test_a_curve_that_goes_to_the_end_of_doubles_is_drawn(far: float) -> None:
    curve = Curve(np.arange(4.0), np.array([-50.0, -far, -60.0, -70.0]), DARK.train)
    lines = line_chart([curve], (60, 12), DARK).plain.split("\n")
    assert any(line.startswith("-1e+300") for line in lines)
    assert not any("nan" in line or "inf" in line for line in lines)
