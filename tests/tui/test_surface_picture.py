"""The picture of a surface fits its size and has everything where it is, in both palettes."""

import dataclasses
import math
import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from engine.distributions import FAMILIES
from engine.domains import ABOVE_ONE, POSITIVE, REAL, UNIT
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Sample
from engine.surfaces.axis import Axis
from engine.surfaces.slices import slice_along, tangent
from engine.surfaces.surface import DROPS, Surface, drops
from engine.surfaces.window import region_window
from tui.palette import ANSI, DARK, LIGHT, Palette
from tui.pictures.frame import Frame
from tui.pictures.slice import SliceView, slice_picture
from tui.pictures.surface import SurfaceView, surface_picture
from tui.pictures.ticks import axis_ticks, even_ticks

SIZE = (80, 30)
SIZES = st.tuples(st.integers(0, 130), st.integers(1, 45))
X, Y = Axis(0, REAL, 0.0, 10.0), Axis(1, POSITIVE, 1e-9, 5.0)


def bowl(width: float = 1.0, centre: tuple[float, float] = (5.0, 2.5)) -> np.ndarray[Any, Any]:
    """A quadratic log-likelihood with its maximum of −100 and this standard error."""
    x, y = X.values(60), Y.values(40)[::-1]
    gaps = np.add.outer(((y - centre[1]) * 2.0) ** 2, (x - centre[0]) ** 2)
    return -100.0 - gaps / 2.0 / width**2


def seen(**changes: Any) -> SurfaceView:
    view = SurfaceView((X, Y), bowl(), -100.0, ("μ", "σ²"))
    return dataclasses.replace(view, **changes)


def lines(view: SurfaceView, size: tuple[int, int] = SIZE, palette: Palette = DARK) -> list[str]:
    return surface_picture(view, size, palette).plain.split("\n")


def cell(
    view: SurfaceView, point: tuple[float, float], size: tuple[int, int] = SIZE
) -> tuple[int, int]:
    """Row and column of a point in the text."""
    frame = Frame.of(size, view.axes, view.symbols)
    across, up = (a.position(v) for a, v in zip(view.axes, point, strict=True))
    return int((1 - up) * frame.rows), frame.left + int(across * frame.columns)


def colored(view: SurfaceView, color: str, palette: Palette = DARK) -> set[tuple[int, int]]:
    """Rows and columns of the cells whose foreground is a colour."""
    text = surface_picture(view, SIZE, palette)
    width = len(text.plain.split("\n")[0]) + 1
    found = set()
    for span in text.spans:
        if str(span.style).startswith(color):
            found |= {divmod(i, width) for i in range(span.start, span.end)}
    return found


@settings(max_examples=60, deadline=None)
@given(SIZES, st.sampled_from([DARK, LIGHT]), st.data())
def test_a_picture_has_its_size(
    size: tuple[int, int], palette: Palette, data: st.DataObject
) -> None:
    number = st.floats(allow_nan=True, allow_infinity=True)
    points = np.array(data.draw(st.lists(st.tuples(number, number), max_size=8)), float).reshape(
        -1, 2
    )
    point = data.draw(st.tuples(number, number))
    grid = bowl()
    grid[data.draw(st.integers(0, 39)), :] = data.draw(
        st.sampled_from([-math.inf, math.nan, -1e308])
    )
    view = seen(
        grid=grid,
        path=points,
        ahead=points,
        ghosts=[points],
        lanes=[(points, "▲", "#123456")],
        position=point,
        start=point,
        maximum=point,
        true=point,
        arrow=point,
    )
    text = surface_picture(view, size, palette)
    rows = text.plain.split("\n")
    assert len(rows) == size[1]
    assert max(map(cell_len, rows)) <= size[0]
    assert "nan" not in text.plain
    if size[0] >= 12 and size[1] >= 4:
        assert {cell_len(row) for row in rows} == {size[0]}
    else:
        assert not text.plain.strip()


@pytest.mark.parametrize("size", [(12, 4), (30, 9), (80, 24), (120, 40)])
def test_marks_are_where_their_points_are(size: tuple[int, int]) -> None:
    points = {"○": (1.0, 0.4), "◇": (8.0, 4.5), "✚": (5.0, 2.4), "●": (2.6, 3.6)}
    view = seen(start=points["○"], true=points["◇"], maximum=points["✚"], position=points["●"])
    rows = lines(view, size)
    for mark, point in points.items():
        row, column = cell(view, point, size)
        assert rows[row][column] == mark


@pytest.mark.parametrize("palette", [DARK, LIGHT])
def test_a_path_runs_through_the_cells_of_its_points(palette: Palette) -> None:
    t = np.linspace(0, 1, 10_000)
    path = np.stack([1 + 8 * t, 0.5 + 4 * t**2], axis=1)
    view = seen(path=path)
    cells = {cell(view, (x, y)) for x, y in path.tolist()}
    found = colored(view, palette.fitted, palette)
    assert cells == found


def test_a_path_goes_over_what_is_ahead_lanes_and_ghosts() -> None:
    path = np.array([[1.0, 1.0], [9.0, 1.0]])
    view = seen(path=path, ahead=path, ghosts=[path, path + 1], lanes=[(path, "▲", "#00ff00")])
    row = cell(view, (5.0, 1.0))[0]
    assert {r for r, _ in colored(view, DARK.fitted)} == {row}
    assert colored(view, "#00ff00") == {cell(view, (9.0, 1.0))}
    assert "▲" in lines(view)[row]


def test_contours_enclose_the_regions() -> None:
    found = colored(seen(), DARK.contour)
    view = seen()
    frame = Frame.of(SIZE, view.axes, view.symbols)
    for drop in DROPS:
        reach = math.sqrt(2 * drop)
        for point in ((5 + reach, 2.5), (5 - reach, 2.5), (5.0, 2.5 + reach / 2)):
            row, column = cell(view, point)
            assert any((row + i, column + j) in found for i in (-1, 0, 1) for j in (-1, 0, 1))
    assert cell(view, (5.0, 2.5)) not in found
    assert cell(view, (9.5, 4.5)) not in found
    assert frame.left > 0
    for label in ("68", "95", "99"):
        assert any(label in line for line in lines(view))


def test_regions_below_a_cell_are_not_drawn() -> None:
    view = seen(grid=bowl(0.02), maximum=(5.0, 2.5))
    assert not colored(view, DARK.contour)
    row, column = cell(view, (5.0, 2.5))
    assert lines(view)[row][column] == "✚"


def test_contours_do_not_depend_on_the_grids_resolution() -> None:
    x, y = X.values(25), Y.values(17)[::-1]
    gaps = np.add.outer(((y - 2.5) * 2.0) ** 2, (x - 5.0) ** 2) / 2.0
    coarse = colored(seen(grid=-100.0 - gaps), DARK.contour)
    fine = colored(seen(), DARK.contour)
    near = {(r + i, c + j) for r, c in fine for i in (-1, 0, 1) for j in (-1, 0, 1)}
    assert coarse <= near


def test_the_ground_is_brightest_at_the_maximum_and_falls_away() -> None:
    text = surface_picture(seen(grid=bowl(0.01)), SIZE, DARK)
    shades = {m[1] for span in text.spans if (m := re.search(r"on (#\w+)", str(span.style)))}
    assert len(shades) >= 12
    assert DARK.surface[-1] in shades


def test_the_arrow_begins_at_the_position_and_leads_uphill() -> None:
    view = seen(position=(2.0, 1.0), arrow=(1.0, 0.0))
    row, column = cell(view, (2.0, 1.0))
    cells = colored(view, DARK.here)
    assert max(c for _, c in cells) == pytest.approx(column + 7, abs=1)
    assert {r for r, _ in cells} <= {row - 1, row, row + 1}
    up = colored(dataclasses.replace(view, arrow=(0.0, 3.0)), DARK.here)
    assert min(r for r, _ in up) < row - 2


def test_axes_have_round_labels_and_their_names() -> None:
    rows = lines(seen())
    *numbers, name = rows[-1].split()
    assert name == "μ"
    assert numbers == ["0", "2", "4", "6", "8"]
    assert rows[0].startswith("σ²")
    labels = [row.split("┤")[0].strip() for row in rows if "┤" in row]
    assert labels == sorted(labels, reverse=True)
    assert len(labels) >= 3


@pytest.mark.parametrize(
    ("axis", "expected"),
    [
        (Axis(0, POSITIVE, 0.003, 400.0, mapped=True), {0.01, 0.1, 1, 10, 100}),
        (Axis(0, UNIT, 0.0005, 0.97, mapped=True), {0.001, 0.01, 0.1, 0.5, 0.9}),
        (Axis(0, ABOVE_ONE, 1.001, 30.0, mapped=True), {1.01, 1.1, 2, 11}),
        (Axis(0, POSITIVE, 2.0, 5.0, mapped=True), {2, 3, 4, 5}),
    ],
)
def test_mapped_axes_have_ticks_at_round_values(axis: Axis, expected: set[float]) -> None:
    ticks = axis_ticks(axis, 6)
    assert expected <= {float(label) for _, label in ticks}
    assert all(axis.low <= value <= axis.high for value, _ in ticks)
    assert all(float(label) == pytest.approx(value, rel=1e-9) for value, label in ticks)


@given(st.floats(-1e12, 1e12), st.floats(1e-9, 1e12), st.integers(2, 9))
def test_even_ticks_are_few_and_within(low: float, width: float, most: int) -> None:
    ticks = even_ticks(low, low + width, most)
    assert len(ticks) <= max(most + 1, 5)  # five, where less than two would be left of fewer
    assert all(
        low - 1e-9 * abs(low) <= v <= low + width + 1e-9 * abs(low + width) for v, _ in ticks
    )
    assert len({label for _, label in ticks}) == len(ticks)


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(2, 9))
def test_two_even_ticks_at_least_tell_the_scale(low: float, width: float, most: int) -> None:
    assert len(even_ticks(low, low + width, most)) > 1


def test_a_tick_that_the_name_of_the_axis_leaves_no_room_for_is_made_good_by_finer_ones() -> None:
    across, up = Axis(0, POSITIVE, 0.08, 2.13), Axis(1, REAL, -5.0, 0.0)
    below = Frame.of((27, 16), (across, up), ("n", "log L")).below
    assert [label for _, label in below.values()] == ["0.5", "1.0", "1.5"]


@pytest.mark.parametrize("name", ["normal", "student-t", "normal-mixture", "uniform"])
def test_the_surface_of_a_family_can_be_drawn(name: str) -> None:
    family = FAMILIES[name]
    sample = Sample(family.at(family.example).draw(300, np.random.default_rng(2)))
    likelihood = Likelihood(family, sample)
    axes = region_window(likelihood, (0, 1), family.example)
    grids = list(Surface(likelihood, axes, family.example).refined(30, 20))
    assert grids
    for grid in grids:
        view = SurfaceView(axes, grid, likelihood.value(family.example), ("a", "b"))
        assert len(lines(view)) == SIZE[1]


def parabola(**changes: Any) -> SliceView:
    values = X.values(160)
    view = SliceView(
        X, values, -100.0 - (values - 5.0) ** 2 / 2.0, "μ", 3.0, -102.0, 2.0, 5.0, -100.0
    )
    return dataclasses.replace(view, **changes)


@settings(max_examples=40, deadline=None)
@given(SIZES, st.floats(allow_nan=True), st.floats(allow_nan=True), st.floats(allow_nan=True))
def test_a_slice_fits_its_size(
    size: tuple[int, int], place: float, height: float, slope: float
) -> None:
    heights = parabola().heights.copy()
    heights[:20], heights[20:30] = -math.inf, -1e300
    view = parabola(heights=heights, position=place, height=height, slope=slope, drops=drops(1))
    text = slice_picture(view, size, LIGHT)
    rows = text.plain.split("\n")
    assert len(rows) == size[1]
    assert max(map(cell_len, rows)) <= size[0]
    assert "nan" not in text.plain


def test_a_slice_shows_position_and_maximum_on_the_curve_and_the_tangent_through_it() -> None:
    text = slice_picture(parabola(), SIZE, DARK)
    rows = text.plain.split("\n")
    (here,) = [(r, row.index("●")) for r, row in enumerate(rows) if "●" in row]
    (top,) = [(r, row.index("✚")) for r, row in enumerate(rows) if "✚" in row]
    assert top[0] < here[0]
    assert here[1] < top[1]
    width = len(rows[0]) + 1
    tangent_cells = [
        divmod(i, width)
        for span in text.spans
        if str(span.style) == DARK.fitted
        for i in range(span.start, span.end)
    ]
    left = [r for r, c in tangent_cells if c < here[1]]
    right = [r for r, c in tangent_cells if c > here[1]]
    assert min(left) >= here[0]
    assert max(right) <= here[0]


def test_levels_of_intervals_are_drawn_where_they_can_be_told_apart() -> None:
    def ruled(view: SliceView) -> int:
        text = slice_picture(view, SIZE, DARK)
        return sum(
            "⠀" < text.plain[span.start] <= "⣿"
            for span in text.spans
            if str(span.style) == DARK.axis
        )

    assert ruled(parabola(drops=drops(1))) >= 3
    assert ruled(parabola()) == 0
    assert ruled(parabola(heights=1e4 * parabola().heights, drops=drops(1))) == 0


def test_a_slice_of_one_parameter_can_be_drawn() -> None:
    family = FAMILIES["exponential"]
    sample = Sample(family.at(family.example).draw(50, np.random.default_rng(4)))
    likelihood = Likelihood(family, sample)
    axis = Axis(0, POSITIVE, 0.1, 3.0, mapped=True)
    values, heights = slice_along(likelihood, axis, 100, (1.0,))
    height, slope = tangent(likelihood, 0, (1.0,))
    view = SliceView(axis, values, heights, "λ", 1.0, height, slope)
    rows = slice_picture(view, SIZE, DARK).plain.split("\n")
    assert sum("●" in row for row in rows) == 1
    assert rows[-1].endswith("λ")


@pytest.mark.parametrize("palette", [ANSI, DARK.flat(), LIGHT.flat()])
def test_where_there_are_no_shades_the_relief_is_woven(palette: Palette) -> None:
    text = surface_picture(seen(), SIZE, palette)
    assert not [span for span in text.spans if " on " in str(span.style)]
    assert {"░", "▒", "▓"} <= set(text.plain)
    coloured = surface_picture(seen(), SIZE, DARK).plain
    bare = text.plain.translate(str.maketrans("░▒▓", "   "))
    assert bare == coloured
