"""Looks in common: the fit is computed once and beside the lab, and why there may be none."""

import threading

import pytest

from engine.fits import fitting
from engine.fits.fitting import NoFit
from tests.tui.conftest import opened, screen_text, settle
from tests.tui.test_ledger import of
from tui.screens.look import Look

LOOKS = ("o", "p", "v")


@pytest.mark.parametrize("key", LOOKS)
async def test_where_there_is_no_fit_the_screen_says_why(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise NoFit("half of the values or more are equal")

    async with opened(of("weibull", "ball-bearings")) as (lab, pilot):
        monkeypatch.setattr(fitting, "fit", refuse)
        await pilot.press(key)
        await settle(lab, pilot)
        told = "There is no fit to look at: half of the values or more are equal."
        assert told in screen_text(lab)
        await pilot.press("d", "u", "s", "r", "c", "left", "right", "1", "down", "enter")
        await settle(lab, pilot)
        await pilot.press("escape")
        await settle(lab, pilot)
        assert len(lab.screen_stack) == 1


async def test_the_fit_is_computed_once_for_all_looks_and_again_for_other_parameters_held(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []
    real = fitting.fit

    def counted(*arguments: object) -> object:
        asked.append(arguments[2])
        return real(*arguments)  # type: ignore[arg-type]

    async with opened(of("weibull", "ball-bearings")) as (lab, pilot):
        monkeypatch.setattr(fitting, "fit", counted)
        for key in LOOKS:
            await pilot.press(key)
            await settle(lab, pilot)
            assert isinstance(lab.screen, Look)
            await pilot.press("escape")
            await settle(lab, pilot)
        assert asked == [{}]
        await lab.steer({"fixed": {"shape": 2.0}})
        await pilot.press("p")
        await settle(lab, pilot)
        assert asked == [{}, {"shape": 2.0}]
        assert "fixed" in screen_text(lab)


@pytest.mark.parametrize("key", LOOKS)
async def test_leaving_while_the_fit_goes_on_is_safe(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, done = threading.Event(), threading.Event()
    real = fitting.fit

    def slow(*arguments: object) -> object:
        began.set()
        done.wait(10)
        return real(*arguments)  # type: ignore[arg-type]

    async with opened(of("weibull", "ball-bearings")) as (lab, pilot):
        monkeypatch.setattr(fitting, "fit", slow)
        await pilot.press(key)
        while not began.is_set():
            await pilot.pause()
        assert "Fitting the whole sample …" in screen_text(lab)
        await pilot.press("escape")
        await pilot.pause()
        assert len(lab.screen_stack) == 1
        done.set()
        await settle(lab, pilot)
        await pilot.press("full_stop")
        assert lab.session is not None
        assert lab.session.at == 1


async def test_looking_lets_a_run_rest() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("plus", "plus", "space")
        while lab.session is None or lab.session.at < 100:
            await pilot.pause()
        await pilot.press("v")
        await settle(lab, pilot)
        assert not lab.session.running
        assert "stands" in screen_text(lab)
