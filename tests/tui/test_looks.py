"""How the panes look, to the cell and the colour, at two sizes in a dark and a light theme.

The pane that is seen first is looked at in the other themes, without colours and in ASCII as well.

After a change that is meant, ``UPDATE_LOOKS=1 make test ARGS=tests/tui/test_looks.py`` draws
the pictures anew; then they are to be looked at.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from engine.turnstile import Turnstile
from tests.tui.conftest import opened, screen_text, settle
from tui.app import Lab
from tui.pictures.portrait import portrait
from tui.terminal.ascii import in_ascii

ANOTHER = "another picture than is kept; see UPDATE_LOOKS above"
LOOKS = Path(__file__).parent / "looks"
KEYS = {
    "train": ["plus", "plus", "space"],
    "surface": ["plus", "plus", "space", "2"],
    "race": ["plus", "plus", "R"],
    "fit": ["4"],
    "report": ["plus", "plus", "space", "5"],
    "lessons": ["6"],
    "lesson": ["N"],
}


@pytest.fixture(autouse=True)
def _timeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every computation take no time, so that no duration differs."""
    monkeypatch.setattr(Turnstile, "clock", lambda _: 0.0)


@pytest.mark.parametrize("pane", KEYS)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_a_pane_looks_as_it_did(pane: str, size: tuple[int, int], theme: str) -> None:
    name = f"{pane}-{size[0]}x{size[1]}-{theme}"
    async with shown(pane, size, theme) as lab:
        now = portrait(lab, name)
    assert now == kept(f"{name}.svg", now), ANOTHER


@pytest.mark.parametrize("theme", ["okabe-ito", "ansi"])
async def test_so_it_does_in_the_other_themes(theme: str) -> None:
    async with shown("train", (80, 24), theme) as lab:
        now = portrait(lab, f"train-80x24-{theme}")
    assert now == kept(f"train-80x24-{theme}.svg", now), ANOTHER


async def test_and_without_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with shown("train", (80, 24), "dark") as lab:
        now = portrait(lab, "train-80x24-plain")
    assert now == kept("train-80x24-plain.svg", now), ANOTHER


async def test_and_in_ascii() -> None:
    async with shown("train", (120, 40), "dark") as lab:
        now = in_ascii(screen_text(lab))
    assert now == kept("train-120x40-ascii.txt", now), ANOTHER


@asynccontextmanager
async def shown(pane: str, size: tuple[int, int], theme: str) -> AsyncIterator[Lab]:
    """Open the lab on a pane after a run."""
    async with opened(size=size) as (lab, pilot):
        lab.theme = f"mle-{theme}"
        for key in KEYS[pane]:
            await pilot.press(key)
            await settle(lab, pilot)
        yield lab


def kept(name: str, now: str) -> str:
    """The picture of this name that is kept, or the one that is to be kept from now on."""
    path = LOOKS / name
    if os.environ.get("UPDATE_LOOKS"):
        path.write_text(now, "utf-8")
    return path.read_text("utf-8")
