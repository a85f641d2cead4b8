"""What a fit is asked for, held to what the family has; NoFit says in one sentence what is not."""

from collections.abc import Mapping, Sequence

import numpy as np

from engine.distributions.base import Distribution
from engine.fits.fitted import NoFit
from engine.samples.sample import Sample

__all__ = ["check_arguments", "check_values"]


def check_arguments(
    family: type[Distribution],
    sample: Sample,
    fixed: Mapping[str, float],
    start: Sequence[float] | None,
) -> None:
    """NoFit where nothing was observed, or a given value is outside its parameter's domain.

    KeyError where ``fixed`` names no parameter of the family.
    """
    if not sample.total > 0:
        raise NoFit("nothing was observed: there is no value, or none that counts")
    parameters = {p.name: p for p in family.parameters()}
    if start is not None and len(start) != len(parameters):
        raise NoFit(f"{family.name} starts from {len(parameters)} values, and not {len(start)}")
    begun = () if start is None else zip(parameters, start, strict=True)
    for name, value in (*fixed.items(), *begun):
        domain = parameters[name].domain
        if not domain.contains(value):
            raise NoFit(f"{name} of {family.name} must be {domain.description}, not {value:g}")


def check_values(sample: Sample) -> None:
    """NoFit where a value is missing or infinite, which costs a pass to know."""
    for values, _ in sample.chunks():
        if not np.isfinite(values).all():
            raise NoFit("a value is missing or infinite; leave it out")
