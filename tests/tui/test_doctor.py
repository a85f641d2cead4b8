"""The doctor: the verdict and its evidence, fixes with their fits, and applying one."""

from pathlib import Path

import numpy as np
import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from engine import Experiment, Training, fit
from engine.distributions import FAMILIES
from engine.samples.sample import Sample
from tests.tui.conftest import SIZES, opened, resized, run_flat_out, screen_text, settle, told
from tests.tui.test_ledger import of
from tui.app import Lab
from tui.screens.doctor import DoctorScreen
from tui.texts.before_after import evidence


def drawn_from(family: str, true: dict[str, float], **fields: object) -> Training:
    """A training on a drawn sample."""
    return Training(Experiment.of({"family": family, "true": true, "n": 200, **fields}))


async def doctor_of(lab: Lab, pilot: Pilot[None], *keys: str) -> DoctorScreen:
    """Open the doctor and press keys there."""
    await pilot.press("v")
    await settle(lab, pilot)
    for key in keys:
        await pilot.press(key)
        await settle(lab, pilot)
    screen = lab.screen
    assert isinstance(screen, DoctorScreen)
    return screen


def words(lab: Lab) -> str:
    """What stands on the screen, without its lines."""
    return " ".join(screen_text(lab).replace("│", " ").split())


async def test_a_good_fit_has_its_evidence_and_nothing_to_mend() -> None:
    async with opened() as (lab, pilot):
        await doctor_of(lab, pilot, "enter", "1")
        shown = words(lab)
        assert "This is a maximum" in shown
        assert "eigenvalues 1, 1 · condition 1" in shown
        assert "below in log-likelihood" in shown
        assert "No diagnosis: there is nothing to mend." in shown
        await pilot.press("v")
        await settle(lab, pilot)
        assert len(lab.screen_stack) == 1


async def test_before_and_after_stand_side_by_side_and_enter_applies_the_fix() -> None:
    async with opened(of("weibull", "ball-bearings")) as (lab, pilot):
        await doctor_of(lab, pilot)
        shown = words(lab)
        assert "simpler-family: shape is 0.31 standard errors from 2" in shown
        assert "1 fit rayleigh instead" in shown
        assert "log-likelihood -113.6913 -113.7406" in shown
        assert "AICc 231.9826 229.6717" in shown
        old = lab.session
        await pilot.press("enter")
        await settle(lab, pilot)
        assert lab.session is not None
        assert lab.session.training.family is FAMILIES["rayleigh"]
        assert lab.session.training.sample.n == 23
        assert "Fit rayleigh instead" in told(lab)[-1]
        await pilot.press("u")
        await settle(lab, pilot)
        assert lab.session is old


async def test_another_family_takes_a_drawn_sample_along_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    training = drawn_from("weibull", {"shape": 2.0, "scale": 3.0})
    monkeypatch.chdir(tmp_path)
    async with opened(training) as (lab, pilot):
        await doctor_of(lab, pilot)
        await pilot.press("enter")
        await settle(lab, pilot)
        assert lab.session is not None
        after = lab.session.training
        assert after.family is FAMILIES["rayleigh"]
        assert after.sample.values.tolist() == training.sample.values.tolist()
        assert after.experiment.data == str(tmp_path / "sample-1.csv")


async def test_where_no_file_can_be_written_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    training = drawn_from("weibull", {"shape": 2.0, "scale": 3.0})
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    async with opened(training) as (lab, pilot):
        session = lab.session
        await doctor_of(lab, pilot)
        gone.rmdir()
        await pilot.press("enter")
        await settle(lab, pilot)
        assert "sample.csv cannot be written" in told(lab)[-1]
        assert lab.session is session


async def test_a_run_that_stopped_short_is_mended_by_newton() -> None:
    training = drawn_from("normal", {"mean": 900.0, "variance": 1e6}, epochs=60)
    async with opened(training) as (lab, pilot):
        await run_flat_out(lab, pilot)
        await doctor_of(lab, pilot, "2")
        shown = words(lab)
        assert "badly-scaled: The information of the parameters as written" in shown
        assert "1 ascend in standardized coordinates" in shown
        assert "2 ascend by newton" in shown
        await pilot.press("enter")
        await settle(lab, pilot)
        assert lab.session is not None
        assert lab.session.training.experiment.optimizer == "newton"
        await pilot.press("v")
        await settle(lab, pilot)
        await pilot.press("enter")
        await settle(lab, pilot)
        await run_flat_out(lab, pilot)
        assert lab.session.training.experiment.coordinates == "standardized"
        assert lab.session.tape.stop is not None
        assert lab.session.tape.stop.converged


async def test_rounded_values_are_taken_as_intervals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    values = np.round(FAMILIES["normal"].at((2.0, 1.0)).draw(300, np.random.default_rng(2))) - 9.0
    training = Training(Experiment.of({"family": "normal", "data": "x"}), Sample(values))
    async with opened(training) as (lab, pilot):
        await doctor_of(lab, pilot)
        shown = words(lab)
        assert "take values as known to ±0.5" in shown
        assert "densities cannot be compared" in shown
        await pilot.press("enter")
        await settle(lab, pilot)
        assert lab.training is not None
        hidden = lab.training.sample.censored
        assert hidden is not None
        assert sorted(hidden.high - 0.5) == sorted(values)
        assert lab.training.experiment.family == "normal"


async def test_a_fix_is_chosen_by_arrows_and_digits() -> None:
    sample = Sample(np.array([1.0, 2.0, 4.0]))
    training = Training(Experiment.of({"family": "gamma", "data": "x"}), sample)
    async with opened(training) as (lab, pilot):
        screen = await doctor_of(lab, pilot, "down")
        options = screen.query_one(OptionList)
        assert options.highlighted == 1
        assert "hold rate at" in words(lab)
        await pilot.press("1", "9")
        await settle(lab, pilot)
        assert options.highlighted == 0
        assert "exponential" in words(lab)
        await pilot.press("2", "enter")
        await settle(lab, pilot)
        assert lab.session is not None
        assert list(lab.session.training.experiment.fixed) == ["rate"]


async def test_everything_is_in_reach_at_every_size() -> None:
    async with opened(of("weibull", "ball-bearings"), size=SIZES[0]) as (lab, pilot):
        screen = await doctor_of(lab, pilot)
        for size in SIZES:
            await resized(lab, pilot, size)
            for name in ("#evidence", "OptionList", "#change"):
                region = screen.query_one(name).region
                assert region.area > 0
                assert screen.region.contains_region(region)
            assert "fit rayleigh instead" in words(lab)
            assert "after" in words(lab)


def test_a_score_without_standard_errors_is_said_to_be_unknown() -> None:
    fitted = fit(FAMILIES["generalized-gamma"], Sample(np.array([1.0, 1.0, 1.0, 5.0])))
    assert fitted.score == np.inf
    assert "score         not known" in evidence(fitted, None).plain
