"""The timeline shows where a run is and what happened, and scrubs."""

from hypothesis import given
from hypothesis import strategies as st

from engine.presets import preset
from engine.runs.journey import Journey
from engine.runs.training import Training
from tests.tui.conftest import opened, run_flat_out, settle
from tui.pictures.timeline import MARKS, epoch_at, events, timeline
from tui.snapshot import Snapshot
from tui.widgets.growing_table import GrowingTable
from tui.widgets.progress import ProgressTable
from tui.widgets.timeline import Timeline


def snapshot() -> Snapshot:
    """A run that branches at 200 by rate, at 400 by hand, and stops."""
    journey = Journey(Training(preset("article")))
    root = journey.branches[0]
    root.seen = root.reach(500)
    faster = journey.branch(root, 200, {"learning_rate": 0.5})
    faster.seen = faster.reach(600)
    driven = journey.drive(faster, 220, (7.0, 8.0))
    at = driven.seen = driven.reach(10**6)
    return Snapshot(driven.training, driven.tape, at, branch=driven)


def test_events_are_told_in_order() -> None:
    told = events(snapshot())
    assert [event.kind for event in told] == ["branch", "hand", "best", "stop"]
    assert [event.epoch for event in told][:2] == [200, 220]
    assert "rate from epoch 200" in told[0].told
    assert "1 move by hand" in told[1].told


@given(st.integers(3, 200))
def test_the_line_fits_and_has_its_place_last(width: int) -> None:
    shown = timeline(snapshot_once, width, "#ffffff", "#888888")
    assert shown.cell_len == width
    assert MARKS["place"] in shown.plain
    assert epoch_at(snapshot_once, 0, width) == 0
    assert epoch_at(snapshot_once, width - 1, width) == snapshot_once.at


snapshot_once = snapshot()


async def test_a_click_scrubs() -> None:
    async with opened() as (lab, pilot):
        await run_flat_out(lab, pilot)
        line = lab.query_one(Timeline)
        await pilot.click(line, offset=(line.size.width // 2, 0))
        await settle(lab, pilot)
        assert lab.session is not None
        assert abs(lab.session.at - 5_000) < 200
        await pilot.press("end")
        assert lab.session.at == 10_000


async def test_a_row_of_the_progress_table_leads_to_its_epoch() -> None:
    async with opened(size=(120, 40)) as (lab, pilot):
        await run_flat_out(lab, pilot)
        table = lab.query_one(GrowingTable)
        assert lab.session is not None
        first = table.scroll_y
        await pilot.click(table, offset=(4, 3))
        await settle(lab, pilot)
        epochs = lab.query_one(ProgressTable)._epochs
        assert lab.session.at == epochs[int(first) + 2]
        table.focus()
        await pilot.press("up", "enter")
        await settle(lab, pilot)
        assert lab.session.at == epochs[int(first) + 1]
