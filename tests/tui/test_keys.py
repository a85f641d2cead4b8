"""One table of keys dispatches, helps and is searched."""

import pytest
from textual.widgets import Input, Static

from engine.experiments.experiment import Experiment
from engine.runs.training import Training
from tests.tui.conftest import opened, screen_text, settle
from tui.app import Lab
from tui.keys.keymap import KEYS, PLACES
from tui.pace import FLAT_OUT
from tui.screens.help import HelpScreen


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.action)
def test_every_key_has_an_action_of_the_lab(key: object) -> None:
    name = key.action.partition("(")[0]  # type: ignore[attr-defined]
    assert callable(getattr(Lab, f"action_{name}"))


def test_no_two_actions_share_a_key() -> None:
    assert {entry.place for entry in KEYS} <= set(PLACES)
    for place in PLACES:
        keys = [key for entry in KEYS if entry.place == place for key in entry.keys.split(",")]
        assert len(keys) == len(set(keys))


def test_the_footer_has_at_most_six_keys_and_always_help() -> None:
    shown = [key.shown for key in KEYS if key.footer]
    assert len(shown) <= 6
    assert "?" in shown


async def test_the_footer_names_a_key_that_a_field_does_not_take_as_text() -> None:
    def footer(lab: Lab) -> str:
        return screen_text(lab).splitlines()[-1]

    async with opened(size=(120, 40)) as (lab, pilot):
        assert "? help" in footer(lab)
        lab.query(Input).first().focus()
        await settle(lab, pilot)
        assert "f1 help" in footer(lab)
        assert "?" not in footer(lab)
        await pilot.press("f1")
        assert isinstance(lab.screen, HelpScreen)


async def test_help_lists_every_key_and_closes() -> None:
    async with opened(size=(120, 100)) as (lab, pilot):
        await pilot.press("question_mark")
        await pilot.pause()
        shown = screen_text(lab)
        assert [key.meaning for key in KEYS if key.meaning not in shown] == []
        await pilot.press("escape")
        await pilot.pause()
        assert KEYS[0].meaning not in screen_text(lab)


async def test_help_begins_with_the_keys_of_what_has_the_focus() -> None:
    async with opened(size=(80, 24)) as (lab, pilot):
        await pilot.press("d", "question_mark")
        await pilot.pause()
        assert "A tenth of a standard error more" in screen_text(lab)


async def test_the_palette_offers_every_action() -> None:
    async with opened() as (lab, pilot):
        offered = {command.help for command in lab.get_system_commands(lab.screen)}
        assert {key.meaning for key in KEYS} <= offered
        await pilot.press("ctrl+p")
        await pilot.press(*"restart", "enter")
        await settle(lab, pilot)
        assert lab.session is not None
        assert lab.session.at == 0


async def test_a_run_that_was_asked_for_early_begins_once_the_lab_is_open() -> None:
    lab = Lab(Training(Experiment(epochs=20)))
    await lab.action_run()
    lab.pace = FLAT_OUT
    async with lab.run_test() as pilot:
        while lab.session is None:
            await pilot.pause()
        await settle(lab, pilot)
        assert lab.session.finished


async def test_keys_before_the_lab_is_open_do_no_harm() -> None:
    lab = Lab()
    async with lab.run_test() as pilot:
        await pilot.press("space", "full_stop", "comma", "r", "greater_than_sign", "y", "n", "t")
        while lab.session is None:
            await pilot.pause()
        await settle(lab, pilot)
        assert len(lab.session.tape) > 0
        assert not lab.query_one("#too-small", Static).display
