"""The lab, played with the keys a user presses."""

import pytest
from textual.widgets import DataTable

from engine.distributions import FAMILIES
from engine.experiments.experiment import Experiment
from engine.presets import preset
from engine.runs.training import Training
from tests.tui.conftest import SIZES, opened, resized, run_flat_out, screen_text, settle
from tui.app import Lab
from tui.pace import FLAT_OUT, STAGE
from tui.widgets.progress import ProgressTable

DIGITS = [
    "7.200000",
    "7.840000",
    "7.202707",
    "7.854133",
    "7.218075",
    "7.836873",
    "0.000000",
    "1.000000",
    "0.01536817",
    "0.01726031",
    "0.00989772",
    "0.03918597",
]


async def test_space_runs_to_the_final_report_and_keeps_every_step_to_the_last_bit() -> None:
    plain = list(Training(preset("article")))
    async with opened() as (lab, pilot):
        await run_flat_out(lab, pilot)
        for size in SIZES:
            if size[0] >= 80:
                await resized(lab, pilot, size)
                shown = screen_text(lab)
                assert [digits for digits in DIGITS if digits not in shown] == []
                assert "final report" in shown
                assert "The budget ran out at epoch 10,000" in " ".join(shown.split())
        assert lab.session is not None
        tape = lab.session.tape
        assert len(tape) == len(plain) == 10_001
        assert [tape[i] for i in range(len(tape))] == plain


async def test_stepping_forward_and_back_moves_through_the_tape() -> None:
    async with opened() as (lab, pilot):
        session = lab.session
        assert session is not None
        await pilot.press("full_stop", "full_stop", "full_stop")
        assert session.at == 3
        await pilot.press("comma")
        assert session.at == 2
        await pilot.press("greater_than_sign")
        assert session.at == 1002
        await pilot.press("less_than_sign", "comma", "comma", "comma")
        assert session.at == 0
        assert not session.running


async def test_restart_goes_back_to_the_start_and_space_runs_again() -> None:
    async with opened() as (lab, pilot):
        await run_flat_out(lab, pilot)
        session = lab.session
        assert session is not None
        assert session.finished
        await pilot.press("r")
        assert session.at == 0
        assert "report so far" in screen_text(lab)
        await run_flat_out(lab, pilot)
        assert session.finished
        assert len(session.tape) == 10_001


async def test_space_pauses_a_run_and_its_tape_stays() -> None:
    slow = Training(Experiment(epochs=10**7, patience=0, tolerance=0, learning_rate=1e-4))
    async with opened(slow) as (lab, pilot):
        session = lab.session
        assert session is not None
        await pilot.press("plus", "plus", "space")
        while session.at < 20_000:
            await pilot.pause()
        await pilot.press("space")
        await lab.workers.wait_for_complete()
        assert not session.running
        assert 20_000 <= session.at < 10**7
        assert session.at < len(session.tape)
        assert session.tape.stop is None
        assert "paused" in screen_text(lab)


async def test_speed_keys_go_through_the_paces() -> None:
    async with opened() as (lab, pilot):
        assert lab.pace is STAGE
        await pilot.press("plus", "plus", "plus")
        assert lab.pace is FLAT_OUT
        assert "flat out" in screen_text(lab)
        await pilot.press("minus", "minus", "minus")
        assert lab.pace is STAGE


async def test_on_stage_a_run_moves_frame_by_frame() -> None:
    async with opened() as (lab, pilot):
        session = lab.session
        assert session is not None
        await pilot.press("space")
        seen = [0]
        while len(set(seen)) < 6:
            await pilot.pause()
            seen.append(session.at)
        await pilot.press("space")
        await lab.workers.wait_for_complete()
        assert seen == sorted(seen)
        assert session.tape.stop is None


async def test_the_table_pairs_as_the_article_does() -> None:
    async with opened() as (lab, pilot):
        await run_flat_out(lab, pilot)
        table = lab.query_one(ProgressTable).query_one(DataTable)
        rows = [tuple(table.get_row_at(i)[0].plain.split()) for i in range(table.row_count)]
        assert rows[0] == ("0", "—", "—", "0.0000", "1.0000")
        assert ("300", "-196421.34", "-49221.73", "7.1663", "6.6854") in rows
        assert rows[-1] == ("10000", "-195870.32", "-49077.16", "7.2181", "7.8369")
        epochs = [int(row[0]) for row in rows]
        assert epochs == sorted(set(epochs))


async def test_y_and_n_change_what_the_chart_and_the_table_show() -> None:
    async with opened() as (lab, pilot):
        await run_flat_out(lab, pilot)
        await pilot.press("y")
        assert "gap to the best" in screen_text(lab)
        assert "1e0" in screen_text(lab)
        await pilot.press("y", "n")
        shown = screen_text(lab)
        assert "log-likelihood / n" in shown
        assert "-2.448379" in shown
        assert "-2.453858" in shown


async def test_the_final_screen_stands_in_every_theme() -> None:
    async with opened() as (lab, pilot):
        await run_flat_out(lab, pilot)
        for theme in ("mle-light", "textual-dark", "ansi-light", "mle-dark"):
            lab.theme = theme
            await settle(lab, pilot)
            assert lab.theme == theme
            assert "0.01726031" in screen_text(lab)


async def test_interrupt_pauses_first_and_leaves_then() -> None:
    slow = Training(Experiment(epochs=10**7, patience=0, tolerance=0, learning_rate=1e-4))
    lab = Lab(slow)
    async with lab.run_test() as pilot:
        while lab.session is None:
            await pilot.pause()
        await pilot.press("space", "ctrl+c")
        await lab.workers.wait_for_complete()
        assert not lab.session.running
        assert lab.is_running
        await pilot.press("ctrl+c")
    assert lab.return_code == 130


TOGETHER = 8
"""Families that run one after the other in a lab, of which each costs as much as a few runs."""


@pytest.mark.parametrize("first", range(0, len(FAMILIES), TOGETHER))
async def test_every_family_runs_to_its_report(first: int) -> None:
    async with opened(size=(80, 24)) as (lab, pilot):
        for family in list(FAMILIES)[first : first + TOGETHER]:
            assert await lab.begin(Experiment.of({"family": family, "n": 300, "epochs": 500}))
            await run_flat_out(lab, pilot)
            assert lab.session is not None
            assert lab.session.training.family.name == family
            assert lab.session.finished
            shown = screen_text(lab)
            assert "final report" in shown, family
            assert "nan" not in shown, family
            await pilot.press("y", "n", "t", "comma")
            assert not lab.session.finished or lab.session.at == 0
            assert lab.is_running
            await pilot.press("y", "n", "t")


async def test_the_rate_that_a_schedule_leaves_is_told() -> None:
    asked = {"n": 500, "epochs": 100, "schedule": "exponential", "validation": 0.0}
    async with opened(Training(Experiment.of(asked)), size=(120, 40)) as (lab, pilot):
        assert screen_text(lab).splitlines()[0].endswith("gradient-ascent 0.1 ")
        await run_flat_out(lab, pilot)
        assert lab.session is not None
        rate = lab.session.tape[lab.session.at].learning_rate
        assert rate < 0.1
        assert screen_text(lab).splitlines()[0].endswith(f"gradient-ascent {rate:.3g} ")
