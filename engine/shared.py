"""Work shared out over processes, which end at once where nobody waits for it any more.

Each of them listens on a line that this process holds. It is cut by ``close``, and by the
system where this process is gone in whatever way, so that none is left behind.
"""

import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Thread
from types import TracebackType
from typing import Generic, Self, TypeVar

__all__ = ["Shared"]

T = TypeVar("T")
R = TypeVar("R")


class Shared(Iterator[R], Generic[T, R]):
    """What a function returns for each of some items, in order, by so many processes.

    A single one is this process itself. Function, items and results must be picklable otherwise.
    """

    def __init__(self, work: Callable[[T], R], items: Iterable[T], processes: int) -> None:
        self._pool: ProcessPoolExecutor | None = None
        if processes == 1:
            self._results: Iterator[R] = map(work, items)
            return
        context = get_context("spawn")  # a fork would copy the threads of a lab in mid-air
        heard, self._line = context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(processes, context, _listen, (heard,))
        self._results = self._pool.map(work, items)
        heard.close()

    def __next__(self) -> R:
        try:
            return next(self._results)
        except StopIteration:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what is not there yet; from any thread, and as often as one likes."""
        if self._pool is not None:
            self._line.close()
            self._pool.shutdown(wait=False, cancel_futures=True)


def _listen(line: Connection) -> None:
    """End when the line is cut, and leave interrupts to the process that waits."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(line,), daemon=True).start()


def _end_with(line: Connection) -> None:
    line.poll(None)
    os._exit(1)
