"""The form: validated as typed, with the reason under the field, taken over when it is left."""

import asyncio
from pathlib import Path

import pytest
from textual.widgets import Input, Label, Select, Static

from engine.experiments.experiment import Experiment
from engine.runs.training import Training
from tests.tui.conftest import opened, screen_text, settle, told
from tui.app import Lab
from tui.forms import entries
from tui.widgets.charts import LikelihoodChart
from tui.widgets.field import Field
from tui.widgets.form import GROUPS, ExperimentForm


def field(lab: Lab, path: str) -> Field:
    return next(f for f in lab.query(Field) if f.entry.path == path)


async def test_a_fault_is_told_under_its_field_as_it_is_typed() -> None:
    async with opened(size=(80, 24)) as (lab, pilot):
        rate = field(lab, "learning_rate")
        rate.query_one(Input).focus()
        await pilot.press("minus")
        await pilot.pause()
        reason = rate.query_one(".reason", Label)
        assert reason.display
        assert reason.region.y == rate.query_one(Input).region.y + 1
        assert "rate must be a number above 0" in str(reason.content)
        await pilot.press("enter")
        assert lab.session is not None
        assert lab.session.training.experiment == Experiment()
        await pilot.press("backspace", "1")
        await pilot.pause()
        assert not reason.display


async def test_enter_leaving_and_choosing_take_a_value_over_and_the_run_goes_on_with_it() -> None:
    async with opened() as (lab, pilot):
        assert lab.session is not None
        assert lab.training is not None
        sample = lab.training.sample
        await pilot.press("full_stop")
        field(lab, "epochs").query_one(Input).focus()
        await pilot.press(*"25", "enter")
        await settle(lab, pilot)
        assert lab.session.training.experiment == Experiment(epochs=25)
        assert lab.session.at == 1
        field(lab, "learning_rate").query_one(Input).focus()
        await pilot.press(*"0.5", "enter")
        await settle(lab, pilot)
        assert lab.session.training.experiment == Experiment(epochs=25, learning_rate=0.5)
        field(lab, "coordinates").query_one(Select).value = "unconstrained"
        await settle(lab, pilot)
        assert lab.training.experiment.coordinates == "unconstrained"
        assert lab.training.sample is sample
        field(lab, "seed").query_one(Input).focus()
        await pilot.press("7", "tab")
        await settle(lab, pilot)
        assert lab.session.training.experiment.seed == 7
        assert lab.training.sample is not sample


async def test_letters_are_typed_in_a_field_and_act_outside() -> None:
    async with opened() as (lab, pilot):
        field(lab, "n").query_one(Input).focus()
        await pilot.press("q", "space", "question_mark")
        assert lab.is_running
        assert field(lab, "n").query_one(Input).value == "q ?"
        await pilot.press("escape")
        assert lab.focused is None
        assert field(lab, "n").query_one(Input).value == "100000"
        await pilot.press("question_mark")
        await pilot.pause()
        assert "Run, or pause the run" in screen_text(lab)


async def test_the_focused_field_says_what_it_means() -> None:
    async with opened() as (lab, pilot):
        field(lab, "patience").query_one(Input).focus()
        await pilot.pause()
        assert "epochs without a better" in " ".join(screen_text(lab).split())


async def test_a_focused_choice_tells_the_rule_its_domain_and_its_paper() -> None:
    async with opened(size=(80, 24)) as (lab, pilot):
        assert not lab.query_one("#explained").display
        field(lab, "start.variance").query_one(Input).focus()
        await pilot.pause()
        hint = " ".join(str(lab.query_one("#explained", Static).content).split())
        assert "σ² is variance" in hint
        assert "a number above 0" in hint
        field(lab, "optimizer").query_one(Select).focus()
        await pilot.pause()
        hint = str(lab.query_one("#explained", Static).content)
        assert "z ← z + η g" in hint
        await pilot.press("escape")
        await pilot.pause()
        assert not lab.query_one("#explained").display


async def test_own_data_show_their_file_and_column(tmp_path: Path) -> None:
    path = tmp_path / "heights[bold].csv"
    path.write_text("height,name\n1.5,a\n2.5,b\n7.5,c\n", "utf-8")
    training = Training(Experiment.of({"data": str(path), "column": "height"}))
    async with opened(training) as (lab, pilot):
        assert field(lab, "column").query_one(Input).value == "height"
        assert not [f for f in lab.query(Field) if f.entry.path.startswith("true")]
        await pilot.press("plus", "plus", "space")
        await settle(lab, pilot)
        assert "3.833333" in screen_text(lab)
        assert "The score vanished at epoch" in screen_text(lab)


async def test_a_sample_that_cannot_be_had_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "heights.csv"
    path.write_text("height\n1.5\n2.5\n7.5\n", "utf-8")
    training = Training(Experiment.of({"data": str(path)}))
    async with opened(training) as (lab, pilot):
        field(lab, "column").query_one(Input).focus()
        await pilot.press(*"width", "enter")
        await settle(lab, pilot)
        assert lab.training is training
        assert "has no column 'width'" in field(lab, "column").reason
        assert lab.query_one(ExperimentForm).display


async def test_a_choice_that_cannot_be_says_why_under_it_until_it_is_left() -> None:
    training = Training(Experiment.of({"data": "ball-bearings"}))
    async with opened(training, size=(80, 24)) as (lab, pilot):
        family = field(lab, "family")
        shown = family.query_one(Select)
        shown.focus()
        shown.value = "beta"
        await settle(lab, pilot)
        assert lab.training is training
        assert "outside" in family.reason
        assert "-edited" in lab.query_one("#stage").classes
        assert not told(lab)
        await pilot.press("escape")
        await settle(lab, pilot)
        assert (shown.value, family.reason) == ("normal", "")
        assert "-edited" not in lab.query_one("#stage").classes
        shown.value = "gamma"
        await settle(lab, pilot)
        assert lab.training is not None
        assert lab.training.experiment.family == "gamma"


async def test_an_optimizer_that_cannot_go_on_says_so_and_the_run_keeps_its_own() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("full_stop")
        optimizer = field(lab, "optimizer")
        optimizer.query_one(Select).value = "em"
        await settle(lab, pilot)
        assert optimizer.reason
        assert lab.session is not None
        assert lab.session.training.experiment == Experiment()
        optimizer.query_one(Select).value = "adam"
        await settle(lab, pilot)
        assert optimizer.reason == ""
        assert lab.session.training.experiment.optimizer == "adam"
        assert lab.session.at == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_choice_that_brings_other_fields_keeps_the_focus(size: tuple[int, int]) -> None:
    async with opened(Training(Experiment.of({"data": "ball-bearings"})), size) as (lab, pilot):
        field(lab, "family").query_one(Select).focus()
        field(lab, "family").query_one(Select).value = "gamma"
        await settle(lab, pilot)
        assert lab.focused is field(lab, "family").query_one(Select)
        assert "gamma holds" in str(lab.query_one("#explained", Static).content)
        assert "Univariate Distributions 1, ch. 17." in " ".join(screen_text(lab).split())
        assert lab.query_one(LikelihoodChart).size.height >= 5
        await pilot.press("escape")
        await settle(lab, pilot)
        assert not lab.query_one("#explained").display


CHOICES = [
    ("schedule", "cosine", "up", "inverse-time"),
    ("schedule", "step-decay", "down", "exponential"),
    ("schedule", "plateau", "up", "one-cycle"),
    ("optimizer", "adam", "home", "gradient-ascent"),
    ("family", "gamma", "home", "normal"),
]
"""A choice, what was chosen, and the key to what is chosen then."""


async def test_rows_of_the_choice_before_tell_nothing_of_the_next() -> None:
    async with opened(Training(Experiment.of({"data": "ball-bearings"}))) as (lab, pilot):
        for path, before, key, after in CHOICES:
            assert await lab.begin(Experiment.of({path: before, "data": "ball-bearings"}))
            await settle(lab, pilot)
            field(lab, path).query_one(Select).focus()
            await pilot.pause()
            await pilot.press("enter", key, "enter", "tab", "escape")
            await settle(lab, pilot)
            assert lab.session is not None
            assert lab.session.training.experiment == Experiment.of(
                {path: after, "data": "ball-bearings"}
            )


async def test_another_family_brings_its_own_parameters() -> None:
    async with opened() as (lab, pilot):
        field(lab, "n").query_one(Input).focus()
        await pilot.press(*"500", "enter")
        await settle(lab, pilot)
        field(lab, "family").query_one(Select).value = "poisson"
        await settle(lab, pilot)
        assert lab.training is not None
        assert lab.training.experiment.family == "poisson"
        assert lab.training.experiment.n == 500
        paths = {f.entry.path for f in lab.query(Field)}
        assert {"true.mean", "start.mean"} <= paths
        assert not {"true.variance", "start.variance"} & paths
        await pilot.press("plus", "plus", "space")
        await settle(lab, pilot)
        assert "final report" in screen_text(lab)
        field(lab, "start.mean").query_one(Input).focus()
        await pilot.press("3", "enter")
        await settle(lab, pilot)
        assert lab.training.start == (3.0,)


async def test_a_hostile_file_name_stays_out_of_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = "a\x1b]52;c;aGk=\x07\x9b31m.csv"
    Path(name).write_text("x\n1.5\n2.5\n7.5\n", "utf-8")
    async with opened(Training(Experiment(data=name, true={}, start={}, validation=0))) as (lab, _):
        shown = screen_text(lab)
        assert "\x1b" not in shown
        assert "\x9b" not in shown
        assert "a\N{REPLACEMENT CHARACTER}]52" in shown


async def test_undo_puts_a_typed_value_back() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("full_stop")
        size = field(lab, "n").query_one(Input)
        size.focus()
        await pilot.press("end", *["backspace"] * 6, *"5000", "enter")
        await settle(lab, pilot)
        assert lab.session is not None
        assert lab.session.training.experiment.n == 5000
        assert told(lab)[-1] == "Another experiment: back at the start; u takes it back."
        await pilot.press("u")
        await settle(lab, pilot)
        assert lab.session.training.experiment.n == 100_000
        assert size.value == "100000"
        size.focus()
        await pilot.press("tab", "escape")
        await settle(lab, pilot)
        assert lab.session.training.experiment.n == 100_000


async def test_enter_goes_to_what_cannot_be() -> None:
    async with opened(size=(80, 24)) as (lab, pilot):
        rate = field(lab, "learning_rate").query_one(Input)
        rate.focus()
        await pilot.press("x")
        epochs = field(lab, "epochs").query_one(Input)
        epochs.focus()
        await pilot.press("9", "enter")
        await settle(lab, pilot)
        assert lab.focused is rate


async def test_rows_that_stay_keep_their_widgets_and_their_order() -> None:
    async with opened() as (lab, pilot):
        before = field(lab, "optimizer"), field(lab, "epochs")
        field(lab, "optimizer").query_one(Select).focus()
        for name in ("adam", "lbfgs", "nelder-mead", "gradient-ascent"):
            field(lab, "optimizer").query_one(Select).value = name
            await settle(lab, pilot)
            assert lab.focused is before[0].query_one(Select)
            assert (field(lab, "optimizer"), field(lab, "epochs")) == before
            assert lab.session is not None
            shown = [each.entry.path for each in lab.query(Field)]
            wanted = list(entries(lab.session.training.experiment, everything=False))
            assert shown == [e.path for group in GROUPS for e in wanted if e.group == group]


async def test_of_two_experiments_at_a_time_the_later_is_shown_and_none_is_begun() -> None:
    async with opened() as (lab, pilot):
        form = lab.query_one(ExperimentForm)
        drawn, own = Experiment(), Experiment.of({"data": "ball-bearings", "family": "gamma"})
        for earlier, later in ((own, drawn), (drawn, own), (own, drawn)):
            await asyncio.gather(form.fill(earlier), form.fill(later))
            await settle(lab, pilot)
            assert form.shows(later)
            assert lab.session is not None
            assert lab.session.training.experiment == drawn


@pytest.mark.parametrize("size", [(80, 24), (120, 24)])
async def test_the_reason_under_the_last_field_is_seen(size: tuple[int, int]) -> None:
    async with opened(size=size) as (lab, pilot):
        lab.query(Input).last().focus()
        await pilot.press("end", "x")
        await settle(lab, pilot)
        assert "must be" in screen_text(lab)
