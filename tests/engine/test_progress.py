"""Rows come every so many epochs, each once, and the last epoch's once the run is over."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, Tape, Training
from engine.reports.progress import row, rows

from .helpers import record

RUN = Experiment(n=60, seed=7, epochs=250, patience=0, tolerance=0.0)


def recorded(epochs, **changes):
    return record(Training(dataclasses.replace(RUN, epochs=epochs, **changes)))


def epochs_of(lines):
    return [line.epoch for line in lines]


@pytest.mark.parametrize(
    ("epochs", "every", "expected"),
    [
        (250, 100, [100, 200, 250]),
        (200, 100, [100, 200]),
        (30, 100, [30]),
        (3, 1, [1, 2, 3]),
        (1, 1, [1]),
    ],
)
def test_every_so_many_epochs_and_the_last(epochs, every, expected):
    assert epochs_of(rows(recorded(epochs), every)) == expected


def test_a_run_that_goes_on_has_no_last_row_yet():
    training, tape = Training(dataclasses.replace(RUN, epochs=5000)), Tape(2)
    blocks = training.blocks()
    while len(tape) < 1000:
        tape.append(next(blocks))
    assert epochs_of(rows(tape, 100)) == list(range(100, len(tape), 100))
    assert epochs_of(rows(tape, 10**6)) == []


def test_a_run_that_ends_where_it_starts_has_no_rows():
    tape = recorded(300, coordinates="unconstrained", learning_rate=1e3)
    assert tape.stop.epoch == 0
    assert list(rows(tape, 100)) == []


@given(st.integers(1, 300), st.integers(1, 120), st.lists(st.integers(0, 300), max_size=4))
def test_rows_taken_piece_by_piece_are_the_rows(epochs, every, cuts):
    tape = recorded(epochs)
    pieces, after = [], 0
    for upto in [*sorted(min(cut, epochs) for cut in cuts), epochs]:
        pieces += rows(tape, every, after=after, upto=upto)
        after = upto
    assert pieces == list(rows(tape, every))


def test_rows_are_rows():
    tape = recorded(250)
    assert list(rows(tape, 100)) == [row(tape, 100), row(tape, 200), row(tape, 250)]


def test_without_validation_a_row_has_none():
    tape = recorded(10, validation=0.0)
    assert [line.validation_log_likelihood for line in rows(tape, 5)] == [None, None]
