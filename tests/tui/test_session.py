"""A session moves a place along its tape and computes no step twice."""

import asyncio

from engine.experiments.experiment import Experiment
from engine.runs.training import Training
from tui.pace import FLAT_OUT, STAGE, Pace
from tui.session import Session


async def test_moving_stays_between_the_start_and_the_stop() -> None:
    session = Session(Training(Experiment(epochs=30)))
    await session.move(0)
    assert session.at == 0
    await session.move(-5)
    assert session.at == 0
    await session.move(10**6)
    assert session.at == 30
    assert session.finished
    await session.move(-7)
    assert session.at == 23
    assert not session.finished


async def test_playing_flat_out_ends_at_the_stop_and_yields_seldom() -> None:
    session = Session(Training(Experiment()))
    frames = [session.at async for _ in session.play(lambda: FLAT_OUT)]
    assert session.finished
    assert frames[-1] == 10_000
    assert len(frames) < 20
    assert not session.running


async def test_playing_ends_at_a_divergence_in_the_first_epoch() -> None:
    wild = Experiment.of({"data": "ten-points", "batch": 1, "learning_rate": 500.0, "epochs": 5})
    session = Session(Training(wild))
    async for _ in session.play(lambda: FLAT_OUT):
        pass
    assert session.finished
    assert session.at == 0
    assert session.tape.stop is not None
    assert session.tape.stop.reason.startswith("The steps diverged after epoch 0: ")


async def test_playing_at_a_pace_visits_places_in_order() -> None:
    session = Session(Training(Experiment()))
    places = [session.at async for _ in session.play(lambda: Pace("quick", 0.5))]
    assert places == sorted(places)
    assert places[-1] == 10_000
    assert len(places) > 3


async def test_a_pace_that_cannot_be_held_shows_how_far_it_is() -> None:
    endless = Experiment(epochs=10**9, patience=0, tolerance=0, near=0, learning_rate=1e-9)
    session = Session(Training(endless))
    async for _ in session.play(lambda: Pace("quick", 0.01)):
        session.running = False
    assert 0 < session.at < 10**9


async def test_the_event_loop_turns_while_it_plays_flat_out() -> None:
    training = Training(Experiment(epochs=200_000, patience=0, tolerance=0, learning_rate=1e-3))
    session = Session(training)
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while not session.finished:
            turns += 1
            await asyncio.sleep(0)

    turning = asyncio.create_task(turn())
    async for _ in session.play(lambda: FLAT_OUT):
        pass
    await turning
    assert turns > 20


async def test_being_told_to_stop_ends_the_play_at_once() -> None:
    training = Training(Experiment(epochs=10**9, patience=0, tolerance=0, learning_rate=1e-6))
    session = Session(training)
    async for _ in session.play(lambda: FLAT_OUT):
        session.running = False
    assert session.tape.stop is None
    assert session.at == len(session.tape) - 1


async def test_the_pace_may_change_on_the_way() -> None:
    session = Session(Training(Experiment()))
    paces = iter([STAGE, FLAT_OUT, STAGE])
    async for _ in session.play(lambda: next(paces, FLAT_OUT)):
        pass
    assert session.finished


async def test_a_leap_is_shown_on_its_way_and_ends_where_it_should() -> None:
    session = Session(Training(Experiment(epochs=400_000, patience=0, near=0, learning_rate=1e-4)))
    await session.move(3)
    places = [session.at async for _ in session.travel(session.tenths(1))]
    assert places[-1] == session.at == 40_003
    assert len(places) > 1
    assert places == sorted(places)
    assert not session.running
    assert [session.at async for _ in session.travel(session.tenths(-1))] == [3]


async def test_a_leap_can_be_paused() -> None:
    session = Session(Training(Experiment(epochs=10**9, patience=0, near=0, learning_rate=1e-9)))
    await session.move(0)
    async for _ in session.travel(session.tenths(1)):
        session.running = False
    assert 0 < session.at < 10**8


async def test_what_is_being_made_is_what_undo_takes_back() -> None:
    session = Session(Training(Experiment(epochs=50)))
    await session.move(10)
    steering = asyncio.create_task(session.steer({"learning_rate": 0.2}))
    undoing = asyncio.create_task(session.undo())
    await steering
    assert await undoing
    assert (len(session.journey.branches), session.at) == (1, 10)
    await session.steer({"learning_rate": 0.3})
    assert await session.undo()
    assert session.training.experiment.learning_rate == 0.1
    assert not await session.undo()


async def test_a_run_goes_on_from_its_end_where_only_its_stop_changes() -> None:
    session = Session(Training(Experiment(epochs=50)))
    await session.move(50)
    for changes in ({"patience": 3}, {"epochs": 60}, {"tolerance": 0.0, "near": 0.1}):
        await session.steer(changes)
        assert session.branch.begin == 50
        assert await session.undo()
    await session.steer({"patience": 3, "learning_rate": 0.2})
    assert session.branch.begin == 0
