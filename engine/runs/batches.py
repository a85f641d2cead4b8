"""Mini-batches: a sample in parts, in an order that is drawn anew for every epoch."""

from collections.abc import Iterator

import numpy as np

from engine.samples.sample import Sample

__all__ = ["batches"]


def batches(sample: Sample, size: int, seed: int, epoch: int) -> Iterator[Sample]:
    """Cut the permutation of a seed and an epoch into batches; the last is what is left.

    Robbins & Monro, A stochastic approximation method (1951); one epoch is one pass.
    """
    order = np.random.default_rng([seed, epoch]).permutation(sample.n)
    for begin in range(0, sample.n, size):
        yield sample.pick(order[begin : begin + size])
