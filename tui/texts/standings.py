"""Standings: where every lane of a race stands at the place shown, the best first."""

from dataclasses import dataclass

import numpy as np

from engine.stopping import Cause
from tui.palette import Palette
from tui.racing import LabRace
from tui.texts import format as write

__all__ = ["MARKS", "SIGNS", "Standing", "standings"]

MARKS = ("●", "▲", "◆", "▼", "★", "♣")
"""Lanes in the order of their digits, told apart without their colours. None is the maximum's."""
SIGNS = {"running": "►", "converged": "✓", "stopped": "■", "diverged": "✗", "muted": "○"}


@dataclass(frozen=True)
class Standing:
    """A lane at the place shown."""

    digit: int
    mark: str
    name: str
    color: str
    rate: float
    evaluations: int
    seconds: float
    gap: str
    """How far below the maximum it is, as it is written."""
    state: str
    """One of ``SIGNS``."""
    told: str
    """Why it stopped, or how far it is."""


def standings(race: LabRace, palette: Palette) -> list[Standing]:
    """List the lanes, the least gap first; among those at the maximum the least spent."""
    best, level = race.race.maximum, race.race.level
    found = []
    for digit, name in enumerate(race.names, 1):
        tape, steps = race.race.tapes[name], race.steps(name)
        step = tape[steps - 1]
        gap = best - step.train
        evaluations = float(step.evaluations)
        seconds = float(tape.elapsed(np.array(float(steps))))
        if race.clock == "evaluations":
            evaluations = race.spent(name)
        else:
            seconds = race.spent(name)
        lane = Standing(
            digit=digit,
            mark=MARKS[digit - 1],
            name=name,
            color=palette.lanes[digit - 1],
            rate=race.race.lanes[name].experiment.learning_rate,
            evaluations=int(evaluations),
            seconds=seconds,
            gap=_gap(gap) if gap > level else f"<{level:.0e}",
            state=_state(race, name, steps),
            told=_told(race, name, steps),
        )
        spent = evaluations if gap <= level else 0.0
        found.append((max(gap, level), spent, digit, lane))
    return [lane for *_, lane in sorted(found, key=lambda each: each[:3])]


def _gap(gap: float) -> str:
    """Write a gap in at most seven characters."""
    if 100 <= gap < 1e5:
        return write.count(gap)
    return f"{gap:.3g}" if 0.01 <= gap < 100 else f"{gap:.1e}"


def _state(race: LabRace, name: str, steps: int) -> str:
    """A lane's state in one word."""
    tape = race.race.tapes[name]
    if name in race.muted:
        return "muted"
    if tape.stop is None or steps < len(tape):
        return "running"
    if tape.stop.converged:
        return "converged"
    return "diverged" if tape.stop.cause is Cause.DIVERGED else "stopped"


def _told(race: LabRace, name: str, steps: int) -> str:
    """What there is to tell of a lane, in a sentence."""
    tape = race.race.tapes[name]
    if tape.stop and steps == len(tape):
        return f"{name}: {tape.stop.reason}"
    parameters = race.race.lanes[name].family.parameters()
    values = zip(parameters, tape[steps - 1].parameters, strict=True)
    where = ", ".join(f"{p.name} {write.parameter(value, 4)}" for p, value in values)
    return f"{name} is at epoch {steps - 1:,}: {where}."
