"""Keys that arrive together, as over a slow line, do what they would do one by one, or nothing."""

import asyncio
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.command import CommandList, CommandPalette
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input
from textual.widgets.option_list import Option

from engine.experiments.experiment import Experiment
from engine.runs.training import Training
from tests.tui.conftest import opened, screen_text, settle, told
from tui import session as session_module
from tui.app import Lab
from tui.screens.data import DataScreen
from tui.screens.files import FilesScreen
from tui.screens.help import HelpScreen
from tui.widgets.field import Field


async def burst(lab: Lab, pilot: Pilot[None], *keys: str) -> None:
    """Let keys arrive before the first of them is answered."""
    for key in keys:
        lab.post_message(Key(key, key if len(key) == 1 else None))
    for _ in keys:
        await pilot.pause()


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write what is exported into a folder that goes."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("key", ["enter", "escape"])
@pytest.mark.parametrize("opening", ["O", "b", "e", "x", "question_mark", "v", "p"])
async def test_a_dialog_is_left_once(opening: str, key: str) -> None:
    async with opened() as (lab, pilot):
        await pilot.press("4" if opening in "vp" else "5" if opening == "x" else "3")
        await settle(lab, pilot)
        await pilot.press(opening)
        while len(lab.screen_stack) == 1:
            await pilot.pause()
        if opening == "O":
            lab.screen.query_one(Input).value = "ball-bearings"
        await burst(lab, pilot, key, key, key)
        assert lab.screen_stack
        while len(lab.screen_stack) > 1:
            await pilot.press("escape")
        await settle(lab, pilot)
        await pilot.press("1")
        assert lab.current == "train"


@pytest.mark.parametrize("page", ["page_down", "page_up"])
async def test_a_list_that_is_not_laid_out_is_not_paged(page: str) -> None:
    async with opened() as (lab, pilot):
        await pilot.press("ctrl+p")
        assert isinstance(lab.screen, CommandPalette)
        found = lab.screen.query_one(CommandList)
        found.display = False
        await pilot.pause()
        found.set_options([Option("run"), Option("race")])
        found.highlighted = 1
        assert not await lab.run_action(f"command_list('{page}')", lab.screen)
        assert not await lab.run_action(page, found)
        assert found.highlighted == 1
        await pilot.press("escape")
        assert len(lab.screen_stack) == 1


async def test_files_are_paged_as_soon_as_they_are_listed() -> None:
    async with opened() as (lab, pilot):
        await burst(lab, pilot, "O", "pagedown", "pageup", "pagedown")
        while len(lab.screen_stack) == 1:
            await pilot.pause()
        await pilot.press("pagedown", "escape")
        assert len(lab.screen_stack) == 1


async def test_what_was_computed_for_a_dialog_ends_where_it_is_left() -> None:
    async with opened() as (lab, pilot):
        dialog = HelpScreen("")
        await lab.push_screen(dialog)
        assert await dialog.beside(int, "7") == 7
        await pilot.press("escape")
        for given in ("7", "seven"):
            with pytest.raises(asyncio.CancelledError):
                await dialog.beside(int, given)


async def test_what_is_typed_behind_a_key_that_erases_comes_behind_it() -> None:
    async with opened() as (lab, pilot):
        shown = lab.query(Input).first()
        shown.focus()
        shown.value = "789"
        await pilot.pause()
        await burst(lab, pilot, "end", "backspace", "1", "2", "left", "backspace", "5")
        assert shown.value == "7852"


async def test_a_file_is_what_was_typed_last(tmp_path: Path) -> None:
    for name in ("aaa0.csv", "aaa1.csv", "zzz.csv"):
        (tmp_path / name).write_text(f"{name[:3]}\n1\n2\n3\n", "utf-8")
    async with opened() as (lab, pilot):
        await pilot.press("O")
        while not (isinstance(lab.screen, FilesScreen) and lab.screen.offered):
            await pilot.pause()
        await burst(lab, pilot, "z", "z", "enter")
        while not isinstance(lab.screen, DataScreen):
            await pilot.pause()
        assert lab.screen.source == "zzz.csv"
        await pilot.press("escape")


async def test_keys_are_answered_while_another_experiment_is_prepared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    prepared, release = session_module._prepare, Event()

    def slowly(*given: Any) -> Training:
        release.wait(20)
        return prepared(*given)

    async with opened() as (lab, pilot):
        old = lab.session
        monkeypatch.setattr(session_module, "_prepare", slowly)
        entry = next(f for f in lab.query(Field) if f.entry.path == "seed").query_one(Input)
        entry.focus()
        await pilot.press("end", "1", "enter", "escape")
        while "preparing" not in screen_text(lab):
            await pilot.pause()
        await pilot.press("2")
        assert (lab.current, lab.session) == ("surface", old)
        await pilot.press("u")
        await settle(lab, pilot)
        assert told(lab)[-1] == "Taken back."
        assert lab.session is old
        assert entry.value == "42"
        entry.focus()
        await pilot.press("end", "1", "enter")
        release.set()
        await settle(lab, pilot)
        assert lab.session is not None
        assert lab.session.training.experiment.seed == 421
        assert "preparing" not in screen_text(lab)
        assert lab.past == [old]


async def test_undo_takes_back_a_change_that_is_being_made() -> None:
    async with opened() as (lab, pilot):
        session = lab.session
        assert session is not None
        await pilot.press("full_stop")
        entry = next(f for f in lab.query(Field) if f.entry.path == "patience").query_one(Input)
        entry.focus()
        async with session.pulling:
            await pilot.press("end", "1", "enter")
            lab.post_message(Key("u", "u"))
        await settle(lab, pilot)
        assert told(lab)[-1] == "Taken back."
        assert len(session.journey.branches) == 1
        assert session.training.experiment.patience == 50


async def test_a_leap_over_slow_epochs_is_paused_and_left() -> None:
    endless = Experiment(batch=16, n=20_000, epochs=10**6, patience=0, near=0)
    async with opened(Training(endless)) as (lab, pilot):
        await pilot.press("greater_than_sign")
        assert lab.moving
        await pilot.press("ctrl+c")
        await settle(lab, pilot)
        assert lab.session is not None
        assert 0 < lab.session.at < 10**5
        assert lab.is_running
