"""A list of which, once it is long, every second, fourth, … entry is kept."""

from typing import Generic, TypeVar

__all__ = ["Spaced"]

Entry = TypeVar("Entry")


class Spaced(Generic[Entry]):
    """At most so many of the entries added, evenly spaced. One thread may add while others look."""

    def __init__(self, first: Entry, most: int) -> None:
        self.entries = [first]
        self._most = most
        self._added = 0
        self._stride = 1

    def add(self, entry: Entry) -> None:
        """Keep an entry, or let it go."""
        self._added += 1
        if self._added % self._stride:
            return
        self.entries.append(entry)
        if len(self.entries) > self._most:
            self._stride *= 2
            self.entries = self.entries[::2]
