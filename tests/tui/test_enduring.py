"""A fault beside the event loop becomes a sentence, and nothing that was computed is lost."""

import itertools
from collections.abc import Sequence

import pytest

from engine.experiments.experiment import Experiment
from engine.optimizers.gradient_ascent import GradientAscent
from engine.runs.training import Training
from tests.tui.conftest import opened, run_flat_out, screen_text, settle, told
from tui import analysis
from tui.contest import Contest
from tui.survey import Survey
from tui.widgets.charts import DensityChart, LikelihoodChart


async def test_an_optimizer_that_breaks_ends_the_run_with_its_tape_intact(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = itertools.count(1)

    def step(
        _: object, surface: object, z: object, gradient: Sequence[float], state: object
    ) -> tuple[Sequence[float], object, int]:
        if next(calls) > 700:
            raise RuntimeError("the lever [/] snapped")
        return gradient, state, 0

    monkeypatch.setattr(GradientAscent, "step", step)
    async with opened() as (lab, pilot):
        await run_flat_out(lab, pilot)
        assert lab.session
        assert (lab.session.at, len(lab.session.tape)) == (699, 700)
        assert lab.session.finished
        text = " ".join(screen_text(lab).split())
        assert "broke off after epoch 699" in text
        assert "[/] snapped'." in text
        await pilot.press("less_than_sign")
        await settle(lab, pilot)
        assert lab.session.at == 629
        await pilot.press("greater_than_sign", "full_stop")
        await settle(lab, pilot)
        assert lab.session.at == 699


async def test_a_pane_that_breaks_says_so_and_the_lab_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def look(*_: object) -> None:
        raise RuntimeError("no [/] view")

    monkeypatch.setattr(Survey, "look", look)
    async with opened() as (lab, pilot):
        await pilot.press("2")
        await settle(lab, pilot)
        assert told(lab)[-1] == "What broke is a fault of the program: RuntimeError, 'no [/] view'."
        await pilot.press("1")
        await run_flat_out(lab, pilot)
        assert lab.session
        assert lab.session.finished
        assert [str(fault) for fault in lab.faults] == ["no [/] view"]
        lab.faults.clear()


async def test_panes_that_have_no_cell_are_not_drawn() -> None:
    async with opened() as (lab, pilot):
        for size in ((1, 1), (2, 40), (200, 2), (27, 24), (28, 24), (29, 24), (60, 20)):
            await pilot.resize_terminal(*size)
            for chart in (*lab.query(LikelihoodChart), *lab.query(DensityChart)):
                chart.snapshot = lab.snapshot()
                chart.redraw()
            await settle(lab, pilot)
        assert "log-likelihood" in screen_text(lab)


async def test_a_ranking_that_broke_is_made_when_it_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    going = Contest.go

    def breaks(_: Contest) -> None:
        raise RuntimeError("a family fell out")

    small = Training(Experiment.of({"data": "ball-bearings", "family": "weibull"}))
    async with opened(small) as (lab, pilot):
        monkeypatch.setattr(Contest, "go", breaks)
        await pilot.press("4", "k")
        await settle(lab, pilot)
        assert not lab.fit_view.ranking_busy
        monkeypatch.setattr(Contest, "go", going)
        await pilot.press("k")
        await settle(lab, pilot)
        assert lab.fit_view.ranking is not None
        assert lab.fit_view.ranking.complete
        lab.faults.clear()


async def test_a_fit_that_broke_is_made_when_it_is_asked_for_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    begun = analysis.begun

    def breaks(*_: object) -> None:
        raise RuntimeError("the fit fell down")

    small = Training(Experiment.of({"data": "ball-bearings", "family": "weibull"}))
    async with opened(small) as (lab, pilot):
        monkeypatch.setattr(analysis, "begun", breaks)
        await pilot.press("4")
        await settle(lab, pilot)
        assert lab.fit_view.analysis is None
        monkeypatch.setattr(analysis, "begun", begun)
        await pilot.press("P")
        await settle(lab, pilot)
        assert told(lab)[-1] == "The fit is being made again."
        assert lab.fit_view.analysis is not None
        lab.faults.clear()
