"""A fit that was found in a frame of its own, as one of the sample as it is written.

What a location gains by its origin are digits that no double holds: it is rounded to the next one
that does, and the score is measured there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from engine.distributions.base import Array
from engine.fits.curvature import length
from engine.fits.fitted import Fit
from engine.fits.frame import Frame
from engine.fits.units import factors
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Sample
from engine.stopping import VANISHING

__all__ = ["restored"]


def restored(found: Fit, sample: Sample, frame: Frame, held: Mapping[int, float]) -> Fit | None:
    """Return a fit of the sample as seen from a frame as one of the sample itself.

    It has no covariance where doubles do not hold one, and is not called converged then, nor
    where the score does not vanish at the doubles next to the maximum. Parameters that are
    ``held`` are as given. None where no double holds a parameter.
    """
    family = found.likelihood.family
    by = factors(family, frame.unit)

    def moved(parameters: Sequence[float]) -> tuple[float, ...]:
        """Return parameters in the frame of the sample itself."""
        outside = frame.outside(family, parameters)
        return tuple(held.get(place, value) for place, value in enumerate(outside))

    with np.errstate(all="ignore"):
        parameters = moved(found.parameters)
        if not family.admits(parameters):
            return None
        matrix = None if found.covariance is None else found.covariance * by * by[:, np.newaxis]
        shift = frame.fall(sample)
        hills = (
            replace(hill, parameters=moved(hill.parameters), value=hill.value - shift)
            for hill in found.hills
        )
        likelihood = Likelihood(family, sample)
        value, score = _at_doubles(found, frame.inside(family, parameters))
        vanishing = score is None or score <= VANISHING
        lost = matrix is not None and not _held(matrix, found)
        return replace(
            found,
            likelihood=likelihood,
            parameters=parameters,
            log_likelihood=value - shift,
            covariance=None if lost else matrix,
            score=score,
            converged=found.converged and vanishing and not lost,
            hills=tuple(hills),
            flaw=(found.flaw and likelihood.flaw(parameters)) or found.flaw,
            frame=frame,
            inner=found,
        )


def _at_doubles(found: Fit, parameters: tuple[float, ...]) -> tuple[float, float | None]:
    """Log-likelihood and score of a fit, as seen from its frame, where doubles hold it."""
    if parameters == found.parameters or found.score is None:
        return found.log_likelihood, found.score
    value, slopes = found.likelihood.value_and_score(parameters)
    return value, length(slopes, found.covariance)


def _held(matrix: Array, found: Fit) -> bool:
    """Whether doubles hold a covariance with all of its digits."""
    names = found.likelihood.family.names()
    variances = [
        v for name, v in zip(names, np.diag(matrix), strict=True) if name not in found.fixed
    ]
    return bool(np.isfinite(matrix).all() and min(variances, default=1.0) >= np.finfo(float).tiny)
