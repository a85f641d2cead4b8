"""Every key of the table does what it says, is in the help, and is found in the palette."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from textual.pilot import Pilot
from textual.widgets import Input

from engine.experiments.experiment import Experiment
from engine.runs.training import Training
from tests.tui.conftest import opened, screen_text, settle
from tui.app import Lab
from tui.keys.keymap import KEYS, PLACES, Key
from tui.keys.remap import ALL
from tui.keys.screen_keys import WHERE
from tui.keys.words import FILLERS, WORDS, Wanted
from tui.screens.help import HelpScreen, keys_table

pytestmark = pytest.mark.painted

WAYS = {
    "": [],
    "surface": ["2"],
    "drive": ["d"],
    "race": ["3"],
    "fit": ["4"],
    "profile": ["4"],
    "report": ["5"],
    "lessons": ["6"],
}
"""Keys that give a place the focus."""
ALONE = ("quit", "suspend_process", "interrupt")
"""Actions that end the lab or stop it."""


@asynccontextmanager
async def in_place(place: str) -> AsyncIterator[tuple[Lab, Pilot[None]]]:
    training = Training(Experiment(n=300, epochs=40))
    async with opened(training, size=(80, 24)) as (lab, pilot):
        await pilot.press(*WAYS[place])
        await settle(lab, pilot)
        yield lab, pilot


def named(key: Key) -> tuple[str, tuple[Any, ...]]:
    """Name and arguments of a key's action."""
    name, _, rest = key.action.partition("(")
    return name, eval(f"({rest[:-1]},)") if rest else ()  # noqa: S307 - our own table


@pytest.mark.parametrize("place", PLACES)
async def test_every_key_calls_its_action_which_does_no_harm(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with in_place(place) as (lab, pilot):
        calls: list[tuple[Any, ...]] = []
        for key in KEYS:
            if key.place != place:
                continue
            name = named(key)[0]
            with monkeypatch.context() as patched:
                # Textual hands on as many arguments as it counts parameters, of which there are two
                patched.setattr(lab, f"action_{name}", lambda *given, _=0: calls.append(given))
                for each in key.keys.split(","):
                    calls.clear()
                    await pilot.press(each)
                    assert calls == [named(key)[1]], each
            if name not in ALONE:
                await lab.run_action(key.action)
                await pilot.pause()
                while len(lab.screen_stack) > 1:
                    await pilot.press("escape")
        lab.halt()
        await settle(lab, pilot)
        assert lab.is_running
        assert lab.session is not None
        assert len(lab.session.tape) > 0


async def found(query: str) -> list[str]:
    """Titles in the palette, the best first."""
    offers = Lab().offers()
    scores = {
        each.title: Wanted(query).match(each.title, f"{each.meaning} {each.words}")
        for each in offers
    }
    return sorted(filter(scores.get, scores), key=lambda title: -scores[title])


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("undo", "Undo (u)"),
        ("take a picture", "Screenshot (s)"),
        ("picture", "Screenshot (s)"),
        ("colour", "Theme mle-dark"),
        ("colour blind", "Theme mle-okabe-ito"),
        ("light theme", "Theme mle-light"),
        ("faster", "Faster (+)"),
        ("open my file", "Open data (O)"),
        ("CSV", "Open data (O)"),
        ("outliers", "Ledger (o)"),
        ("exit", "Quit (q)"),
        ("compare families", "Rank (k, fit)"),
        ("confidence intervals", "Intervals (i, fit)"),
        ("full screen", "Maximise (z)"),
        ("smaller learning rate", "Halve the rate (/)"),
        ("what is wrong", "Doctor (v)"),
        ("clipboard", "Copy (c, on the report)"),
    ],
)
async def test_actions_are_found_by_plain_words(query: str, title: str) -> None:
    assert title in (await found(query))[:3]


async def test_every_action_is_found_by_its_label_and_its_key() -> None:
    offers = {each.meaning: each.title for each in Lab().offers()}
    for key in KEYS:
        assert offers[key.meaning] in await found(key.label), key
        assert offers[key.meaning] in await found(key.shown), key


async def test_what_nothing_has_is_not_found() -> None:
    assert await found("xylophone") == []
    assert await found("undo xylophone") == []
    assert Wanted("rstrt").nearly("Restart (r)")
    assert not Wanted("xylophone").nearly("Restart (r)")


def test_other_words_belong_to_actions_and_say_something() -> None:
    assert set(WORDS) <= {key.action for key in KEYS}
    assert not [word for words in WORDS.values() for word in words.split() if word in FILLERS]


async def test_the_palette_calls_what_was_found_by_other_words() -> None:
    async with in_place("") as (lab, pilot):
        await pilot.press("ctrl+p", *"divide", "enter")
        await settle(lab, pilot)
        assert lab.per_observation


def told(place: str, query: str = "") -> str:
    console = Console(width=100, color_system=None)
    with console.capture() as capture:
        console.print(keys_table(ALL, place, query))
    return capture.get()


def test_help_begins_with_the_keys_of_the_place() -> None:
    for place in WHERE:
        assert told(place).split("\n")[0].strip() == WHERE[place]
    assert told("lens").index(WHERE["look"]) < told("lens").index(WHERE["files"])
    assert told("fit").index(PLACES["profile"]) < told("fit").index(PLACES[""])


def test_help_picks_by_words_keys_and_places() -> None:
    assert "Undo the last change" in told("", "revert")
    assert "One step forward" not in told("", "revert")
    assert told("", "xylophone").strip().startswith("No key does that")
    for key in ALL:
        assert key.meaning in told("", key.meaning), key


async def test_help_is_typed_into_scrolled_and_left() -> None:
    async with opened(size=(80, 24)) as (lab, pilot):
        await pilot.press("question_mark", *"bootstrap")
        await pilot.pause()
        assert "Show intervals, then the bootstrap's" in screen_text(lab)
        assert "One step forward" not in screen_text(lab)
        lab.screen.query_one(Input).value = ""
        await pilot.pause()
        assert "One step forward" in screen_text(lab)
        await pilot.press("pagedown", "pagedown", "down")
        await pilot.pause()
        assert "One step forward" not in screen_text(lab)
        await pilot.press("question_mark")
        await pilot.pause()
        assert len(lab.screen_stack) == 1


@pytest.mark.parametrize("keys", ["o", "p", "v", "O", "b"])
async def test_help_lies_over_every_screen_with_its_keys_first(keys: str) -> None:
    async with in_place("") as (lab, pilot):
        await pilot.press(keys)
        while len(lab.screen_stack) == 1:
            await pilot.pause()
        below, place = lab.screen, getattr(lab.screen, "keys_place", "")
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(lab.screen, HelpScreen)
        assert WHERE[place] in screen_text(lab)
        await pilot.press("f1")
        await pilot.pause()
        assert lab.screen is below
        await pilot.press("escape")
        await settle(lab, pilot)
        assert len(lab.screen_stack) == 1


async def test_keys_of_the_fit_go_on_where_its_pane_gives_way_to_another() -> None:
    async with in_place("fit") as (lab, pilot):
        for key in ("k", "i", "t", "t", "k"):
            await pilot.press(key)
            await settle(lab, pilot)
            assert lab.screen.focused is not None
