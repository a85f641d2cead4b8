"""What the curvature of the log-likelihood says: covariance, standard errors, distance to the top.

Pawitan, In All Likelihood, sections 2.5 and 9.4.
"""

import math
from collections.abc import Sequence

import numpy as np

from engine.distributions.base import Array
from engine.likelihood import Likelihood

__all__ = [
    "covariance",
    "inverted",
    "length",
    "score_in_standard_errors",
    "standard_errors",
]


def covariance(
    likelihood: Likelihood, parameters: Sequence[float], free: Sequence[int] | None = None
) -> Array | None:
    """Inverse of the observed information, shape (k, k); None where it is not positive definite.

    With ``free`` only the parameters at these places vary; the others have zeros.
    """
    return inverted(likelihood.information(parameters), free)


def inverted(information: Array, free: Sequence[int] | None = None) -> Array | None:
    """Covariance that belongs to an information; None where it is not positive definite."""
    k = len(information)
    chosen = list(range(k) if free is None else free)
    whole = np.zeros((k, k))
    with np.errstate(all="ignore"):
        information = information[np.ix_(chosen, chosen)]
        scale = np.sqrt(np.abs(np.diag(information)))
        correlation = information / scale / scale[:, np.newaxis]
        if not np.isfinite(correlation).all():
            return None
        try:
            np.linalg.cholesky(correlation)
            inverse: Array = np.linalg.inv(correlation) / scale / scale[:, np.newaxis]
        except np.linalg.LinAlgError:
            return None
    whole[np.ix_(chosen, chosen)] = inverse
    return whole if np.isfinite(whole).all() else None


def standard_errors(
    likelihood: Likelihood, parameters: Sequence[float]
) -> tuple[float, ...] | None:
    """Square roots of the covariance's diagonal, in the parameters' units."""
    matrix = covariance(likelihood, parameters)
    return None if matrix is None else tuple(np.sqrt(np.diag(matrix)).tolist())


def score_in_standard_errors(
    likelihood: Likelihood, parameters: Sequence[float], free: Sequence[int] | None = None
) -> float:
    """Length of the score g in the metric of the information I, √(gᵀ I⁻¹ g).

    It says how many standard errors away the maximum is, to second order, and does not
    depend on units or on how the parameters are written. Infinite where the surface is
    not concave, for then no maximum is near. ``free`` as in ``covariance``.
    """
    matrix = covariance(likelihood, parameters, free)
    return length(likelihood.score(parameters), matrix)


def length(score: Array, covariance: Array | None) -> float:
    """Length of a score in standard errors; infinite without a covariance."""
    if covariance is None:
        return math.inf
    with np.errstate(all="ignore"):
        squared = float(score @ covariance @ score)
    return math.sqrt(max(squared, 0.0)) if math.isfinite(squared) else math.inf
