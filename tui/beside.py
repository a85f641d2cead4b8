"""Computing beside the event loop what may take seconds, without holding the lab up at its end.

Threads of asyncio are waited for when a program ends; these are not. What they compute then is
lost, which is what leaving means.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import ParamSpec, TypeVar

from tui.priority import step_back

__all__ = ["beside"]

P = ParamSpec("P")
T = TypeVar("T")


async def beside(function: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """Call a function in a thread of its own; return what it returns, or raise what it raises."""
    loop = asyncio.get_running_loop()
    found: asyncio.Future[T] = loop.create_future()

    def settle(settled: Callable[[], None]) -> None:
        """Tell the loop, unless nobody waits any more or it is closed."""
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(lambda: None if found.done() else settled())

    def run() -> None:
        """Compute, and hand over what came of it."""
        step_back()
        try:
            result = function(*given, **named)
        except Exception as fault:  # noqa: BLE001 - it is raised where it is waited for
            reason = fault
            settle(lambda: found.set_exception(reason))
        else:
            settle(lambda: found.set_result(result))

    Thread(target=run, name=f"beside: {getattr(function, '__name__', '')}", daemon=True).start()
    return await found
