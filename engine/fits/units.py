"""Units of samples whose values are so large or so small that doubles do not hold a curvature.

Where cX is of the family as X is, with each parameter times a power of c, the likelihood has the
same shape in any unit. A unit is a power of 2, so that no digit is lost on the way there and back.
"""

import math
from collections.abc import Sequence

import numpy as np

from engine.distributions.base import Array, Distribution
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Sample
from engine.samples.store import every

__all__ = ["factors", "measurable", "standing", "unit"]

FAR = 2.0**100
"""Size from which, or below the inverse of which, a sample is fitted in a unit of its own."""
FEW = 256
"""Values, or up to twice as many, from which a unit is told."""
LARGEST = 1e280
"""Curvature up to which there is room for what is computed of it."""


def standing(sample: Sample) -> Array:
    """A few hundred values that stand for a sample's place and size."""
    values = sample.values if sample.values.size else sample.imputed().values
    return every(values, max(1, values.size // FEW))


def unit(family: type[Distribution], values: Array) -> float:
    """Power of 2 near the middle of the values' sizes; 1 where that is near enough to 1."""
    sizes = np.abs(values)
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
