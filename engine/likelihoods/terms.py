"""The terms of a likelihood: each value's density and its logarithm, and how they add up.

    L(θ) = Π f(xᵢ; θ),   ℓ(θ) = Σ log f(xᵢ; θ)

The product of many densities is below the least double, 4.9e-324, and so 0.0; the sum is not.
Pawitan, In All Likelihood, section 2.4.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.distributions.base import Array, Distribution
from engine.samples.sample import Sample

__all__ = ["MOST", "Terms", "terms"]

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


def terms(family: type[Distribution], sample: Sample, parameters: Sequence[float]) -> Terms | None:
    """Return the terms of a sample at some parameters.

    None where there are more than ``MOST``, or where values have weights or are censored.
    """
    if not sample.plain or sample.weights is not None or sample.values.size > MOST:
        return None
    with np.errstate(all="ignore"):
        logarithm = family.at(parameters).log_density(sample.values)
        density: Array = np.exp(logarithm)
        product, total = np.multiply.accumulate(density), np.add.accumulate(logarithm)
    return Terms(sample.values, density, logarithm, product, total)
