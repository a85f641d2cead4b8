"""Values gathered part by part: in memory while they are few, and in a file where they are many.

The file has no name, and goes when nothing stands on it any more. Its values are an array like
others, whose pages the system reads when they are asked for. ``parts`` gives them back behind a
pass, so that a pass over any number of values takes the memory of a few.
"""

import mmap
import tempfile
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

__all__ = ["CHUNK", "ONES", "Store", "every", "known", "on_disk", "parts"]

Array = NDArray[np.float64]

CHUNK = 10_000
"""Values that are worked on at a time: in the cache, and the most that BLAS takes in one thread."""
ONES = np.ones(CHUNK)
"""Weights of as many values that have none, shared so that they are known again."""
ONES.flags.writeable = False
MOST = 1 << 22
"""Values that are kept in memory."""
BEHIND = 1 << 20
"""Values after which a pass gives their memory back."""


class Store:
    """Gathers values; ``joined`` ends it."""

    def __init__(self) -> None:
        self.size = 0
        self.kept: list[Array] = []
        self.file: BinaryIO | None = None

    def add(self, values: Array) -> None:
        """Append some values; OSError where the disk has no room for them."""
        self.size += values.size
        self.kept.append(values)
        if self.file is None and self.size > MOST:
            self.file = tempfile.TemporaryFile()  # noqa: SIM115 - it is the map's from now on
        if self.file is not None:
            for part in self.kept:
                self.file.write(np.ascontiguousarray(part).data)
            self.kept = []

    def joined(self) -> Array:
        """Return all values in one array."""
        if self.file is None:
            return self.kept[0] if len(self.kept) == 1 else np.concatenate([*self.kept, []])
        with self.file as file:
            file.flush()
            return np.frombuffer(mmap.mmap(file.fileno(), 8 * self.size), np.float64)


def _map(values: Array) -> mmap.mmap | None:
    """Return what maps the file that values stand in; None for values in memory."""
    base: object = values
    while isinstance(base, np.ndarray):
        base = base.base
    base = base.obj if isinstance(base, memoryview) else base
    return base if isinstance(base, mmap.mmap) else None


def on_disk(values: Array) -> bool:
    """Whether values stand in a file."""
    return _map(values) is not None


def parts(values: Array, many: int) -> Iterator[slice]:
    """Places of so many values at a time, from the first to the last.

    Pages of a file are given back when as many values as ``BEHIND`` were passed, and at the end.
    """
    found, read = _map(values) if hasattr(mmap, "MADV_DONTNEED") else None, 0
    for begin in range(0, values.size, many):
        yield slice(begin, begin + many)
        read += many
        if found is not None and (read >= BEHIND or begin + many >= values.size):
            found.madvise(mmap.MADV_DONTNEED)
            read = 0


def every(values: Array, step: int) -> Array:
    """Return each value that is a multiple of ``step`` from the first."""
    if not on_disk(values):
        return values[::step]
    picked = [values[part][-part.start % step :: step].copy() for part in parts(values, BEHIND)]
    return np.concatenate(picked)


def known(values: Array) -> tuple[Array, NDArray[np.intp]]:
    """Return the values that are not NaN, and the places of the others."""
    store, gone = Store(), [np.zeros(0, dtype=np.intp)]
    for part in parts(values, BEHIND):
        missing = np.isnan(values[part])
        store.add(values[part][~missing])
        gone.append(part.start + np.flatnonzero(missing))
    return store.joined(), np.concatenate(gone)
