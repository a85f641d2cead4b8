"""Feasible starts: what a guess is made from, and where a climb begins where it is no use.

A guess is made for all parameters together. With some of them held elsewhere, values may lie
outside the support, as of a GEV whose shape is held, or be too unlikely for a double.
"""

import math
from itertools import islice, product

import numpy as np

from engine.distributions.base import Parameter
from engine.domains import ABOVE_ONE, POSITIVE, REAL
from engine.fits.fitted import NoFit
from engine.fits.free_surface import FreeSurface
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Sample

__all__ = ["feasible_starts", "observable"]

Values = tuple[float, ...]

POWERS = (*range(1, 10), 12, 18, 27, 40, 60, 90, 135, 200, 300, 450)
FACTORS = (1.0, *(4.0 ** (sign * power) for power in POWERS for sign in (1, -1)))
SHAPES = (0.0, 0.1, -0.1, 0.5, -0.5, 1.0, -1.0, 3.0, -3.0)
SHARES = (0.5, 0.1, 0.9, 0.01, 0.99)
MOST = 2000
"""Places that are looked at."""


def feasible_starts(surface: FreeSurface, starts: list[Values], sample: Sample) -> list[Values]:
    """Return the starts that have a likelihood, or the likeliest place of many about the first."""
    if not surface.held:
        return starts
    found = [start for start in starts if surface.value(surface.place(start)) > -math.inf]
    if found or not surface.free:
        return found or starts
    declared = surface.likelihood.family.parameters()
    choices = [
        _choices(p, value, sample) if place in surface.free else (value,)
        for place, (p, value) in enumerate(zip(declared, starts[0], strict=True))
    ]
    return [max(islice(product(*choices), MOST), key=lambda at: surface.value(surface.place(at)))]


def _choices(declared: Parameter, value: float, sample: Sample) -> Values:
    """Values that a parameter may have, beginning with the one that was guessed."""
    domain = declared.domain
    if domain is POSITIVE:
        return tuple(domain.clamp(value * factor) for factor in FACTORS)
    if domain is ABOVE_ONE:
        return tuple(domain.clamp(1.0 + (value - 1.0) * factor) for factor in FACTORS)
    if domain is not REAL:
        return value, *SHARES
    if not declared.power:
        return value, *SHAPES
    ends = sample.ends
    return value, *np.linspace(2.0 * ends[0] - ends[1], 2.0 * ends[1] - ends[0], 7).tolist()


def observable(likelihood: Likelihood) -> Sample:
    """Return a plain sample to guess from: counts merged, and likely values of censored ones.

    NoFit where none of them is a value of the family.
    """
    family, sample = likelihood.family, likelihood.sample
    if sample.plain:
        merged = sample.tally if family.support.whole else None
        return sample if merged is None else Sample(*merged)
    likely = sample.imputed()
    values = np.floor(likely.values) if family.support.whole else likely.values
    inside = family.support.contains(values)
    if not inside.any():
        raise NoFit(f"no observation can be a value of {family.name}")
    return Sample(values[inside], likely.frequencies[inside])
