"""A long run's tape is thinned out, and still gives back every step to the same digits."""

import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Tape
from engine.capsules.capsule import Capsule
from engine.capsules.replay import differences, replay
from engine.experiments.experiment import Experiment
from engine.reports.progress import rows
from engine.runs.journey import Journey
from engine.runs.race import Race
from engine.runs.spending import spent_by, steps_within
from engine.runs.training import Training
from engine.tapes.columns import COLUMNS
from engine.tapes.outline import LONG
from engine.tapes.recall import STRETCH
from engine.tapes.tape import Block
from tui.race_place import RacePlace
from tui.texts.race import document

ROOM = 2048
LENGTH = 5 * LONG


def recorded(length, seed=1):
    """Rows of a walk, with log-likelihoods that go up and down."""
    rng = np.random.default_rng(seed)
    epochs = np.arange(length, dtype=float)
    walks = np.cumsum(rng.normal(size=(2, length)), axis=1)
    spent = np.cumsum(rng.integers(1, 4, length)).astype(float)
    columns = [epochs, *walks, epochs / 8, epochs / 16, spent, epochs * 2, epochs * 3]
    return np.column_stack(columns)


def taped(found, room=ROOM, size=250, *, thin=True):
    tape = Tape(2, (lambda begin, end: found[begin:end]) if thin else None, room)
    for first in range(0, len(found), size):
        tape.append(Block(found[first : first + size], 0.5 + first % 3))
    return tape


FOUND = recorded(LENGTH)
THIN, WHOLE = taped(FOUND), taped(FOUND, thin=False)
PLACES = st.integers(0, LENGTH)


def test_few_rows_are_kept_with_both_ends_and_the_best_and_none_is_lost():
    kept = THIN.column("epoch").astype(int).tolist()
    assert len(THIN) == LENGTH
    assert len(kept) <= 1.5 * ROOM
    assert kept == sorted(set(kept))
    assert kept[0] == 0
    assert kept[-ROOM // 4 :] == list(range(LENGTH - ROOM // 4, LENGTH))
    assert {int(np.argmax(FOUND[:, 1])), int(np.argmax(FOUND[:, 2]))} <= set(kept)
    for epoch in [0, 1, 2, 255, 256, 257, 70_001, LENGTH - 1, -2, *range(90_000, 90_600)]:
        assert THIN[epoch] == WHOLE[epoch]
    for epoch in (LENGTH, -LENGTH - 1):
        with pytest.raises(IndexError):
            THIN[epoch]


def test_a_short_run_is_kept_whole():
    tape = taped(FOUND[:2000])
    assert tape.column("epoch").tolist() == list(range(2000))
    assert np.array_equal(tape.kept(), FOUND[:2000])


def test_memory_does_not_grow_with_the_run():
    room = 1 << 14
    block = Block(FOUND[:256].copy(), 0.1)
    tracemalloc.start()
    tape = Tape(2, lambda begin, end: FOUND[:256][begin % 256 : end - begin + begin % 256], room)
    for _ in range(4000):
        tape.append(block)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(tape) == 1_024_000
    assert peak < 3 * room * 8 * 8


@settings(max_examples=60)
@given(PLACES, PLACES)
def test_the_outline_is_that_of_all_steps(one, other):
    begin, end = sorted((one, other))
    found, expected = (tape.outline("train", begin, end) for tape in (THIN, WHOLE))
    if end - begin >= LONG or end - begin < 4 * STRETCH:
        assert [part.tolist() for part in found] == [part.tolist() for part in expected]
    else:
        assert [found[1].min(), found[1].max()] == [expected[1].min(), expected[1].max()]
        assert np.all(np.diff(found[0]) >= 0)


@given(st.integers(1, LENGTH), st.sampled_from(["train", "validation"]))
def test_the_best_step_so_far_is_the_same(upto, name):
    assert THIN.highest(name, upto) == int(np.argmax(WHOLE.column(name, upto)))


def test_the_best_step_is_followed_as_the_tape_grows():
    tape = Tape(2, lambda begin, end: FOUND[begin:end], ROOM)
    for first in range(0, 20_000, 100):
        tape.append(Block(FOUND[first : first + 100], 0.5))
        assert tape.best() == int(np.argmax(FOUND[: first + 100, 2]))


@given(PLACES, PLACES)
def test_a_part_has_its_ends(one, other):
    begin, end = sorted((one, other))
    if begin < end:
        kept = THIN.kept(begin, end)
        epochs = kept[:, 0].astype(int)
        assert (epochs[0], epochs[-1]) == (begin, end - 1)
        assert np.all(np.diff(epochs) > 0)
        assert np.array_equal(kept, FOUND[epochs])


@given(st.integers(1, LENGTH), st.sampled_from(["evaluations", "seconds"]))
def test_what_was_spent_is_found_to_the_step(steps, clock):
    limit = spent_by(WHOLE, clock, steps)
    assert spent_by(THIN, clock, steps) == limit
    assert steps_within(THIN, clock, limit) == steps_within(WHOLE, clock, limit) == steps
    assert steps_within(THIN, "evaluations", 0.0) == 0
    assert steps_within(THIN, clock, np.inf) == LENGTH


RUNS = {
    "adam": {"optimizer": "adam"},
    "memory": {"optimizer": "lbfgs", "learning_rate": 1e-4},
    "values": {"optimizer": "nelder-mead", "near": 0.0},
    "refined": {"optimizer": "momentum", "batch": 50, "noise": 0.1, "average_from": 100},
    "unvalidated": {"validation": 0.0},
    "plateau": {"schedule": "plateau"},
}


def run(**settings):
    usual = {"n": 120, "epochs": 6000, "patience": 0, "tolerance": 0.0}
    return Experiment.of(
        {
            **usual,
            "true": {"mean": 7.2, "variance": 7.84},
            "start": {"mean": 1.0, "variance": 2.0},
            **settings,
        }
    )


@pytest.mark.parametrize("settings", RUNS.values(), ids=RUNS)
def test_a_training_makes_its_steps_again_to_the_same_digits(settings):
    epochs = 1500 if "batch" in settings else 6000
    training = Training(run(epochs=epochs, **settings))
    thin, whole = Tape(2, training.again, ROOM), Tape(2)
    for block in training.blocks():
        thin.append(block)
        whole.append(block)
    for begin in (*range(0, len(whole), 700), len(whole) - 1, 3, 300):
        end = min(begin + 300, len(whole))
        again = training.again(begin, end)
        assert again.tobytes() == whole.rows(begin, end).tobytes()
    assert [*rows(thin, 100)] == [*rows(whole, 100)]
    assert thin.best() == whole.best()


def walked(journey):
    """Branch by other rules and by hand from steps that may be thinned out."""
    first = journey.branches[0]
    first.seen = first.reach(5500)
    faster = journey.branch(first, 1234, {"learning_rate": 0.02})
    faster.seen = faster.reach(5000)
    moved = journey.drive(faster, 1300, (6.0, 9.0))
    moved.seen = moved.reach(5900)
    again = journey.drive(moved, 1301, (6.5, 9.5))
    again.seen = again.reach(4000)
    return [first, faster, moved, again]


def test_branches_stand_on_what_was_thinned_out(monkeypatch):
    experiment = run(learning_rate=0.01)
    whole = walked(Journey(Training(experiment)))
    monkeypatch.setattr("engine.tapes.tape.ROOM", 8 * 8 * ROOM)
    journey = Journey(Training(experiment))
    thin = walked(journey)
    for one, other in zip(thin, whole, strict=True):
        assert one.tape.column("epoch").size < other.tape.column("epoch").size == len(one.tape)
        assert one.tape.rows(0, len(one.tape)).tobytes() == other.tape.kept().tobytes()
    capsule = Capsule.of(journey, thin[2], 1299)
    assert capsule.parts[2].parameters == whole[2].tape[5900].parameters
    assert differences(capsule, replay(Capsule.read(capsule.to_line()))) == []


def test_columns_are_of_the_steps_that_are_kept():
    for name in COLUMNS:
        found = THIN.column(name, 70_000)
        epochs = THIN.column("epoch", 70_000).astype(int)
        assert np.array_equal(found, WHOLE.column(name)[epochs])
        assert epochs[-1] < 70_000
    assert np.array_equal(
        THIN.parameters(900), WHOLE.parameters()[THIN.column("epoch", 900).astype(int)]
    )


LANES = ("gradient-ascent", "adam", "lbfgs")


def raced(epochs, clock="evaluations"):
    race = Race(run(epochs=epochs, learning_rate=1e-4, validation=0.0), LANES, clock=clock)
    while not race.over:
        race.advance()
    return race


def test_the_lanes_of_a_race_are_thinned_out_and_none_of_their_steps_is_lost(monkeypatch):
    whole = raced(6000)
    monkeypatch.setattr("engine.tapes.tape.ROOM", 8 * 8 * ROOM)
    thin = raced(6000)
    assert thin.maximum == whole.maximum
    assert document(thin)["lanes"][0]["steps"] == document(whole)["lanes"][0]["steps"]
    places = RacePlace(thin), RacePlace(whole)
    for name in LANES:
        kept, every = thin.tapes[name], whole.tapes[name]
        assert kept[len(every) // 5] == every[len(every) // 5]
        assert len(every) < ROOM or kept.column("epoch").size < len(every) == len(kept)
        for position in (1.0, 700.5, 3001.0, 1e6):
            for place in places:
                place.stand(position)
            few, all_of_them = (place.course(name) for place in places)
            assert places[0].steps(name) == places[1].steps(name)
            assert few[0][[0, -1]].tolist() == all_of_them[0][[0, -1]].tolist()
            assert few[1][[0, -1]].tolist() == all_of_them[1][[0, -1]].tolist()


def test_memory_does_not_grow_with_a_race(monkeypatch):
    monkeypatch.setattr("engine.tapes.tape.ROOM", 8 * 8 * ROOM)
    peaks = []
    # by 20,000 a lane remembers as many of the stretches that were made again as it ever does
    for epochs in (20_000, 80_000):
        tracemalloc.start()
        race = raced(epochs)
        assert any(len(tape) == epochs + 1 for tape in race.tapes.values())
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0]
