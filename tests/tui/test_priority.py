"""What computes beside the event loop goes on while that has nothing to do, and only then."""

import asyncio
import os
import sys
import threading

import pytest

from engine import turnstile
from engine.turnstile import COMPUTING
from tui.beside import beside
from tui.priority import priority_loop


def test_a_thread_computes_while_the_loop_waits_and_stands_while_it_works(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turnstile, "LONGEST", 60.0)
    steps, left, arrived = [0], threading.Event(), threading.Event()

    def compute() -> None:
        while not left.is_set():
            if COMPUTING.shut:
                arrived.set()
                COMPUTING.wait()
                arrived.clear()
            steps[0] += 1

    async def work() -> list[tuple[int, int]]:
        computing, seen = asyncio.create_task(asyncio.to_thread(compute)), []
        for _ in range(10):
            await asyncio.sleep(1e-3)
            arrived.wait()
            before = steps[0]
            sum(range(10_000))
            seen.append((before, steps[0]))
        left.set()
        await computing
        return seen

    with asyncio.Runner(loop_factory=priority_loop) as runner:
        seen = runner.run(work())
    assert all(after - before <= 1 for before, after in seen)
    assert seen[0][0] < seen[-1][0]
    COMPUTING.open()


def test_a_thread_that_computes_is_nicer_than_the_one_that_reads_keys() -> None:
    async def niceness() -> tuple[int, int, int]:
        def own() -> int:
            return os.getpriority(os.PRIO_PROCESS, 0)

        return await asyncio.to_thread(own), await beside(own), own()

    with asyncio.Runner(loop_factory=priority_loop) as runner:
        run, other, keys = runner.run(niceness())
    if sys.platform == "linux":
        assert min(run, other) > keys
    else:
        assert run == other == keys
