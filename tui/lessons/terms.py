"""The terms of a likelihood: each value's density and its logarithm, and how they add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tui.snapshot import Snapshot

__all__ = ["MOST", "Terms", "chosen", "terms"]

Array = NDArray[np.float64]

MOST = 20_000
"""Values of a sample whose terms are told."""


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What each value adds, in the order of the sample, each an array (n,).

    ``product`` and ``total`` are the running product of the densities, in doubles as they
    are, and the running sum of their logarithms.
    """

    values: Array
    density: Array
    logarithm: Array
    product: Array
    total: Array


def terms(snapshot: Snapshot) -> Terms | None:
    """Return the terms of what is trained on, at the parameters of the place.

    None where there are more than ``MOST``, or where values have weights or are censored.
    """
    training = snapshot.training
    sample = training.ground.train.sample
    if not sample.plain or sample.weights is not None or sample.values.size > MOST:
        return None
    parameters = snapshot.tape[snapshot.at].parameters
    with np.errstate(all="ignore"):
        logarithm = training.family(*parameters).log_density(sample.values)
        density: Array = np.exp(logarithm)
        product = np.multiply.accumulate(density)
        return Terms(sample.values, density, logarithm, product, np.add.accumulate(logarithm))


def chosen(count: int, rows: int) -> list[int]:
    """Choose places of ``count`` terms to show in so many rows: all, or first, spread and last."""
    if count <= rows:
        return list(range(count))
    spread = np.rint(np.geomspace(1, count, rows)).astype(int) - 1
    for i in range(1, rows):
        spread[i] = max(spread[i], spread[i - 1] + 1)
    return [int(place) for place in spread]
