"""What arrays must be to make up a sample; a ValueError says in one sentence what is not."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.samples.store import on_disk

__all__ = ["add_up", "bounded", "frequencies", "vector"]

Array = NDArray[np.float64]


def vector(numbers: ArrayLike, name: str) -> Array:
    """Return numbers as a vector of doubles, as they are where they already are one."""
    found = np.asarray(numbers, dtype=float)
    if found.ndim != 1:
        raise ValueError(f"{name}: a vector is needed, and its shape is {found.shape}")
    return found


def frequencies(weights: ArrayLike, size: int) -> Array:
    """Return frequency weights, finite and not below 0, one for each of so many rows."""
    found = vector(weights, "weights")
    if found.size != size:
        raise ValueError(f"weights: {size} are needed, one for each row, and not {found.size}")
    if on_disk(found):
        return found
    if size and not 0.0 <= found.min() <= found.max() < math.inf:
        raise ValueError("weights: they must be finite, and none of them below 0")
    if not add_up(found):
        raise ValueError("weights: no double holds what they add up to")
    return found


def add_up(weights: Array) -> bool:
    """Whether a double holds what finite weights add up to."""
    most = float(weights.max(initial=0.0))
    return weights.size * most < math.inf or sum(weights.tolist()) < math.inf


def bounded(low: Array, high: Array) -> None:
    """Hold bounds to be as many on either side, none missing, and none above its other one."""
    if low.size != high.size:
        raise ValueError(f"bounds: there are {low.size} lower and {high.size} upper ones")
    if not (low <= high).all():
        raise ValueError("bounds: a lower one is above its upper one, or missing")
