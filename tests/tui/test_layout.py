"""At every size the lab supports, everything has its place and nothing overlaps."""

from itertools import combinations

import pytest

from engine.experiments.experiment import Experiment
from engine.runs.training import Training
from tests.tui.conftest import SIZES, opened, resized, run_flat_out, screen_text, settle
from tui.tabs import TABS
from tui.widgets.field import Field
from tui.widgets.form import ExperimentForm
from tui.widgets.growing_table import GrowingTable
from tui.widgets.pane import Pane
from tui.widgets.progress import ProgressTable
from tui.widgets.report import ReportPane


async def test_panes_are_apart_under_whole_titles_at_every_size() -> None:
    async with opened(size=SIZES[0]) as (lab, pilot):
        await run_flat_out(lab, pilot)
        for size in SIZES:
            await resized(lab, pilot, size)
            regions = {
                type(widget).__name__: widget.region
                for widget in lab.query("Pane, ExperimentForm, Footer")
                if widget.display and widget.region.area and not isinstance(widget.parent, Pane)
            }
            assert len(regions) >= (6 if size[0] >= 80 else 3)
            for name, region in regions.items():
                assert lab.screen.region.contains_region(region), name
            for (one, a), (other, b) in combinations(regions.items(), 2):
                assert not a.overlaps(b), (size, one, other)
            line = screen_text(lab).split("\n")[0]
            for digit, title in enumerate(TABS, 1):
                assert f"{digit} {title}" in line
            assert "…" not in line
            assert ("normal · gradient-ascent 0.1" in line) is (size[0] >= 120)


async def test_the_whole_form_is_in_view_at_80_by_24_and_makes_room_when_it_hides() -> None:
    async with opened(size=(80, 24)) as (lab, pilot):
        form = lab.query_one(ExperimentForm)
        fields = list(lab.query(Field))
        assert len(fields) == 17
        assert all(form.region.contains_region(field.region) for field in fields)
        before = lab.query_one("LikelihoodChart").size.width
        await pilot.press("left_square_bracket")
        await pilot.pause()
        assert lab.query_one("LikelihoodChart").size.width > before


async def test_table_and_report_share_a_place_when_it_is_narrow() -> None:
    async with opened(size=(80, 24)) as (lab, pilot):
        assert "progress" in screen_text(lab)
        await run_flat_out(lab, pilot)
        assert "final report" in screen_text(lab)
        await pilot.press("t")
        await settle(lab, pilot)
        assert "final report" not in screen_text(lab)
        assert " 10000 " in screen_text(lab)
        await pilot.press("y")
        await settle(lab, pilot)
        assert "final report" not in screen_text(lab)
        await pilot.press("t")
        await settle(lab, pilot)
        assert "final report" in screen_text(lab)


async def test_the_report_is_kept_beside_a_run_that_goes_on_where_it_is_narrow() -> None:
    async with opened(size=(80, 24)) as (lab, pilot):
        await pilot.press("full_stop", "t", "full_stop")
        await settle(lab, pilot)
        assert "report so far" in screen_text(lab)


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (60, 20)])
async def test_the_table_behind_a_report_has_the_last_row(size: tuple[int, int]) -> None:
    async with opened(Training(Experiment.of({"data": "ball-bearings"})), size) as (lab, pilot):
        await run_flat_out(lab, pilot)
        await pilot.press("t")
        await settle(lab, pilot)
        rows = lab.query_one(GrowingTable)
        assert lab.session is not None
        assert rows.get_row_at(rows.row_count - 1)[0].plain.split()[0] == str(lab.session.at)


async def test_a_pane_without_anything_in_it_says_nothing() -> None:
    async with opened() as (lab, pilot):
        table = lab.query_one(ProgressTable)
        await table.remove_children()
        await pilot.pause()
        assert "ProgressTable" not in screen_text(lab)


async def test_a_notice_stands_where_there_is_no_room() -> None:
    async with opened(size=(10, 3)) as (lab, pilot):
        for size in ((10, 3), (59, 30), (100, 19)):
            await resized(lab, pilot, size)
            assert lab.query_one("#too-small").display
            await resized(lab, pilot, (80, 24))
            assert not lab.query_one("#too-small").display


@pytest.mark.painted
async def test_resizing_while_it_runs_keeps_the_run() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("plus", "space")
        for size in ((80, 24), (1, 1), (200, 50), (61, 20), (120, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        await pilot.press("plus")
        await settle(lab, pilot)
        assert "0.01726031" in screen_text(lab)
        assert lab.session is not None
        assert lab.session.finished
        shown = [p for p in lab.query(Pane) if p.display and p.tab in ("", lab.current)]
        assert len(shown) >= 4  # both charts, the table and the report at least
        for pane in shown:
            assert pane.snapshot is not None
            assert pane.snapshot.tape is lab.session.tape
            assert pane.snapshot.at == lab.session.at


WIDEST = [
    {"data": "old-faithful", "family": "normal-mixture", "components": 2},
    {"family": "zero-inflated-poisson"},
    {"data": "ball-bearings"},
    {"data": "ball-bearings", "family": "generalized-gamma", "epochs": 500},
    {"epochs": 5000},
]


@pytest.mark.parametrize("asked", WIDEST)
async def test_no_number_or_sentence_of_a_report_is_cut(asked: dict[str, object]) -> None:
    async with opened(Training(Experiment.of(asked)), SIZES[0]) as (lab, pilot):
        await run_flat_out(lab, pilot)
        assert lab.session is not None
        stop = lab.session.tape.stop
        assert stop is not None
        for size in SIZES:
            await resized(lab, pilot, size)
            region = lab.query_one(ReportPane).content_region
            shown = [line[region.x : region.right] for line in screen_text(lab).splitlines()]
            told = " ".join(" ".join(shown[region.y : region.bottom]).split())
            assert "…" not in told
            assert stop.reason in told
            for value in lab.session.tape[stop.best].parameters:
                assert f"{value:.6f}" in told or f"{value:.4f}" in told
