"""The lens: conventions in turn, their values and errors, and the code on the clipboard."""

from pathlib import Path

import pytest
from textual.containers import VerticalScroll

from engine import Experiment, Training
from engine.conventions import told as told_by
from tests.tui.conftest import SIZES, opened, resized, screen_text, settle, told
from tests.tui.test_ledger import of
from tui.screens.lens import LensScreen


async def test_p_opens_the_textbook_and_turns_through_all_conventions() -> None:
    async with opened(of("gamma", "ball-bearings")) as (lab, pilot):
        await pilot.press("p")
        await settle(lab, pilot)
        screen = lab.screen
        assert isinstance(screen, LensScreen)
        shown = screen_text(lab)
        assert "lens on gamma" in shown
        assert "1 / β    17.942089         5.417806" in shown
        assert "f(x) = βᵅ xᵅ⁻¹ exp(−βx) / Γ(α)" in shown
        for expected in (
            "dgamma(x, shape = shape, rate = rate, log = TRUE)",
            "stats.gamma.logpdf(x, a=a, scale=scale)",
            "target += gamma_lpdf(x | alpha, beta);",
            "βᵅ",
        ):
            await pilot.press("p")
            await settle(lab, pilot)
            assert expected in screen_text(lab)
        await pilot.press("left")
        await settle(lab, pilot)
        assert "gamma_lpdf" in screen_text(lab)
        await pilot.press("right", "right")
        await settle(lab, pilot)
        assert "▸ R" in screen_text(lab)
        await pilot.press("escape")
        await settle(lab, pilot)
        assert len(lab.screen_stack) == 1


async def test_c_copies_the_code_and_writes_it_to_a_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    training = of("weibull", "ball-bearings")
    monkeypatch.chdir(tmp_path)
    async with opened(training) as (lab, pilot):
        await pilot.press("p", "p")
        await settle(lab, pilot)
        await pilot.press("c", "p", "c")
        await settle(lab, pilot)
        screen = lab.screen
        assert isinstance(screen, LensScreen)
        assert screen.fitted is not None
        assert (tmp_path / "fit-1.R").read_text("utf-8") == told_by(screen.fitted, "r").code
        assert lab.clipboard == (tmp_path / "fit-1.py").read_text("utf-8")
        assert told(lab) == [f"Saved {tmp_path / 'fit-1.R'}", f"Saved {tmp_path / 'fit-1.py'}"]


async def test_a_language_without_the_density_says_so_and_copies_nothing() -> None:
    async with opened(Training(Experiment.of({"family": "zeta", "n": 200}))) as (lab, pilot):
        await pilot.press("p")
        await settle(lab, pilot)
        await pilot.press("left", "c")
        await settle(lab, pilot)
        assert "Stan has no density for zeta" in screen_text(lab)
        assert told(lab) == []


async def test_held_parameters_have_no_error() -> None:
    async with opened(of("gamma", "ball-bearings", fixed={"shape": 4.0})) as (lab, pilot):
        await pilot.press("p", "p")
        await settle(lab, pilot)
        await pilot.press("p")
        await settle(lab, pilot)
        shown = screen_text(lab)
        assert "4.000000            fixed" in shown
        assert "found with shape = 4; here every parameter is free" in shown


async def test_long_code_scrolls_at_every_size() -> None:
    async with opened(of("normal-mixture", "old-faithful"), size=SIZES[0]) as (lab, pilot):
        await pilot.press("p", "p")
        await settle(lab, pilot)
        await pilot.press("p", "p")
        await settle(lab, pilot)
        code = lab.screen.query_one("#code", VerticalScroll)
        for size in SIZES:
            await resized(lab, pilot, size)
            code.scroll_home(animate=False)
            await pilot.pause()
            shown = screen_text(lab)
            assert "sigma2" in shown
            assert code.size.height >= 3
            await pilot.press(*["down"] * 60)
            await settle(lab, pilot)
            assert code.scroll_offset.y == code.max_scroll_y
            assert "log_sum_exp" in shown or "log_sum_exp" in screen_text(lab) or size == (60, 20)
