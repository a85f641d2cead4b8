"""The same run without a screen: rows as they come, both charts, the report."""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from engine.reports.progress import Row, rows
from engine.reports.report import document, report, row_entry
from engine.runs.training import Training
from engine.tapes.tape import Tape
from tui.commands.export_flags import write_exports
from tui.commands.json_rows import JsonRows
from tui.gathering import Gathering
from tui.palette import DARK
from tui.pictures.curve import Curve
from tui.pictures.run import density, density_curves, likelihood_curves, log_likelihood
from tui.snapshot import Snapshot
from tui.terminal.journal import tell_begun
from tui.texts import format as write
from tui.texts.printing import printer
from tui.texts.report import render_report
from tui.texts.spelling import escaped

__all__ = ["run"]

WHOLE = {"train": "training", "start": "initial", "fit": "fitted"}
"""Names of curves that are short where there is less room."""
WIDEST = 120
HEIGHT = 16


def run(
    training: Training,
    *,
    every: int,
    as_json: bool = False,
    per_observation: bool = False,
    exports: Sequence[str] = (),
) -> int:
    """Run to the end, print, export, and return the exit status: 0 converged, 1 not.

    Data go to standard output, as text or as one JSON document; what is being done is told
    on standard error.
    """
    tell_begun(training.experiment)
    tape = Tape(len(training.start), training.again)
    told = printer(stderr=True)
    n, optimizer = write.count(training.train.n), training.experiment.optimizer
    told.print(Text(f"Training on {n} values: {optimizer}."))
    for note in training.notes:
        told.print(Text(escaped(note)))
    console = printer()
    printed = 0
    table = JsonRows()
    for block in training.blocks():
        tape.append(block)
        for row in rows(tape, every, after=printed):
            if as_json:
                table.add(row_entry(row, training.family))
            else:
                if not printed:
                    console.print(_heads(training), style="bold")
                line = _line(row, training, per_observation=per_observation)
                console.print(line, soft_wrap=True)
            printed = row.epoch
    end = Snapshot(training, tape, len(tape) - 1)
    if as_json:
        table.close(document(training, tape, every, table=()), sys.stdout)
    else:
        _conclude(console, training, tape, per_observation=per_observation)
    write_exports(exports, lambda: Gathering(every).whole(end).run)
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
    console.print(_legend("log-likelihood", likelihood_curves(snapshot, DARK)))
    console.print(log_likelihood(snapshot, size, DARK))
    console.print()
    console.print(_legend("density", density_curves(snapshot, size[0], DARK)[1]))
    console.print(density(snapshot, size, DARK))
    console.print()
    console.rule("maximum likelihood estimation: results")
    console.print(render_report(report(training, tape)))


def _legend(title: str, curves: Sequence[tuple[str, Curve]]) -> Text:
    names = [(f"{curve.stroke} {WHOLE.get(name, name)}", curve.color) for name, curve in curves]
    return Text.assemble((title, "bold"), *(part for name in names for part in ("   ", name)))
