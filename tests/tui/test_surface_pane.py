"""The surface, played with keys and the mouse."""

import pytest

from engine.experiments.experiment import Experiment
from engine.runs.training import Training
from tests.tui.conftest import SIZES, opened, run_flat_out, screen_text, settle
from tui.app import Lab
from tui.survey import Survey
from tui.view import View
from tui.widgets.surface import SliceChart, SurfaceMap, SurfaceTab


def view_of(lab: Lab) -> View:
    view = lab.query_one(SurfaceMap).view
    assert view is not None
    return view


def survey_of(lab: Lab) -> Survey:
    survey = lab.query_one(SurfaceTab).survey
    assert survey is not None
    return survey


@pytest.mark.parametrize("size", SIZES)
async def test_the_map_and_both_slices_are_on_the_screen_and_apart(size: tuple[int, int]) -> None:
    async with opened(size=size) as (lab, pilot):
        await run_flat_out(lab, pilot)
        await pilot.press("2")
        await settle(lab, pilot)
        shown = [lab.query_one(SurfaceMap), *lab.query(SliceChart)]
        for widget in shown:
            assert lab.screen.region.contains_region(widget.region)
            assert widget.region.area > 0
        for i, widget in enumerate(shown):
            assert not any(widget.region.overlaps(other.region) for other in shown[i + 1 :])
        text = screen_text(lab)
        assert "log-likelihood over μ and σ²" in text
        for mark in "○●":
            assert mark in text


async def test_the_path_follows_the_place_and_the_arrow_leads_uphill() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("2", "full_stop", "full_stop", "full_stop")
        await settle(lab, pilot)
        view = view_of(lab)
        assert len(view.path) == 4
        assert view.arrow is not None
        assert view.arrow[0] > 0
        await pilot.press("comma")
        await settle(lab, pilot)
        assert len(view_of(lab).path) == 3


async def test_the_map_is_the_likelihood_and_its_top_the_maximum() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("2", "m")
        await settle(lab, pilot)
        view = view_of(lab)
        train = view.snapshot.training.train
        rows, columns = view.grid.shape
        horizontal, vertical = view.axes
        x, y = horizontal.values(columns), vertical.values(rows)[::-1]
        assert view.grid[3, 5] == pytest.approx(train.value((x[5], y[3])), rel=1e-12)
        assert view.top == pytest.approx(train.value(view.best), rel=1e-12)
        assert view.grid.max() <= view.top
        assert "95" in screen_text(lab)


async def test_arrows_move_the_start_and_the_whole_path_is_there_at_once() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("2")
        await settle(lab, pilot)
        await pilot.press("right", "right", "up")
        await settle(lab, pilot)
        assert lab.session is not None
        start = lab.session.training.experiment.start
        assert start["mean"] > 0.1
        assert start["variance"] > 1.1
        assert lab.session.at == 0
        assert lab.session.tape.stop is not None
        view = view_of(lab)
        assert len(view.ahead) > 1000
        assert tuple(view.ahead[-1]) == lab.session.tape[-1].parameters
        await pilot.press("u")
        await settle(lab, pilot)
        assert lab.session.training.experiment.start == {"mean": 0.0, "variance": 1.0}


async def test_a_click_takes_the_start_there() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("2")
        await settle(lab, pilot)
        chart = lab.query_one(SurfaceMap)
        await pilot.click(chart, offset=(chart.size.width // 2, chart.size.height // 2))
        await settle(lab, pilot)
        assert lab.session is not None
        start = lab.session.training.experiment.start
        assert 2 < start["mean"] < 6


async def test_the_place_is_nudged_by_a_tenth_of_a_standard_error_on_the_map() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("full_stop", "2", "g", "right", "up", "up")
        await settle(lab, pilot)
        assert lab.session is not None
        session = lab.session
        assert session.at == 4
        moved = [b - a for a, b in zip(*(session.tape[i].parameters for i in (1, 4)), strict=True)]
        errors = session.errors
        assert moved == pytest.approx([0.1 * errors[0], 0.2 * errors[1]], rel=1e-6)


async def test_zoom_pan_and_windows() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("2")
        await settle(lab, pilot)
        whole = view_of(lab).axes[0]
        await pilot.press("pageup", "ctrl+up")
        await settle(lab, pilot)
        closer = view_of(lab).axes[0]
        assert closer.high - closer.low == pytest.approx((whole.high - whole.low) / 2.25)
        await pilot.press("g", "g", "right")
        await settle(lab, pilot)
        panned = view_of(lab).axes[0]
        assert panned.low > closer.low
        await pilot.press("home")
        await settle(lab, pilot)
        assert view_of(lab).axes[0] == whole


@pytest.mark.parametrize(
    ("family", "titles"),
    [
        ("student-t", ["μ and σ", "μ and ν", "σ and ν"]),
        ("normal-mixture", ["w₁ and μ₁"]),
        ("negative-binomial", ["n and μ"]),
        ("gev", []),
        ("beta-binomial", []),
    ],
)
async def test_other_families_have_a_surface_too(family: str, titles: list[str]) -> None:
    training = Training(Experiment.of({"family": family, "n": 200, "epochs": 50}))
    async with opened(training, size=(80, 24)) as (lab, pilot):
        await pilot.press("2", "full_stop")
        await settle(lab, pilot)
        for title in titles:
            assert title in view_of(lab).title
            await pilot.press("x")
            await settle(lab, pilot)
        assert "nan" not in screen_text(lab)
        view = view_of(lab)
        assert view.grid.max() <= view.top + 0.1


async def test_others_are_profiled_out_or_held_at_the_place() -> None:
    training = Training(Experiment.of({"family": "student-t", "n": 200, "epochs": 50}))
    async with opened(training) as (lab, pilot):
        await pilot.press("2", "full_stop")
        await settle(lab, pilot)
        profiled = view_of(lab)
        assert "profiled out" in profiled.title
        await pilot.press("f")
        await settle(lab, pilot)
        held = view_of(lab)
        assert "others held" in held.title
        assert held.top <= profiled.top + 1e-9
        assert (held.grid <= profiled.grid + 1e-3).all()


async def test_a_single_parameter_has_its_slice_alone() -> None:
    training = Training(Experiment.of({"family": "poisson", "n": 200, "epochs": 50}))
    async with opened(training) as (lab, pilot):
        await pilot.press("2", "right", "x", "f", "pageup", "full_stop")
        await settle(lab, pilot)
        assert not any(each.display for each in lab.query(SliceChart))
        assert "log L" in screen_text(lab)
        assert lab.is_running


async def test_ghosts_of_other_branches_stay_on_the_map() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("greater_than_sign", "comma", "less_than_sign", "asterisk", "2")
        await settle(lab, pilot)
        ghosts = view_of(lab).ghosts
        assert len(ghosts) == 1
        assert len(ghosts[0]) > 500


async def test_the_grid_is_computed_once_while_the_run_moves() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("2")
        await settle(lab, pilot)
        before = survey_of(lab).grid
        await pilot.press("full_stop", "full_stop")
        await settle(lab, pilot)
        assert survey_of(lab).grid is before
