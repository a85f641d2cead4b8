"""Dots stand where they should, whatever the coordinates; pieces fill the canvas."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.pictures.raster import Raster
from tui.pictures.segments import clipped, dots_between
from tui.pictures.shades import mixed, ramp

ANY = st.floats(allow_nan=True, allow_infinity=True)
INK = "#ff0000"


def drawn(raster: Raster) -> list[str]:
    return raster.layer().text().plain.split("\n")


def pieces(raster: Raster) -> list[tuple[str, str]]:
    text = raster.layer().text()
    return [(text.plain[s.start : s.end], str(s.style)) for s in text.spans]


def bits(character: str) -> int:
    return ord(character) - 0x2800 if character != " " else 0


@pytest.mark.parametrize(
    ("x", "y", "code"),
    [(0, 0, 1), (1, 0, 8), (0, 1, 2), (1, 1, 16), (0, 2, 4), (1, 2, 32), (0, 3, 64), (1, 3, 128)],
)
def test_each_dot_is_the_one_of_its_place(x: int, y: int, code: int) -> None:
    raster = Raster(3, 2)
    raster.polyline(np.array([x + 2.5]), np.array([y + 4.5]), INK)
    assert drawn(raster) == ["   ", " " + chr(0x2800 + code) + " "]


def test_a_diagonal_has_a_dot_in_every_column_and_row() -> None:
    across, down = dots_between(clipped(np.array([0.5, 39.5]), np.array([0.5, 39.5]), 40, 40))
    assert across.tolist() == down.tolist()
    assert set(across.tolist()) == set(range(40))


def test_a_line_is_cut_where_it_leaves_the_canvas() -> None:
    # from far below on the left to far above on the right, through the middle
    segments = clipped(np.array([-1e6 + 10, 1e6 + 10]), np.array([1e6 + 10, -1e6 + 10]), 20, 20)
    across, down = dots_between(segments)
    assert set(zip(across.tolist(), down.tolist(), strict=True)) >= {(10, 9), (1, 18), (18, 1)}
    assert (np.abs(across + down - 19) <= 1).all()


def test_a_line_that_misses_the_canvas_leaves_no_dot() -> None:
    assert clipped(np.array([-5.0, 15.0]), np.array([12.0, 30.0]), 20, 10).size == 0
    assert clipped(np.array([-5.0, -1.0]), np.array([2.0, 3.0]), 20, 10).size == 0


def test_a_line_is_broken_where_it_is_not_finite() -> None:
    x, y = np.array([1.5, math.nan, 8.5]), np.array([1.5, 1.5, 1.5])
    across, _ = dots_between(clipped(x, y, 10, 4))
    assert sorted(across.tolist()) == [1, 8]


@given(st.lists(st.tuples(ANY, ANY), max_size=30), st.integers(1, 30), st.integers(1, 20))
def test_no_coordinate_does_harm(
    points: list[tuple[float, float]], columns: int, rows: int
) -> None:
    raster = Raster(columns, rows)
    x, y = np.array(points, dtype=float).reshape(-1, 2).T
    raster.polyline(x, y, INK)
    for point in points:
        raster.mark(*point, "●", INK)
    lines = drawn(raster)
    assert [len(line) for line in lines] == [columns] * rows
    inside = [(p, q) for p, q in points if 0 <= p < 2 * columns and 0 <= q < 4 * rows]
    assert all(lines[int(q) // 4][int(p) // 2] == "●" for p, q in inside)


@given(st.lists(st.tuples(st.floats(-50, 90), st.floats(-50, 90)), min_size=1, max_size=40))
def test_every_point_on_the_canvas_has_a_dot(points: list[tuple[float, float]]) -> None:
    x, y = np.array(points).T
    across, down = dots_between(clipped(x, y, 40, 40))
    dots = set(zip(across.tolist(), down.tolist(), strict=True))
    assert {(int(p), int(q)) for p, q in points if 0 <= p < 40 and 0 <= q < 40} <= dots
    assert all(0 <= p < 40 and 0 <= q < 40 for p, q in dots)


def test_an_endless_scribble_keeps_its_newest_lines_and_all_its_points() -> None:
    x, y = np.random.default_rng(1).uniform(0, 200, (2, 20_000))
    across, down = dots_between(clipped(x, y, 200, 200))
    assert across.size < 100_000
    dots = set(zip(across.tolist(), down.tolist(), strict=True))
    assert {(int(p), int(q)) for p, q in zip(x, y, strict=True)} <= dots
    middle = int((x[-2] + x[-1]) / 2), int((y[-2] + y[-1]) / 2)
    assert any((middle[0] + i, middle[1] + j) in dots for i in (-1, 0, 1) for j in (-1, 0, 1))


def test_later_lines_take_cells_and_marks_take_them_from_lines() -> None:
    raster = Raster(4, 1)
    raster.polyline(np.array([0.0, 7.9]), np.array([0.0, 0.0]), "#111111")
    raster.polyline(np.array([4.0, 5.9]), np.array([3.0, 3.0]), "#222222")
    raster.mark(7.0, 2.0, "✚", "#333333")
    assert pieces(raster) == [("⠉⠉", "#111111"), ("⣀", "#222222"), ("✚", "#333333")]
    assert raster.free(0, 0, 2, ["#111111"])
    assert not raster.free(1, 0, 2, ["#111111"])
    assert not raster.free(3, 0, 1, ["#111111", "#333333"])
    assert not raster.free(3, 0, 2, ["#111111"])


def test_dots_of_one_colour_add_up_over_a_ground() -> None:
    raster = Raster(1, 1)
    raster.shade(np.array([[1]]), ("", "#000044"))
    for x in (0.0, 1.0):
        raster.polyline(np.array([x]), np.array([0.0]), INK)
    assert pieces(raster) == [("⠉", f"{INK} on #000044")]


def test_text_is_cut_at_the_edge() -> None:
    raster = Raster(5, 1)
    raster.write(3, 0, "long", INK)
    assert drawn(raster) == ["   lo"]


def test_shades_lead_from_stop_to_stop_in_rising_lightness() -> None:
    shades = ramp(("#10151c", "#16304d", "#34719f"), 16)
    assert (shades[0], shades[-1]) == ("#10151c", "#34719f")
    blue = [int(shade[5:], 16) for shade in shades]
    assert blue == sorted(set(blue))
    assert len(set(shades)) == 16
    assert mixed("#ff0000", "#0000ff", 0.0) == "#ff0000"
    assert mixed("#ffffff", "#000000", 0.5) == "#636363"
