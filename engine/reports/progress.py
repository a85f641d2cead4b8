"""Progress rows, as the article prints them.

A row pairs the log-likelihoods measured at the start of its epoch, and the gradient and
rate of its update, with the parameters after that update: it joins two steps of the tape.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.tapes.tape import Tape

__all__ = ["Row", "row", "rows"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the progress table; ``epoch`` counts from 1."""

    epoch: int
    train_log_likelihood: float
    validation_log_likelihood: float | None
    parameters: tuple[float, ...]
    gradient_norm: float
    learning_rate: float


def row(tape: Tape, epoch: int) -> Row:
    """Join the steps before and after an epoch's update."""
    before, after = tape[epoch - 1], tape[epoch]
    return Row(
        epoch=epoch,
        train_log_likelihood=before.train,
        validation_log_likelihood=before.validation,
        parameters=after.parameters,
        gradient_norm=before.gradient_norm,
        learning_rate=before.learning_rate,
    )


def rows(tape: Tape, every: int, *, after: int = 0, upto: int | None = None) -> Iterator[Row]:
    """Rows of every so many epochs behind ``after``, and of the last epoch once it is known.

    ``upto`` is the newest epoch to look at, by default the tape's newest.
    """
    newest = len(tape) - 1 if upto is None else upto
    for epoch in range(after - after % every + every, newest + 1, every):
        yield row(tape, epoch)
    if tape.stop is not None and newest == tape.stop.epoch > after and newest % every:
        yield row(tape, newest)
