"""A fault in drawing is told in its pane, and logged; the lab, its run and other panes go on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import opened, run_flat_out, screen_text, settle
from tui.app import Lab
from tui.configuration.places import log_file
from tui.terminal.journal import begin_log
from tui.widgets.charts import DensityChart, LikelihoodChart
from tui.widgets.pane import Drawing
from tui.widgets.progress import ProgressTable

pytestmark = pytest.mark.painted

PICTURES = {
    "train": ("tui.pictures.run.density", "log-likelihood"),
    "surface": ("tui.view.surface_picture", "along"),
    "race": ("tui.pictures.race.race_chart", "standings"),
    "fit": ("tui.pictures.fit.chart", "estimates"),
}
"""What draws a tab's picture, and what else stands in the tab."""


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("tui.configuration.places.state_folder", lambda: tmp_path)
    begin_log("info", "lab")
    yield
    begin_log("off", "")


def broken(*_: Any, **__: Any) -> None:
    raise ZeroDivisionError("no [bold]range[/]")


def faults(lab: Lab) -> list[str]:
    """Take what went wrong, which every other test is to be without."""
    found = [type(fault).__name__ for fault in lab.faults]
    lab.faults.clear()
    return found


async def went_on(lab: Lab, pilot: Pilot[None]) -> None:
    """Play on, and see that the session and its tape are as they should be."""
    assert lab.session is not None
    await pilot.press("1", "r", "full_stop", "full_stop")
    await settle(lab, pilot)
    assert lab.session.at == 2
    await run_flat_out(lab, pilot)
    assert lab.session.tape.stop is not None


@pytest.mark.parametrize("tab", PICTURES)
async def test_a_chart_that_cannot_be_drawn_says_so_and_the_lab_goes_on(
    tab: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture, beside = PICTURES[tab]
    async with opened() as (lab, pilot):
        if tab == "race":
            await pilot.press("plus", "plus", "R")
        await pilot.press(str(["train", "surface", "race", "fit"].index(tab) + 1))
        await settle(lab, pilot)
        monkeypatch.setattr(picture, broken)
        lab.refresh(repaint=True)
        for chart in lab.query(Drawing):
            chart.redraw()
        await pilot.resize_terminal(110, 38)
        await settle(lab, pilot)
        shown = screen_text(lab)
        assert "ZeroDivisionError" in shown
        assert beside in shown
        assert faults(lab) == ["ZeroDivisionError"]
        await went_on(lab, pilot)
        faults(lab)
    logged = log_file().read_text("utf-8")
    assert "ZeroDivisionError: no [bold]range[/]" in logged
    assert "Traceback" in logged


async def test_a_chart_that_can_be_drawn_again_is() -> None:
    async with opened() as (lab, pilot):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tui.pictures.run.density", broken)
            await pilot.press("full_stop")
            await settle(lab, pilot)
            assert "This cannot be drawn" in screen_text(lab)
        await pilot.press("full_stop")
        await settle(lab, pilot)
        assert "This cannot be drawn" not in screen_text(lab)
        assert faults(lab) == ["ZeroDivisionError"]


@pytest.mark.parametrize(
    ("pane", "method"),
    [
        (DensityChart, "tell"),
        (LikelihoodChart, "caption"),
        (ProgressTable, "watch_snapshot"),
        (LikelihoodChart, "render_line"),
    ],
)
async def test_a_fault_elsewhere_in_a_pane_is_no_more_than_its_own(
    pane: type[Any], method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened() as (lab, pilot):
        monkeypatch.setattr(pane, method, broken)
        await pilot.press("full_stop")
        await pilot.resize_terminal(110, 38)
        await settle(lab, pilot)
        assert "ZeroDivisionError" in screen_text(lab)
        assert set(faults(lab)) == {"ZeroDivisionError"}
        await pilot.press("comma")
        await went_on(lab, pilot)
        faults(lab)
