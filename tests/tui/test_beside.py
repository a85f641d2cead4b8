"""What is computed beside the event loop comes back, whatever it is, and holds nothing up."""

import asyncio
import threading

import pytest

from tui.beside import beside


async def test_what_is_returned_or_raised_comes_back() -> None:
    assert await beside(divmod, 7, 2) == (3, 1)
    with pytest.raises(ZeroDivisionError):
        await beside(divmod, 7, 0)


async def test_it_is_in_another_thread_that_an_end_does_not_wait_for() -> None:
    thread = await beside(threading.current_thread)
    assert thread is not threading.current_thread()
    assert thread.daemon


def test_a_loop_that_ends_meanwhile_is_left_alone() -> None:
    goes_on, over = threading.Event(), threading.Event()

    def wait() -> None:
        goes_on.wait()
        over.set()

    async def leave() -> None:
        task = asyncio.create_task(beside(wait))
        await asyncio.sleep(0)
        task.cancel()

    asyncio.run(leave())
    goes_on.set()
    assert over.wait(10)
