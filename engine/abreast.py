"""A function of many things in order, some of them abreast in threads.

It pays where the function spends its time in NumPy, which lets other threads go on.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

__all__ = ["abreast"]

One = TypeVar("One")
Other = TypeVar("Other")

THREADS = 2
AHEAD = 4
"""Results that are waited for at a time, so that they do not fill the memory."""


def abreast(function: Callable[[One], Other], things: Iterable[One]) -> Iterator[Other]:
    """Return the function of each in order; what it raises is raised in its place."""
    from concurrent.futures import Future, ThreadPoolExecutor  # noqa: PLC0415 - for long files

    waiting: deque[Future[Other]] = deque()
    with ThreadPoolExecutor(THREADS) as pool:
        for thing in things:
            waiting.append(pool.submit(function, thing))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
