"""The race in the lab, played with the keys a user presses."""

from dataclasses import replace

import numpy as np
import pytest
from textual.pilot import Pilot
from textual.widgets import SelectionList, Static

from engine.experiments.experiment import Experiment
from engine.presets import preset
from engine.runs.training import Training
from tests.tui.conftest import SIZES, opened, resized, screen_text, settle
from tui.app import Lab
from tui.palette import DARK
from tui.pictures.lanes import default_lanes, lanes_for_map
from tui.racing import LabRace
from tui.screens.lanes import LanesScreen
from tui.texts.format import duration
from tui.widgets.named_rows import NamedRows
from tui.widgets.race import RaceChart, Standings

GAMMA = Experiment.of({"family": "gamma", "n": 500, "epochs": 400})
ENDLESS = Experiment(epochs=10**7, patience=0, tolerance=0, learning_rate=1e-4)


async def race_flat_out(lab: Lab, pilot: Pilot[None]) -> LabRace:
    """Press the keys that race to the end at full speed."""
    await pilot.press("plus", "plus", "R")
    await settle(lab, pilot)
    assert lab.race is not None
    return lab.race


def evaluations(lab: Lab) -> float:
    """What the run has spent at the place shown."""
    assert lab.session is not None
    return lab.session.tape[lab.session.at].evaluations


async def test_until_there_is_a_race_the_tab_says_how_to_begin_one() -> None:
    async with opened(size=(60, 20)) as (lab, pilot):
        await pilot.press("3", "m")
        await pilot.pause()
        shown = " ".join(screen_text(lab).replace("│", " ").split())
        assert "R races up to six optimizers from the place shown" in shown
        assert "e chooses which of them." in shown
        assert lab.race is None
        await pilot.press("full_stop", "c", "1")
        assert lab.session is not None
        assert lab.session.at == 1


async def test_r_starts_a_race_that_fills_every_lane_to_its_end() -> None:
    async with opened() as (lab, pilot):
        race = await race_flat_out(lab, pilot)
        assert lab.current == "race"
        assert race.names == list(default_lanes("gradient-ascent"))
        assert race.finished
        assert not race.running
        for name in race.names:
            assert race.steps(name) == len(race.race.tapes[name])
        shown = screen_text(lab)
        assert "gap after 10,001 evaluations" in shown
        assert "✓ converged at 62" in shown
        assert "■ stopped at 10,001" in shown
        assert "The budget ran out at epoch 10,000" in " ".join(shown.split())
        lab.theme = "mle-light"
        await pilot.pause()
        assert "★" in screen_text(lab)


async def test_on_stage_lanes_grow_frame_by_frame_and_space_pauses() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("R")
        while lab.race is None:
            await pilot.pause()
        seen = [lab.race.position]
        while len(set(seen)) < 6:
            await pilot.pause()
            seen.append(lab.race.position)
        await pilot.press("space")
        await settle(lab, pilot)
        assert seen == sorted(seen)
        assert not lab.race.running
        assert not lab.race.finished
        assert "paused" in screen_text(lab)


async def test_steps_leaps_and_the_ends_are_those_of_the_run_too() -> None:
    async with opened() as (lab, pilot):
        race = await race_flat_out(lab, pilot)
        session = lab.session
        assert session is not None
        assert session.at == 10_000
        await pilot.press("r")
        assert race.position == 1
        assert session.at == 0
        assert {race.steps(name) for name in race.names} == {1}
        await pilot.press("full_stop", "full_stop", "full_stop", "comma")
        assert race.position == 3
        await pilot.press("greater_than_sign")
        assert evaluations(lab) == race.position == 1003
        assert session.at == 1002
        await pilot.press("less_than_sign", "comma", "comma", "comma")
        assert race.position == 1
        await pilot.press("end")
        assert race.finished
        await pilot.press("space")
        await settle(lab, pilot)
        assert race.finished
        assert sum(len(tape) for tape in race.race.tapes.values()) < 30_000


async def test_the_race_follows_the_run() -> None:
    async with opened() as (lab, pilot):
        race = await race_flat_out(lab, pilot)
        await pilot.press("1", "r", "greater_than_sign", "full_stop")
        await settle(lab, pilot)
        assert race.position == evaluations(lab) == 1002
        assert race.steps("gradient-ascent") == 1002
        await pilot.press("3")
        assert "after 1,002 evaluations" in screen_text(lab)
        await pilot.press("1", "space")
        await settle(lab, pilot)
        assert race.finished


async def test_lanes_are_computed_up_to_where_the_run_was_moved() -> None:
    async with opened() as (lab, pilot):
        await pilot.press("R", "space")
        await settle(lab, pilot)
        race = lab.race
        assert race is not None
        await pilot.press("1", "greater_than_sign", "greater_than_sign", "3")
        await settle(lab, pilot)
        assert race.position == evaluations(lab) > 2000
        assert race.race.spent("adam") >= race.position
        assert not race.race.over


async def test_a_race_from_a_later_step_starts_at_its_parameters() -> None:
    async with opened(Training(GAMMA)) as (lab, pilot):
        await pilot.press(*["full_stop"] * 6)
        session = lab.session
        assert session is not None
        here = session.tape[session.at]
        race = await race_flat_out(lab, pilot)
        assert race.epoch == here.epoch == 6
        assert {lane.start for lane in race.race.lanes.values()} == {here.parameters}
        assert "from epoch 6" in screen_text(lab)
        await pilot.press("r")
        assert session.at == 6
        await pilot.press(*["full_stop"] * 5)
        assert session.at == 11
        await pilot.press("R")
        await settle(lab, pilot)
        assert lab.race is not race
        assert lab.race is not None
        assert lab.race.epoch == 6


async def test_m_and_a_digit_mute_a_lane_as_do_enter_or_a_click_on_its_row() -> None:
    async with opened() as (lab, pilot):
        race = await race_flat_out(lab, pilot)
        await pilot.press("m")
        await pilot.pause()
        assert "mute which lane?" in screen_text(lab)
        await pilot.press("1")
        await pilot.pause()
        assert race.muted == {"gradient-ascent"}
        assert lab.current == "race"
        assert "○ muted" in screen_text(lab)
        assert [name for name, *_ in lanes_for_map(race, DARK)] == race.names[1:]
        await pilot.press("m", "escape", "1")
        assert lab.current == "train"
        await pilot.press("3", "m", "1")
        assert race.muted == set()
        await pilot.press("m", "1", "3", "1")
        assert lab.current == "train"
        assert race.muted == {"gradient-ascent"}
        await pilot.press("3", "m", "1")
        assert race.muted == set()
        table = lab.query_one(NamedRows)
        table.focus()
        await pilot.press(*["up"] * 5, "enter")
        await pilot.pause()
        assert race.muted == {"lbfgs"}
        await pilot.click(NamedRows, offset=(5, 2))
        await pilot.pause()
        assert race.muted == {"lbfgs", "newton"}
        assert "newton: The score vanished" in " ".join(screen_text(lab).split())


async def test_lanes_are_chosen_and_a_seventh_is_refused() -> None:
    async with opened(Training(GAMMA)) as (lab, pilot):
        await pilot.press("plus", "plus", "3", "e")
        await pilot.pause()
        screen = lab.screen
        assert isinstance(screen, LanesScreen)
        lanes = screen.query_one(SelectionList)
        assert set(lanes.selected) == set(default_lanes("gradient-ascent"))
        await pilot.press("down", "down", "space")
        await pilot.pause()
        assert "nesterov" not in lanes.selected
        refusal = str(screen.query_one("#refusal", Static).content)
        assert refusal == "6 lanes are the most; leave one out for nesterov."
        await pilot.press("up", "space", "down", "space")
        await pilot.pause()
        await pilot.press("enter")
        await settle(lab, pilot)
        race = lab.race
        assert race is not None
        assert "momentum" not in race.names
        assert race.names[-1] == "nesterov"
        assert race.finished
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("escape")
        await settle(lab, pilot)
        assert lab.race is race


async def test_an_optimizer_that_cannot_run_is_left_out_with_its_reason() -> None:
    async with opened(Training(GAMMA), size=(80, 24)) as (lab, pilot):
        lab.lanes = ("em", "newton")
        race = await race_flat_out(lab, pilot)
        assert race.names == ["newton"]
        assert "em is left out: gamma has no EM algorithm" in screen_text(lab)
        lab.lanes = ("em",)
        await pilot.press("R")
        await settle(lab, pilot)
        assert lab.race is race


async def test_the_clock_counts_seconds_and_back() -> None:
    async with opened() as (lab, pilot):
        race = await race_flat_out(lab, pilot)
        await pilot.press("r", *["greater_than_sign"] * 3)
        await settle(lab, pilot)
        shown = {name: race.steps(name) for name in race.names}
        await pilot.press("c")
        await settle(lab, pilot)
        assert race.clock == "seconds"
        assert f"gap after {duration(race.position)} ━" in screen_text(lab).splitlines()[1]
        assert all(race.steps(name) >= steps for name, steps in shown.items())
        before = race.position
        await pilot.press("full_stop")
        await settle(lab, pilot)
        further = min(before + race.whole / 100, race.race.spent_by_all)
        assert race.position == pytest.approx(further)
        session = lab.session
        assert session is not None
        spent = session.tape.elapsed(np.array([session.at + 1.0, session.at + 2.0]))
        assert spent[0] <= race.position
        assert spent[1] > race.position or session.finished
        await pilot.press("1", "r", "greater_than_sign", "3")
        await settle(lab, pilot)
        spent_there = session.tape.elapsed(np.array([1001.0]))[0]
        assert race.position == pytest.approx(min(spent_there, race.race.spent_by_all))
        await pilot.press("c")
        assert race.clock == "evaluations"


async def test_a_race_of_other_settings_is_stale() -> None:
    async with opened() as (lab, pilot):
        race = await race_flat_out(lab, pilot)
        await pilot.press("asterisk")
        await settle(lab, pilot)
        assert "stale: settings have changed — R races again" in screen_text(lab)
        position = race.position
        await pilot.press("full_stop", "m", "2", "c", "c")
        assert race.position == position
        await pilot.press("u")
        await settle(lab, pilot)
        assert "stale" not in screen_text(lab)
        assert lab.session is not None
        await lab.begin(replace(preset("article"), seed=7))
        await settle(lab, pilot)
        assert "stale: settings have changed — R races again" in screen_text(lab)
        await pilot.press("R")
        await settle(lab, pilot)
        assert lab.race is not race
        assert "stale" not in screen_text(lab)


async def test_steering_a_running_race_lets_it_rest() -> None:
    async with opened(Training(ENDLESS)) as (lab, pilot):
        lab.lanes = ("gradient-ascent", "momentum")
        await pilot.press("plus", "plus", "R")
        while lab.race is None or lab.race.position < 1000:
            await pilot.pause()
        await pilot.press("slash")
        await settle(lab, pilot)
        assert not lab.race.running
        assert "stale" in screen_text(lab)


async def test_a_long_race_pauses_and_another_tab_moves_it() -> None:
    async with opened(Training(ENDLESS)) as (lab, pilot):
        lab.lanes = ("gradient-ascent", "adam", "newton")
        await pilot.press("plus", "plus", "R")
        while lab.race is None or lab.race.position < 20_000:
            await pilot.pause()
        await pilot.press("1", "space")
        await settle(lab, pilot)
        race, session = lab.race, lab.session
        assert session is not None
        assert not race.running
        assert not session.running
        assert not race.race.over
        await pilot.press("comma")
        assert race.position == evaluations(lab) >= 10_000
        await pilot.press("3", "R", "ctrl+c")
        await settle(lab, pilot)
        assert lab.is_running


async def test_chart_and_standings_stand_apart_at_every_size() -> None:
    async with opened(size=SIZES[0]) as (lab, pilot):
        await race_flat_out(lab, pilot)
        chart, table = lab.query_one(RaceChart), lab.query_one(Standings)
        rows = table.query_one(NamedRows)
        for size in SIZES:
            await resized(lab, pilot, size)
            for pane in (chart, table, rows):
                assert pane.region.area > 0
            for pane in (chart, table, *table.children):
                assert lab.screen.region.contains_region(pane.region)
            assert not chart.region.overlaps(table.region)
            assert table.content_region.contains_region(rows.region)
            assert rows.virtual_size.width <= rows.size.width
            shown = screen_text(lab)
            for name in ("lbfgs", "barzilai-borwein", "10,001", "3.4e-05", "✓", "1e0", "10k"):
                assert name in shown
            assert "…" in shown or "higher rate." in shown


OTHERS: list[dict[str, object]] = [
    {"family": "normal-mixture", "n": 300, "epochs": 200, "optimizer": "em"},
    {"family": "negative-binomial", "n": 300, "epochs": 200},
    {"family": "gamma", "n": 300, "epochs": 200, "fixed": {"shape": 2.0}},
    {"learning_rate": 20.0, "epochs": 300},
]


async def test_races_of_other_families_have_no_hole_where_a_number_should_be() -> None:
    async with opened(size=(80, 24)) as (lab, pilot):
        for fields in OTHERS:
            assert await lab.begin(Experiment.of(fields))
            race = await race_flat_out(lab, pilot)
            assert lab.session is not None
            assert race.session is lab.session
            assert race.finished
            assert "nan" not in screen_text(lab)
            await pilot.press("r", "greater_than_sign", "c", "m", "3", "y")
            assert "nan" not in screen_text(lab)
            await pilot.press("c", "y")
            assert lab.race is race
            assert race.clock == "evaluations"
