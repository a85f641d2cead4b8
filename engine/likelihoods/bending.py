"""Newton's step where a surface is not concave: its matrix bent, so that the step leads upwards.

    s = V |Λ|⁻¹ Vᵀ g,   J = V Λ Vᵀ

with the absolute values of J's eigenvalues, those near 0 raised (Nocedal & Wright, Numerical
Optimization, section 3.4). J is scaled to a diagonal of ±1 before, so that the units of the
parameters do not matter.
"""

from collections.abc import Sequence

import numpy as np

from engine.distributions.base import Array

__all__ = ["CONCAVE", "bent_solution", "bent_step"]

CONCAVE = 1e-14
"""Least eigenvalue or pivot of a scaled matrix that is more than its entries' rounding."""
LEAST_BEND = 1e-6
"""Least that an eigenvalue of a scaled matrix is raised to, lest a flat surface sends far away."""


def bent_solution(scaled: Array, right: Array, concave: float = CONCAVE) -> Array:
    """Solve a system with the matrix bent, unless its eigenvalues are above ``concave``."""
    values, vectors = np.linalg.eigh(scaled)
    bent = values if values[0] > concave else np.maximum(np.abs(values), LEAST_BEND)
    found: Array = vectors @ (vectors.T @ right / bent)
    return found


def bent_step(matrix: Array, gradient: Sequence[float]) -> list[float]:
    """Solve matrix × step = gradient with the matrix bent; the gradient where doubles fail."""
    with np.errstate(all="ignore"):
        scale = np.sqrt(np.maximum(np.abs(np.diag(matrix)), np.finfo(float).tiny))
        scaled = matrix / scale / scale[:, np.newaxis]
        if not np.isfinite(scaled).all():
            return list(gradient)
        step = bent_solution(scaled, gradient / scale) / scale
    return step.tolist() if np.isfinite(step).all() else list(gradient)
