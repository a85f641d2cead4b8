"""How the panes look, to the cell and the colour, at two sizes in a dark and a light theme.

After a change that is meant, ``UPDATE_LOOKS=1 make test ARGS=tests/tui/test_looks.py`` draws
the pictures anew; then they are to be looked at.
"""

import os
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.tui.conftest import opened, settle
from tui.portrait import portrait

LOOKS = Path(__file__).parent / "looks"
KEYS = {
    "train": ["plus", "plus", "space"],
    "surface": ["plus", "plus", "space", "2"],
    "race": ["plus", "plus", "R"],
}


@pytest.fixture(autouse=True)
def _timeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every computation take no time, so that no duration differs."""
    still = SimpleNamespace(perf_counter=lambda: 0.0, monotonic=time.monotonic)
    monkeypatch.setattr("engine.training.time", still)


@pytest.mark.parametrize("pane", KEYS)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_a_pane_looks_as_it_did(pane: str, size: tuple[int, int], theme: str) -> None:
    name = f"{pane}-{size[0]}x{size[1]}-{theme}"
    async with opened(size=size) as (lab, pilot):
        lab.theme = f"mle-{theme}"
        for key in KEYS[pane]:
            await pilot.press(key)
            await settle(lab, pilot)
        now = portrait(lab, name)
    kept = LOOKS / f"{name}.svg"
    if os.environ.get("UPDATE_LOOKS"):
        kept.write_text(now, "utf-8")
    assert now == kept.read_text("utf-8"), f"another picture than {kept}; see UPDATE_LOOKS above"
