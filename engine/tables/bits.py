"""Sets of places in a text as bits, 64 to a word, so that one operation moves over many bytes.

Bit i of a set is byte i of the text, the lowest bit first; carries go from word to word as in
one long number. An addition so carries bits through runs of ones to their ends, for many runs
at once (Langdale & Lemire, Parsing gigabytes of JSON per second, VLDB Journal 28, 2019).
"""

from collections.abc import Iterable
from functools import reduce

import numpy as np
from numpy.typing import NDArray

__all__ = ["Bits", "Places", "added", "before", "count", "flags", "later", "listed", "made"]
__all__ += ["next_stop", "odd_ones", "others", "packed", "previous", "rank", "through", "union"]

Bits = NDArray[np.uint64]
Places = NDArray[np.intp]

ONE, TOP, ALL = np.uint64(1), np.uint64(63), ~np.uint64(0)


def packed(chosen: NDArray[np.bool_]) -> Bits:
    """Make a set of the places that are chosen, shape (n,), in whole words."""
    eights = np.packbits(chosen, bitorder="little")
    eights.resize(8 * -(-chosen.size // 64), refcheck=False)
    return eights.view("<u8")


def made(at: Places, size: int) -> Bits:
    """Make a set of some of so many places."""
    chosen = np.zeros(size, dtype=bool)
    chosen[at] = True
    return packed(chosen)


def flags(places: Bits, size: int) -> NDArray[np.uint8]:
    """Return for each of so many bytes 1 where it is in the set, else 0."""
    return np.unpackbits(places.view(np.uint8), count=size, bitorder="little")


def listed(places: Bits) -> Places:
    """Return the places of a set in ascending order."""
    words = np.flatnonzero(places != 0)
    at = np.flatnonzero(flags(places[words], words.size * 64).view(np.bool_))
    found: Places = (words[at >> 6] << 6) + (at & 63)
    return found


def count(places: Bits) -> int:
    """Count the places of a set."""
    return int(np.bitwise_count(places).sum())


def union(sets: Iterable[Bits]) -> Bits:
    """Return the places that are in one of some sets."""
    return reduce(np.bitwise_or, sets)


def others(places: Bits, size: int) -> Bits:
    """Return those of so many places that are not in a set."""
    rest = ~places
    rest[-1] &= ALL >> np.uint64(-size % 64)
    return rest


def later(places: Bits, *, first: bool = False) -> Bits:
    """Move each place one on; ``first`` is whether one comes to the beginning."""
    moved = places << ONE
    moved[1:] |= places[:-1] >> TOP
    moved[0] |= np.uint64(first)
    return moved


def before(places: Bits) -> Bits:
    """Move each place one back."""
    moved = places >> ONE
    moved[:-1] |= places[1:] << TOP
    return moved


def added(one: Bits, other: Bits) -> Bits:
    """Add two sets as long numbers."""
    total = one + other
    carried = (total < one)[:-1]
    while True:
        total[1:] += carried
        full = carried & (total[1:] == 0)
        if not full.any():
            return total
        carried = np.append(False, full[:-1])


def through(run: Bits, places: Bits) -> Bits:
    """Return from each place the next that is not in ``run``, itself if it is not."""
    if not (started := places & run).any():
        return places
    return (added(run, started) | places) & ~run


def next_stop(stops: Bits, run: Bits, places: Bits) -> Bits:
    """Return from each place the next of ``stops``, between which ``run`` is; itself if it is one.

    Each place is the first, or right behind a stop, so that no run ends at another of them and
    one addition does for both kinds.
    """
    return added(run, places) & stops


def odd_ones(places: Bits) -> Bits:
    """Return what is from the first place of the set to before the second, and so on."""
    inside = places.copy()
    for step in (1, 2, 4, 8, 16, 32):
        inside ^= inside << np.uint64(step)
    inside[1:] ^= np.uint64(0) - np.bitwise_xor.accumulate(inside >> TOP)[:-1]
    return inside


def rank(places: Bits, at: Places) -> Places:
    """Count the places of a set that are before each of some."""
    words = np.append(0, np.cumsum(np.bitwise_count(places), dtype=np.intp))
    counts: Places = words[at >> 6] + np.bitwise_count(_below(places, at))
    return counts


def previous(places: Bits, at: Places) -> Places:
    """Return the last place of a set that is before each of some, −1 where there is none."""
    word, seen = at >> 6, _below(places, at)
    while (further := (seen == 0) & (word > 0)).any():
        word = word - further
        seen = np.where(further, places[word], seen)
    highest = np.frexp((seen & ~(seen >> ONE)).astype(float))[1] - 1
    return np.where(seen > 0, 64 * word + highest, -1)


def _below(places: Bits, at: Places) -> Bits:
    """Return of the words in which some places are what is before these."""
    below: Bits = places[at >> 6] & ~(ALL << (at & 63).astype(np.uint64))
    return below
