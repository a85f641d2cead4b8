"""Goodness of fit of a continuous family: how far the sample is from the fitted cdf.

D'Agostino & Stephens, Goodness-of-Fit Techniques, section 4.2, with frequencies.
"""

from dataclasses import dataclass

import numpy as np

from engine.distributions.base import Distribution
from engine.sample import Sample

__all__ = ["Distances", "distances"]


@dataclass(frozen=True, slots=True)
class Distances:
    """Kolmogorov and Smirnov's, Cramér and von Mises', Anderson and Darling's statistics."""

    ks: float
    cvm: float
    ad: float


def distances(fitted: Distribution, sample: Sample) -> Distances | None:
    """Measure a sample against a distribution; None for counts, and where some is censored.

    KS = sup |Fₙ − F|,  CvM = n ∫ (Fₙ − F)² dF,  AD = n ∫ (Fₙ − F)² / F(1 − F) dF,
    each as a sum over the steps of the empirical distribution Fₙ.
    """
    if fitted.support.whole or not sample.plain:
        return None
    order = np.argsort(sample.values)
    x, n = sample.values[order], sample.total
    steps = np.concatenate([[0.0], np.cumsum(sample.frequencies[order]) / n])
    below, above = steps[:-1], steps[1:]
    tiny = np.finfo(float).tiny
    u = np.clip(fitted.cdf(x), tiny, 1.0)
    rest = np.clip(fitted.survival(x), tiny, 1.0)
    ks = float(np.max(np.maximum(above - u, u - below)))
    # between two values Fₙ is constant, and each integral has a closed form in F
    lower, upper = np.append(0.0, u), np.append(u, 1.0)
    cvm = float(n * np.sum((upper - steps) ** 3 - (lower - steps) ** 3) / 3.0)
    logs, rests = np.log(u), np.log(rest)
    ad = float(n * (-1.0 - np.sum((above**2 - below**2) * logs))) - float(
        n * np.sum(((1 - below) ** 2 - (1 - above) ** 2) * rests)
    )
    return Distances(ks, cvm, ad)
