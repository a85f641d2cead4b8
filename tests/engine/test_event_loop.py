"""Asynchronous training leaves the event loop free, and may be left or cancelled at any step."""

import asyncio
import contextlib
import dataclasses
import itertools
import threading

import pytest

from engine import Experiment, Training

from .helpers import bits

LONG = Experiment(n=60, epochs=50_000, learning_rate=1e-3, patience=0, tolerance=0.0)
ENDLESS = dataclasses.replace(LONG, epochs=10**9, learning_rate=1e-12)


@contextlib.asynccontextmanager
async def turning():
    """Count the turns of the event loop meanwhile."""
    turns = itertools.count(1)
    seen = [0]

    async def turn():
        while True:
            seen[0] = next(turns)
            await asyncio.sleep(0)

    task = asyncio.create_task(turn())
    yield seen
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def test_other_tasks_go_on_while_steps_are_awaited():
    async with turning() as turns:
        steps = 0
        async for _ in Training(LONG):
            steps += 1
        assert steps == 50_001
        assert turns[0] > 1


async def test_other_tasks_go_on_between_any_two_batches():
    async with turning() as turns:
        seen = [turns[0] async for _ in Training(LONG).stream()]
    assert len(seen) > 1
    assert all(a < b for a, b in itertools.pairwise(seen))


async def test_blocks_are_computed_beside_the_loop(monkeypatch):
    training, threads = Training(LONG), set()
    blocks = training.blocks

    def watched():
        for block in blocks():
            threads.add(threading.get_ident())
            yield block

    monkeypatch.setattr(training, "blocks", watched)
    async for _ in training.stream():
        pass
    assert threads
    assert threading.get_ident() not in threads


async def test_cancelling_from_outside_ends_the_iteration():
    begun = asyncio.Event()

    async def climb():
        async for _ in Training(ENDLESS):
            begun.set()

    task = asyncio.create_task(climb())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert task.cancelled()


async def test_cancelling_between_batches_stops_the_computing():
    training = Training(ENDLESS)
    stream = training.stream()
    await anext(stream)
    await stream.aclose()
    with pytest.raises(StopAsyncIteration):
        await anext(stream)


@pytest.mark.parametrize("steps", [1, 1024, 3000])
async def test_leaving_early_keeps_the_steps_so_far(steps):
    training, taken = Training(ENDLESS), []
    async with contextlib.aclosing(aiter(training)) as iteration:
        async for step in iteration:
            taken.append(step)
            if len(taken) == steps:
                break
    assert bits(taken) == bits(itertools.islice(training, steps))


async def test_breaking_out_needs_no_care():
    async for step in Training(ENDLESS):
        if step.epoch == 10:
            break
    assert step.epoch == 10


async def test_two_runs_may_be_awaited_together():
    async def last(training):
        return [step async for step in training][-1]

    training = Training(dataclasses.replace(LONG, epochs=5000))
    first, second = await asyncio.gather(last(training), last(training))
    assert bits([first]) == bits([second])


async def test_a_refusal_reaches_whoever_awaits(tmp_path):
    experiment = dataclasses.replace(LONG, fixed={"variance": 2.3e-308})
    with pytest.raises(ValueError, match="the start has no finite log-likelihood"):
        [step async for step in Training(experiment)]
