"""The same run without a screen: rows as they come, both charts, the report."""

import json
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from engine.progress import Row, rows
from engine.report import document, report
from engine.tape import Tape
from engine.training import Training
from tui import format as write
from tui.export_flags import write_exports
from tui.gathering import Gathering
from tui.palette import DARK
from tui.pictures import density, log_likelihood
from tui.report_text import render_report
from tui.snapshot import Snapshot

__all__ = ["run"]

WIDEST = 120
HEIGHT = 16


def run(
    training: Training,
    *,
    every: int = 100,
    as_json: bool = False,
    per_observation: bool = False,
    exports: Sequence[str] = (),
) -> int:
    """Run to the end, print, export, and return the exit status: 0 converged, 1 not.

    Data go to standard output, as text or as one JSON document; what is being done is told
    on standard error.
    """
    tape = Tape(len(training.start))
    told = Console(stderr=True, highlight=False)
    n, optimizer = write.count(training.train.n), training.experiment.optimizer
    told.print(Text(f"Training on {n} values: {optimizer}."))
    for note in training.notes:
        told.print(Text(note), soft_wrap=True)
    console = Console(highlight=False, soft_wrap=True)
    printed = 0
    if not as_json:
        console.print(_heads(training), style="bold")
    for block in training.blocks():
        tape.append(block)
        if not as_json:
            for row in rows(tape, every, after=printed):
                console.print(_line(row, training, per_observation=per_observation))
                printed = row.epoch
    end = Snapshot(training, tape, len(tape) - 1)
    write_exports(exports, lambda: Gathering(every).whole(end).run)
    if as_json:
        json.dump(document(training, tape, every), sys.stdout, indent=1, allow_nan=False)
        sys.stdout.write("\n")
    else:
        _conclude(console, training, tape, per_observation=per_observation)
    return 0 if tape.stop and tape.stop.converged else 1


def _heads(training: Training) -> str:
    names = (f"{p.name} {p.symbol}" for p in training.family.parameters())
    return "".join(
        [f"{'epoch':>8}{'training':>16}{'validation':>16}", *(f"{name:>16}" for name in names)]
    )


def _line(row: Row, training: Training, *, per_observation: bool) -> str:
    trained = training.train.n if per_observation else 1
    validated = training.validation.n if training.validation and per_observation else 1
    cells = [
        write.likelihood(row.train_log_likelihood, trained),
        write.likelihood(row.validation_log_likelihood, validated),
        *(write.parameter(value, 4) for value in row.parameters),
    ]
    return "".join([f"{row.epoch:>8}", *(f"{cell:>16}" for cell in cells)])


def _conclude(console: Console, training: Training, tape: Tape, *, per_observation: bool) -> None:
    """Print the charts and the report."""
    snapshot = Snapshot(training, tape, len(tape) - 1, per_observation=per_observation)
    size = (min(console.width, WIDEST), HEIGHT)
    console.print()
    console.print(_legend("log-likelihood", training=DARK.train, validation=DARK.validation))
    console.print(log_likelihood(snapshot, size, DARK))
    console.print()
    console.print(_legend("density", initial=DARK.initial, true=DARK.true, fitted=DARK.fitted))
    console.print(density(snapshot, size, DARK))
    console.print()
    console.rule("maximum likelihood estimation: results")
    console.print(render_report(report(training, tape)))


def _legend(title: str, **colors: str) -> Text:
    parts = [part for name, color in colors.items() for part in ("   ", (f"━ {name}", color))]
    return Text.assemble((title, "bold"), *parts)
