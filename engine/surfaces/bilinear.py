"""Bilinear interpolation of a field of which parts may be −∞."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["bilinear"]

Array = NDArray[np.float64]


def bilinear(field: Array, rows: Array, columns: Array) -> Array:
    """Values between the entries of a (p, q) field, at fractional indices; shape (m, n).

    Indices outside are taken as the nearest inside. Next to what is not finite, where
    there is nothing to weigh, the nearer entry is taken.
    """
    return _along(_along(field, rows).T, columns).T


def _along(field: Array, places: Array) -> Array:
    """Interpolate along the first axis."""
    places = np.clip(places, 0, len(field) - 1)
    before = places.astype(np.intp)
    after = np.minimum(before + 1, len(field) - 1)
    share = (places - before)[:, np.newaxis]
    with np.errstate(invalid="ignore", over="ignore"):
        mixed: Array = field[before] * (1.0 - share) + field[after] * share
    if not np.isfinite(mixed).all():
        nearer = np.where(share < 0.5, field[before], field[after])
        mixed = np.where(np.isfinite(mixed), mixed, nearer)
    return mixed
