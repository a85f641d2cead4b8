"""Steering a run on its way: other rules, moves by hand, taking it back."""

import pytest
from textual.widgets import Input, OptionList, Select

from engine.experiments.experiment import Experiment
from engine.optimizers import OPTIMIZERS
from engine.runs.training import Training
from tests.tui.conftest import opened, run_flat_out, screen_text, settle, told
from tui.app import Lab
from tui.session import Session
from tui.widgets.drive import DriveBar
from tui.widgets.field import Field


def session_of(lab: Lab) -> Session:
    assert lab.session is not None
    return lab.session


def field(lab: Lab, path: str) -> Field:
    return next(f for f in lab.query(Field) if f.entry.path == path)


async def test_doubling_the_rate_goes_on_from_here_without_a_reset() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("greater_than_sign", "asterisk")
        await settle(lab, pilot)
        session = session_of(lab)
        assert session.at == 1000
        assert session.training.experiment.learning_rate == 0.2
        root, grown = session.journey.branches
        assert grown.parent is root
        assert grown.fork == 1000
        assert grown.tape[999] == root.tape[999]
        assert field(lab, "learning_rate").query_one(Input).value == "0.2"
        await pilot.press("slash")
        await settle(lab, pilot)
        assert session.training.experiment.learning_rate == 0.1


@pytest.mark.parametrize(
    ("path", "typed", "value"),
    [("learning_rate", "0.05", 0.05), ("patience", "7", 7), ("epochs", "1500", 1500)],
)
async def test_the_form_changes_a_run_that_goes_on(path: str, typed: str, value: float) -> None:
    async with opened() as (lab, pilot):
        await pilot.press("greater_than_sign")
        entry = field(lab, path).query_one(Input)
        entry.focus()
        entry.value = ""
        await pilot.press(*typed, "enter")
        await settle(lab, pilot)
        session = session_of(lab)
        assert getattr(session.training.experiment, path) == value
        assert session.at == 1000
        assert len(session.journey.branches) == 2


async def test_batches_can_be_taken_up_on_the_way() -> None:
    async with opened(Training(Experiment(n=2000, epochs=400))) as (lab, pilot):
        await pilot.press("greater_than_sign", "a")
        entry = field(lab, "batch").query_one(Input)
        entry.focus()
        entry.value = ""
        await pilot.press(*"200", "enter")
        await settle(lab, pilot)
        session = session_of(lab)
        assert session.training.experiment.batch == 200
        assert session.at == 40
        await pilot.press("greater_than_sign")
        assert session.at > 40


async def test_b_branches_with_another_optimizer_at_the_rate_that_suits_it() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("greater_than_sign", "b")
        await pilot.pause()
        options = lab.screen.query_one(OptionList)
        options.highlighted = list(OPTIMIZERS).index("newton")
        await pilot.pause()
        await pilot.press("enter")
        await settle(lab, pilot)
        session = session_of(lab)
        assert session.training.experiment.optimizer == "newton"
        assert session.training.experiment.learning_rate == OPTIMIZERS["newton"].rate
        assert session.at == 1000
        await run_flat_out(lab, pilot)
        assert session.tape.stop is not None
        assert session.tape.stop.converged
        assert len(session.journey.branches) == 2


async def test_b_refuses_a_rate_and_escape_changes_nothing() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("b")
        await pilot.pause()
        await pilot.press("tab")
        lab.screen.query_one(Input).value = "-1"
        await pilot.press("enter")
        await pilot.pause()
        assert "must be a number above 0" in screen_text(lab)
        await pilot.press("escape")
        await settle(lab, pilot)
        assert len(session_of(lab).journey.branches) == 1


async def test_a_change_while_it_runs_leaves_it_running() -> None:
    slow = Training(Experiment(epochs=10**7, patience=0, tolerance=0, learning_rate=1e-4))
    async with opened(slow) as (lab, pilot):
        session = session_of(lab)
        await pilot.press("plus", "plus", "space")
        while session.at < 5_000:
            await pilot.pause()
        await pilot.press("asterisk")
        while len(session.journey.branches) < 2 or session.at < session.branch.begin + 2_000:
            await pilot.pause()
        assert session.running
        assert session.branch.fork >= 5_000
        await pilot.press("space")
        await settle(lab, pilot)


async def test_another_rate_after_the_end_begins_again_and_the_old_report_is_stale() -> None:
    async with opened() as (lab, pilot):
        await run_flat_out(lab, pilot)
        await pilot.press("asterisk")
        await settle(lab, pilot)
        session = session_of(lab)
        assert session.at == 0
        assert "stale" in screen_text(lab)
        assert "0.01726031" in screen_text(lab)
        await pilot.press("full_stop")
        await settle(lab, pilot)
        assert "stale" not in screen_text(lab)


async def test_more_epochs_after_the_end_go_on_from_there() -> None:
    async with opened() as (lab, pilot):
        await run_flat_out(lab, pilot)
        entry = field(lab, "epochs").query_one(Input)
        entry.focus()
        entry.value = "12000"
        await pilot.press("enter")
        await settle(lab, pilot)
        session = session_of(lab)
        assert session.at == 10_000
        await run_flat_out(lab, pilot)
        assert session.at == 12_000


async def test_typing_marks_what_is_shown_as_old_until_it_is_taken_over() -> None:
    async with opened() as (lab, pilot):
        field(lab, "learning_rate").query_one(Input).focus()
        await pilot.press("5")
        await pilot.pause()
        assert lab.query_one("#stage").has_class("-edited")
        await pilot.press("escape")
        await pilot.pause()
        assert not lab.query_one("#stage").has_class("-edited")


async def test_undo_takes_back_branches_moves_and_experiments() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("greater_than_sign", "asterisk")
        await settle(lab, pilot)
        await pilot.press("d", "right", "escape")
        await settle(lab, pilot)
        session = session_of(lab)
        assert session.at == 1001
        await pilot.press("u")
        await settle(lab, pilot)
        assert session.at == 1000
        assert session.training.experiment.learning_rate == 0.2
        await pilot.press("u")
        await settle(lab, pilot)
        assert session.training.experiment.learning_rate == 0.1
        assert len(session.journey.branches) == 1
        field(lab, "family").query_one(Select).value = "gamma"
        await settle(lab, pilot)
        assert session_of(lab).training.family.name == "gamma"
        await pilot.press("u")
        await settle(lab, pilot)
        assert session_of(lab) is session
        assert field(lab, "family").query_one(Select).value == "normal"
        await pilot.press("u")
        await settle(lab, pilot)
        assert "nothing to take back" in told(lab)[-1]


async def test_driving_by_hand_moves_by_tenths_of_a_standard_error() -> None:
    async with opened(size=(80, 24)) as (lab, pilot):
        await run_flat_out(lab, pilot)
        session = session_of(lab)
        before = session.tape[session.at]
        await pilot.press("d", "right", "right", "down", "left")
        await settle(lab, pilot)
        assert lab.query_one(DriveBar).display
        here = session.tape[session.at]
        assert session.at == 10_003
        errors = session.errors
        assert here.parameters[0] == pytest.approx(before.parameters[0] + 0.2 * errors[0], abs=1e-9)
        assert here.parameters[1] == pytest.approx(before.parameters[1] - 0.1 * errors[1], abs=1e-9)
        assert here.train == pytest.approx(session.training.train.value(here.parameters))
        await pilot.press("escape")
        await settle(lab, pilot)
        assert not lab.query_one(DriveBar).display


async def test_the_optimizer_takes_over_and_leaves_a_held_parameter_alone() -> None:
    async with opened(Training(Experiment(epochs=50_000, patience=0, tolerance=0))) as (lab, pilot):
        await pilot.press("greater_than_sign", "d", "down", "pageup", "enter")
        await settle(lab, pilot)
        session = session_of(lab)
        held = session.tape[session.at].parameters[1]
        assert session.training.experiment.fixed == {"variance": held}
        await run_flat_out(lab, pilot)
        assert session.finished
        last = session.tape[session.at]
        assert last.parameters[1] == held
        assert last.parameters[0] == pytest.approx(session.training.training_mle[0], rel=1e-9)  # type: ignore[index]
        assert session.tape.stop is not None
        assert session.tape.stop.converged
        assert "variance held" in " ".join(screen_text(lab).split())
        await pilot.press("enter")
        await settle(lab, pilot)
        assert session.training.experiment.fixed == {}


async def test_not_every_parameter_can_be_held() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("full_stop", "d", "enter", "down", "enter")
        await settle(lab, pilot)
        assert "leave one free" in told(lab)[-1]
        assert list(session_of(lab).training.experiment.fixed) == ["mean"]


async def test_a_branch_that_changes_nothing_is_none() -> None:
    async with opened(Training(Experiment(learning_rate=0.1 + 0.2, epochs=20))) as (lab, pilot):
        await pilot.press("b", "enter")
        await settle(lab, pilot)
        assert len(session_of(lab).journey.branches) == 1
