"""Take the pictures in this folder from the real program. Begin it with ``make screenshots``."""

import asyncio
from pathlib import Path

from textual.pilot import Pilot

from engine.experiments.experiment import Experiment
from engine.runs.training import Training
from tui.app import Lab
from tui.pictures.portrait import portrait

HERE = Path(__file__).parent
SMALL, WIDE, LARGE = (80, 24), (120, 40), (200, 50)
FLAT_OUT = ["plus", "plus", "space"]
BRANCHED = ["plus", "plus", "greater_than_sign", "b", "down", "down", "down", "enter", "space"]
LESSON = ["6", "down", "down", "enter"]
GAMMA = {"family": "gamma", "n": 100_000, "true": {"shape": 3.0, "rate": 0.5}}
STUDENT = {"family": "student-t", "n": 100_000, "true": {"location": 1, "scale": 2, "df": 4}}
BEARINGS = {"data": "ball-bearings", "family": "weibull", "validation": 0}
FAITHFUL = {"data": "old-faithful", "family": "normal-mixture", "validation": 0}
SHOTS = {
    "lab-80x24": (SMALL, "mle-dark", FLAT_OUT, {}),
    "lab-120x40": (WIDE, "mle-dark", [*FLAT_OUT, "n"], {}),
    "lab-200x50": (LARGE, "mle-dark", [*FLAT_OUT, "y"], {}),
    "start-120x40": (WIDE, "mle-dark", [], {}),
    "under-way-80x24": (SMALL, "mle-dark", ["greater_than_sign", "n"], {}),
    "light-80x24": (SMALL, "mle-light", FLAT_OUT, {}),
    "light-120x40": (WIDE, "mle-light", [*FLAT_OUT, "n"], {}),
    "light-200x50": (LARGE, "mle-light", [*FLAT_OUT, "y"], {}),
    "help-80x24": (SMALL, "mle-dark", ["question_mark"], {}),
    "surface-80x24": (SMALL, "mle-dark", [*FLAT_OUT, "2"], {}),
    "surface-120x40": (WIDE, "mle-dark", [*FLAT_OUT, "2"], {}),
    "surface-region-120x40": (WIDE, "mle-light", [*FLAT_OUT, "2", "m"], STUDENT),
    "race-80x24": (SMALL, "mle-dark", ["plus", "plus", "R"], {}),
    "race-120x40": (WIDE, "mle-dark", ["plus", "plus", "R"], {}),
    "race-200x50": (LARGE, "mle-light", ["plus", "plus", "R"], GAMMA),
    "branch-120x40": (WIDE, "mle-dark", [*BRANCHED, "y"], {}),
    "drive-120x40": (WIDE, "mle-dark", ["greater_than_sign", "d", "right", "right"], {}),
    "fit-120x40": (WIDE, "mle-dark", ["4", "k"], BEARINGS),
    "fit-200x50": (LARGE, "mle-light", ["4", "c", "i"], FAITHFUL),
    "report-120x40": (WIDE, "mle-light", [*FLAT_OUT, "5"], {}),
    "ledger-120x40": (WIDE, "mle-dark", ["o"], BEARINGS),
    "lens-80x24": (SMALL, "mle-dark", ["p", "right"], BEARINGS),
    "doctor-80x24": (SMALL, "mle-dark", ["v"], BEARINGS),
    "lesson-80x24": (SMALL, "mle-dark", ["N", "d", "N", "shift+right", "right"], {}),
    "lesson-120x40": (WIDE, "mle-light", [*LESSON, *["right"] * 6], {}),
    "lessons-80x24": (SMALL, "mle-dark", ["6"], {}),
    "lessons-120x40": (WIDE, "mle-okabe-ito", ["6", "down", "down"], {}),
}


async def settle(lab: Lab, pilot: Pilot[None]) -> None:
    """Wait until everything that was begun is done, unless it waits for an answer."""
    await pilot.pause()
    if len(lab.screen_stack) == 1:
        await lab.workers.wait_for_complete()
    await pilot.pause()


async def take(
    name: str, size: tuple[int, int], theme: str, keys: list[str], changes: dict[str, object]
) -> None:
    """Open the lab, press the keys, and save what it shows."""
    training = Training(Experiment(**{"start": {}, "true": {}, **changes})) if changes else None
    lab = Lab(training)
    async with lab.run_test(size=size) as pilot:
        while lab.session is None:
            await pilot.pause()
        lab.theme = theme
        for key in keys:
            await pilot.press(key)
            await settle(lab, pilot)
        (HERE / f"{name}.svg").write_text(portrait(lab, name), "utf-8")


async def main() -> None:
    """Take every picture."""
    for name, shot in SHOTS.items():
        await take(name, *shot)
        print(f"screenshots/{name}.svg")


if __name__ == "__main__":
    asyncio.run(main())
