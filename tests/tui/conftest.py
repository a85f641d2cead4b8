"""What the lab's tests share: opening it, and reading its screen."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.screen import Screen

from engine.runs.training import Training
from tests.tui.terminal import Terminal
from tui.app import Lab
from tui.configuration.settings import Settings

SIZES = [(80, 24), (120, 40), (200, 50), (60, 20)]


@asynccontextmanager
async def opened(
    training: Training | None = None,
    size: tuple[int, int] = (120, 40),
    settings: Settings | None = None,
) -> AsyncIterator[tuple[Lab, Pilot[None]]]:
    """Open a lab and wait until the start of its run is shown."""
    lab = Lab(training)
    lab.settings = settings or Settings()
    async with lab.run_test(size=size) as pilot:
        while lab.session is None:
            await pilot.pause()
        await settle(lab, pilot)
        yield lab, pilot
    assert not lab.faults


async def settle(lab: Lab, pilot: Pilot[None]) -> None:
    """Wait until everything that was begun is done and painted."""
    await pilot.pause()
    while not all(worker.is_finished for worker in lab.workers):
        await lab.workers.wait_for_complete()
        await pilot.pause()
    await pilot.pause()


async def run_flat_out(lab: Lab, pilot: Pilot[None]) -> None:
    """Press the keys that run to the end at full speed."""
    await pilot.press("plus", "plus", "space")
    await settle(lab, pilot)


async def resized(lab: Lab, pilot: Pilot[None], size: tuple[int, int]) -> None:
    """Give the lab another size and wait until it is laid out anew."""
    await pilot.resize_terminal(*size)
    await settle(lab, pilot)
    assert lab.size == size


def screen_text(lab: Lab) -> str:
    """Return what stands on the screen, a line for each row of cells."""
    strips = lab.screen._compositor.render_strips()
    return "\n".join(strip.text for strip in strips)


def told(lab: Lab) -> list[str]:
    """Return what was said in passing, the newest last."""
    return [notification.message for notification in lab._notifications]


@pytest.fixture(autouse=True)
def unseen(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody sees a lab without a terminal: what a test looks at is rendered when it looks.

    A test that is marked with ``painted`` has every change rendered as well.
    """
    if request.node.get_closest_marker("painted"):
        return

    def forget(screen: Screen[None]) -> None:
        screen._compositor._dirty_regions.clear()
        screen._dirty_widgets.clear()

    monkeypatch.setattr(Screen, "_compositor_refresh", forget)


@pytest.fixture(scope="session", autouse=True)
def parsed_once() -> Iterator[None]:
    """Parse a style sheet once for all labs, and for each set of its variables."""
    parse, known = Stylesheet._parse_rules, dict[Any, list[RuleSet]]()

    def remembered(sheet: Stylesheet, *given: Any, **named: Any) -> list[RuleSet]:
        key = given, frozenset(named.items()), frozenset(sheet._variables.items())
        if key not in known:
            known[key] = parse(sheet, *given, **named)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", remembered)
        yield


@pytest.fixture
def terminal() -> Iterator[Callable[..., Terminal]]:
    """Start programs in pseudo-terminals, which are gone when the test is over."""
    started: list[Terminal] = []

    def start(*arguments: str, **how: Any) -> Terminal:
        started.append(Terminal(*arguments, **how))
        return started[-1]

    yield start
    for each in started:
        each.process.close(force=True)
