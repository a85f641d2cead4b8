"""What steps had spent, by the evaluations of the likelihood or by seconds."""

import numpy as np
from numpy.typing import NDArray

from engine.tapes.columns import EVALUATIONS
from engine.tapes.tape import Tape

__all__ = ["spent_by", "steps_within"]

Array = NDArray[np.float64]


def spent_by(tape: Tape, clock: str, steps: int) -> float:
    """What so many first steps had spent."""
    if clock == "seconds":
        return float(tape.elapsed(np.array(float(steps))))
    return float(tape[steps - 1].evaluations) if steps else 0.0


def steps_within(tape: Tape, clock: str, limit: float) -> int:
    """How many first steps had spent at most so much."""
    epochs = tape.column("epoch")
    if clock == "seconds":
        spent = tape.elapsed(epochs + 1.0)
    else:
        spent = tape.column("evaluations", int(epochs[-1]) + 1)
    place = int(spent.searchsorted(limit, "right"))
    begin = int(epochs[place - 1]) + 1 if place else 0
    end = int(epochs[place]) if place < len(epochs) else begin
    if begin >= end:
        return begin
    # the first that spent more may be one that is not kept
    between = _between(tape, clock, begin, end)
    return begin + int(between.searchsorted(limit, "right"))


def _between(tape: Tape, clock: str, begin: int, end: int) -> Array:
    if clock == "seconds":
        return tape.elapsed(np.arange(begin + 1.0, end + 1.0))
    return tape.rows(begin, end)[:, EVALUATIONS]
