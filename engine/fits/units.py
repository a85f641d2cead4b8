"""Fits of samples whose values are so large or so small that doubles do not hold a curvature.

Where cX is of the family as X is, with each parameter times a power of c, the likelihood has the
same shape in any unit. A sample is then fitted in a unit near its own size, a power of 2, so
that no digit is lost on the way there and back.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from engine.distributions.base import Array, Distribution
from engine.fits.fitted import Fit
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Censored, Sample

__all__ = ["factors", "measurable", "rescaled", "restored", "unit"]

FAR = 2.0**100
"""Size from which, or below the inverse of which, a sample is fitted in a unit of its own."""
LARGEST = 1e280
"""Curvature up to which there is room for what is computed of it."""


def unit(family: type[Distribution], sample: Sample) -> float:
    """Power of 2 near the middle of the sample's sizes; 1 where that is near enough to 1."""
    sizes = np.abs(sample.pilot.values if sample.values.size else sample.imputed().values)
    if not sizes.size or 1.0 / FAR < sizes.max() < FAR:
        return 1.0
    sizes = sizes[sizes > 0.0]
    if not sizes.size or not any(p.power for p in family.parameters()):
        return 1.0
    middle = 2.0 ** round(math.log2(float(np.median(sizes))))
    return 1.0 if 1.0 / FAR < middle < FAR else middle


def measurable(likelihood: Likelihood, parameters: Sequence[float]) -> bool:
    """Whether doubles hold the curvature by each parameter that goes with the data's unit."""
    curvatures = np.abs(np.diag(likelihood.information(parameters)))
    scaled = curvatures[[p.power != 0 for p in likelihood.family.parameters()]]
    return bool(((scaled > 1.0 / LARGEST) & (scaled < LARGEST)).all())


def factors(family: type[Distribution], scale: float) -> Array:
    """What each parameter is to be multiplied by where the values are multiplied by a scale."""
    with np.errstate(all="ignore"):
        found: Array = np.float64(scale) ** np.array([p.power for p in family.parameters()], float)
    return found


def rescaled(sample: Sample, scale: float) -> Sample:
    """Return the sample with all values and bounds divided by a scale."""
    censored = sample.censored
    if censored is not None:
        censored = Censored(censored.low / scale, censored.high / scale, censored.weights)
    truncation = sample.truncation
    if truncation is not None:
        truncation = truncation[0] / scale, truncation[1] / scale
    return Sample(sample.values / scale, sample.weights, censored, truncation, sample.notes)


def restored(found: Fit, sample: Sample, scale: float) -> Fit | None:
    """Return a fit of the sample divided by a scale as one of the sample itself.

    It has no covariance where doubles do not hold one, and is then not called converged. None
    where no double holds a parameter.
    """
    family = found.likelihood.family
    by = factors(family, scale)

    def moved(parameters: Iterable[float]) -> tuple[float, ...]:
        """Return parameters in the unit of the sample itself."""
        return tuple((by * np.array(list(parameters))).tolist())

    with np.errstate(all="ignore"):
        parameters = moved(found.parameters)
        if not family.admits(parameters):
            return None
        matrix = None if found.covariance is None else found.covariance * by * by[:, np.newaxis]
        shift = found.likelihood.sample.seen * math.log(scale)
        hills = (
            replace(hill, parameters=moved(hill.parameters), value=hill.value - shift)
            for hill in found.hills
        )
        lost = matrix is not None and not _held(matrix, found)
        return replace(
            found,
            likelihood=Likelihood(family, sample),
            parameters=parameters,
            log_likelihood=found.log_likelihood - shift,
            covariance=None if lost else matrix,
            converged=found.converged and not lost,
            hills=tuple(hills),
        )


def _held(matrix: Array, found: Fit) -> bool:
    """Whether doubles hold a covariance with all of its digits."""
    names = [p.name for p in found.likelihood.family.parameters()]
    variances = [
        v for name, v in zip(names, np.diag(matrix), strict=True) if name not in found.fixed
    ]
    return bool(np.isfinite(matrix).all() and min(variances, default=1.0) >= np.finfo(float).tiny)
