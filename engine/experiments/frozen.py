"""A table of names and numbers that nobody changes, so that it may be hashed, copied and sent."""

from collections.abc import Iterator, Mapping
from typing import final

__all__ = ["FrozenTable"]


@final
class FrozenTable(Mapping[str, float]):
    """The pairs of another mapping as they are now; equal to any mapping with the same pairs."""

    __slots__ = ("_pairs",)

    def __init__(self, pairs: Mapping[str, float]) -> None:
        self._pairs = dict(pairs)

    def __getitem__(self, name: str) -> float:
        return self._pairs[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __hash__(self) -> int:
        return hash(frozenset(self._pairs.items()))

    def __repr__(self) -> str:
        return repr(self._pairs)
