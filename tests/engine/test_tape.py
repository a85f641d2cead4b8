"""A tape gives back the steps that were appended, by epoch and in columns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Tape
from engine.stopping import Cause, Stop
from engine.tapes.columns import COLUMNS
from engine.tapes.tape import Block

STOP = Stop(epoch=9, cause=Cause.BUDGET, reason="Over.", best=3, converged=False)


def block(first, size, stop=None, validation=True):
    """Make rows whose every number tells its column and its epoch."""
    epochs = np.arange(first, first + size, dtype=float)
    columns = [
        epochs,
        -epochs,
        epochs % 7,
        epochs / 8,
        epochs / 16,
        epochs + 1,
        epochs * 2,
        epochs * 3,
    ]
    rows = np.column_stack(columns)
    if not validation:
        rows[:, COLUMNS.index("validation")] = np.nan
    return Block(rows, 0.5, stop)


def filled(*sizes, stop=None, validation=True):
    tape, first = Tape(2), 0
    for i, size in enumerate(sizes, 1):
        tape.append(block(first, size, stop if i == len(sizes) else None, validation))
        first += size
    return tape


def test_a_new_tape_is_empty():
    tape = Tape(2)
    assert (len(tape), tape.seconds, tape.stop) == (0, 0.0, None)
    assert list(tape) == []
    for index in (0, -1):
        with pytest.raises(IndexError):
            tape[index]


@given(st.lists(st.integers(1, 1500), min_size=1, max_size=6))
def test_a_tape_grows_and_keeps_every_step(sizes):
    tape = filled(*sizes)
    assert len(tape) == sum(sizes)
    assert tape.seconds == 0.5 * len(sizes)
    expected = block(0, sum(sizes)).rows
    found = [tape.column(name) for name in COLUMNS]
    assert np.column_stack([*found, tape.parameters()]).tolist() == expected.tolist()


def test_a_step_has_the_numbers_of_its_row():
    step = filled(10)[5]
    assert (step.epoch, step.parameters, step.train, step.validation) == (
        5,
        (10.0, 15.0),
        -5.0,
        5.0,
    )
    assert (step.gradient_norm, step.learning_rate, step.evaluations) == (0.625, 0.3125, 6)
    assert type(step.epoch) is type(step.evaluations) is int
    assert type(step.train) is type(step.parameters[0]) is float


@pytest.mark.parametrize("index", [0, 1, 1023, 1024, 2999])
def test_an_index_is_an_epoch_and_a_negative_one_counts_from_the_end(index):
    tape = filled(1024, 1024, 952)
    assert tape[index].epoch == index
    assert tape[index - 3000] == tape[index]


@pytest.mark.parametrize("index", [10, 11, -11])
def test_beyond_the_ends_there_is_no_step(index):
    with pytest.raises(IndexError):
        filled(10)[index]


def test_iteration_gives_the_steps_of_the_blocks():
    assert list(filled(7, 3, stop=STOP)) == [*block(0, 7), *block(7, 3, STOP)]


def test_only_the_last_step_carries_the_stop():
    tape = filled(5, 5, stop=STOP)
    assert [step.stop for step in tape] == [None] * 9 + [STOP]
    assert tape[-1].stop is tape[9].stop is tape.stop is STOP
    assert all(step.stop is None for step in filled(5, 5))


def test_without_validation_a_step_has_none():
    tape = filled(10, validation=False)
    assert all(step.validation is None for step in tape)
    assert tape.best() == 9
    assert tape.best(4) == 3


def test_the_best_step_is_the_first_with_the_highest_validation():
    tape = filled(30)
    assert tape.best() == 6
    assert [tape.best(upto) for upto in (1, 3, 7, 20, 1000)] == [0, 2, 6, 6, 6]


@pytest.mark.parametrize(("upto", "length"), [(None, 10), (0, 0), (4, 4), (10, 10), (99, 10)])
def test_a_column_ends_before_upto(upto, length):
    tape = filled(10)
    assert tape.column("epoch", upto).tolist() == list(range(length))
    assert tape.parameters(upto).shape == (length, 2)


def test_a_column_taken_before_an_append_stays_as_it_was():
    tape = filled(1000)
    before = tape.column("train")
    tape.append(block(1000, 1000))
    assert before.tolist() == [-float(i) for i in range(1000)]


def test_an_unknown_column_is_refused():
    with pytest.raises(ValueError, match="not in tuple"):
        filled(3).column("loss")
