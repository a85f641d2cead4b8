"""What steps along a path come to, as rows of a tape."""

import numpy as np

from engine.distributions.base import Array
from engine.likelihoods.likelihood import Likelihood
from engine.runs.ascent import Path
from engine.runs.waypoint import Waypoint
from engine.tapes.columns import (
    COLUMNS,
    EPOCH,
    EVALUATIONS,
    GRADIENT_NORM,
    LEARNING_RATE,
    PARAMETERS,
    TRAIN,
    VALIDATION,
)

__all__ = ["measured"]


def measured(
    path: Path, at: Waypoint, points: Array, train: Likelihood, validation: Likelihood | None
) -> Array:
    """Rows for a path from a waypoint, as far as every number in them is finite.

    ``points`` are the parameters at its places, shape (n, k).
    """
    rows = np.empty((len(points), len(COLUMNS) + points.shape[1]))
    rows[:, EPOCH] = np.arange(at.epoch, at.epoch + len(points))
    rows[:, TRAIN] = train.values(points)
    rows[:, VALIDATION] = 0.0 if validation is None else validation.values(points)
    with np.errstate(over="ignore", invalid="ignore"):
        rows[:, GRADIENT_NORM] = np.sqrt(np.sum(path.gradients * path.gradients, axis=1))
    rows[:, LEARNING_RATE] = path.rates
    rows[:, EVALUATIONS] = at.evaluations + np.cumsum(1.0 + np.array(path.extra, dtype=float))
    rows[:, PARAMETERS] = points
    finite = np.isfinite(rows).all(axis=1)
    rows = rows if finite.all() else rows[: int(np.argmin(finite))]
    if validation is None:
        rows[:, VALIDATION] = np.nan
    return rows
