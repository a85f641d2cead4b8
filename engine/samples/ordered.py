"""The values of a sample in ascending order, however many: a range of them at a time.

Values on disk are not sorted there. Each pass over them picks those of one range, which are few
enough for the memory and come in their order; the ranges follow one another.
"""

from collections.abc import Iterator

import numpy as np

from engine.samples.sample import Array, Sample
from engine.samples.store import BEHIND, every, on_disk, parts

__all__ = ["ordered", "thinned"]

RANGE = 1 << 20
"""Values of a range, about."""
THIN = 1 << 18
"""Values that are left of many."""
AT_ONCE = 1 << 17
"""Values that are handed out at a time."""


def ordered(sample: Sample) -> Iterator[tuple[Array, Array]]:
    """Distinct values in ascending order and their frequencies, some at a time."""
    for values, weights in _ranges(sample):
        for begin in range(0, values.size, AT_ONCE):
            part = slice(begin, begin + AT_ONCE)
            yield values[part], weights[part]


def _ranges(sample: Sample) -> Iterator[tuple[Array, Array]]:
    """The same, range after range; all at once from the memory."""
    if not on_disk(sample.values):
        yield _distinct(sample.values, sample.frequencies)
        return
    ranges = -(-sample.values.size // RANGE)
    cuts = np.quantile(thinned(sample).values, np.arange(1, ranges) / ranges)
    edges = np.unique(np.concatenate([[-np.inf], cuts, [np.inf]]))
    for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        found = [_between(sample, part, low, high) for part in parts(sample.values, BEHIND)]
        values, counts = (np.concatenate(each) for each in zip(*found, strict=True))
        if values.size:
            yield _distinct(values, counts)


def _between(sample: Sample, part: slice, low: float, high: float) -> tuple[Array, Array]:
    """Distinct values of a part that are above one end and not above the other."""
    values = sample.values[part]
    inside = (values > low) & (values <= high)
    return _distinct(values[inside], sample.frequencies[part][inside])


def _distinct(values: Array, weights: Array) -> tuple[Array, Array]:
    order = np.argsort(values)
    values, weights = values[order], weights[order]
    firsts = np.flatnonzero(np.append(values.size > 0, values[1:] != values[:-1]))
    return values[firsts], np.add.reduceat(weights, firsts) if firsts.size else weights


def thinned(sample: Sample) -> Sample:
    """Return the sample itself from the memory, else evenly spaced values of it."""
    if not on_disk(sample.values):
        return sample
    step = -(-sample.values.size // THIN)
    weights = None if sample.weights is None else every(sample.weights, step)
    values = every(sample.values, step)
    return Sample(values, weights, sample.censored, sample.truncation, sample.notes)
