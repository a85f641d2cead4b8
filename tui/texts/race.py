"""A race for people to read, and as plain values for scripts."""

from typing import Any

import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.runs.race import Race
from tui.palette import DARK
from tui.texts import format as write
from tui.texts.printing import print_whole

__all__ = ["document", "print_standings"]

MOST_TOLD = 200
"""Steps of a lane in the JSON document."""


def document(race: Race) -> dict[str, Any]:
    """Return the race as plain values."""
    best = race.maximum
    return {
        "experiment": race.experiment.to_mapping(),
        "clock": race.clock,
        "maximum_log_likelihood": best,
        "lanes": [_lane(race, name, best) for name in race.lanes],
    }


def _lane(race: Race, name: str, best: float) -> dict[str, Any]:
    tape = race.tapes[name]
    stop = tape.stop
    chosen = tape[stop.best if stop else -1]
    picked = np.unique(np.linspace(0, len(tape) - 1, MOST_TOLD).astype(int))
    return {
        "optimizer": name,
        "learning_rate": race.lanes[name].experiment.learning_rate,
        "epochs": len(tape) - 1,
        "evaluations": tape[-1].evaluations,
        "seconds": tape.seconds,
        "parameters": race.likelihood.family.by_name(chosen.parameters),
        "log_likelihood": chosen.train,
        "gap": best - chosen.train,
        "stop": stop and {"epoch": stop.epoch, "reason": stop.reason, "converged": stop.converged},
        "steps": [
            {"epoch": i, "spent": race.spent(name, i + 1), "gap": best - tape[i].train}
            for i in picked.tolist()
        ],
    }


def print_standings(race: Race, console: Console) -> None:
    """Print a table of the lanes, and how each of them ended."""
    best = race.maximum
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("optimizer", no_wrap=True)
    for head in ("rate", "epochs", "evaluations", "time", "gap to the maximum"):
        table.add_column(head, justify="right", no_wrap=True)
    for i, (name, tape) in enumerate(race.tapes.items()):
        stop = tape.stop
        gap = best - tape[stop.best if stop else -1].train
        table.add_row(
            Text(name, DARK.lanes[i % len(DARK.lanes)]),
            f"{race.lanes[name].experiment.learning_rate:g}",
            write.count(len(tape) - 1),
            write.count(tape[-1].evaluations),
            write.duration(tape.seconds),
            f"{gap:.2e}" if gap > race.level else f"<{race.level:.0e}",
        )
    print_whole(console, table)
    for name, tape in race.tapes.items():
        if tape.stop:
            console.print(Text(f"{name}: {tape.stop.reason}", "dim"))
