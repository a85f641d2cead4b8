"""What the curvature of the log-likelihood says: covariance, standard errors, distance to the top.

Pawitan, In All Likelihood, sections 2.5 and 9.4.
"""

import math
from collections.abc import Sequence
from itertools import chain

import numpy as np

from engine.distributions.base import Array
from engine.fits.definite import inverse, product
from engine.likelihoods.likelihood import Likelihood

__all__ = [
    "covariance",
    "deviations",
    "inverted",
    "length",
    "score_in_standard_errors",
    "separation",
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
    rows = information.tolist()
    chosen = range(len(rows)) if free is None else free
    scale = [math.sqrt(abs(rows[i][i])) for i in chosen]
    if not all(0.0 < size < math.inf for size in scale):
        return None
    pairs = list(zip(chosen, scale, strict=True))
    scaled = inverse([[rows[i][j] / a / b for j, b in pairs] for i, a in pairs])
    if scaled is None:
        return None
    found = [
        [e / a / b for e, b in zip(row, scale, strict=True)]
        for row, a in zip(scaled, scale, strict=True)
    ]
    if not all(map(math.isfinite, chain(*found))):
        return None
    if len(found) == len(rows):
        return np.array(found)
    whole = np.zeros(information.shape)
    whole[np.ix_(chosen, chosen)] = found
    return whole


def standard_errors(
    likelihood: Likelihood, parameters: Sequence[float], free: Sequence[int] | None = None
) -> tuple[float, ...] | None:
    """Square roots of the covariance's diagonal, in the parameters' units."""
    return deviations(covariance(likelihood, parameters, free))


def deviations(covariance: Array | None) -> tuple[float, ...] | None:
    """Square roots of a covariance's diagonal; None without a covariance."""
    return None if covariance is None else tuple(np.sqrt(np.diag(covariance)).tolist())


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
    slopes = score.tolist()
    squared = product(slopes, [product(row, slopes) for row in covariance.tolist()])
    return math.sqrt(max(squared, 0.0)) if math.isfinite(squared) else math.inf


@np.errstate(all="ignore")  # what no double holds is no distance
def separation(
    likelihood: Likelihood, parameters: Sequence[float], maximum: Sequence[float]
) -> float | None:
    """Distance from a maximum θ̂ in standard errors, √((θ − θ̂)ᵀ I(θ̂) (θ − θ̂)).

    Half its square is about the log-likelihood that is left (Pawitan, section 2.5). None where
    the surface is not curved downwards there in all parameters that differ.
    """
    away = np.subtract(parameters, maximum)
    information = likelihood.information(maximum)
    if inverted(information, np.flatnonzero(away).tolist()) is None:
        return None
    squared = float(away @ information @ away)
    return math.sqrt(max(squared, 0.0)) if math.isfinite(squared) else None
