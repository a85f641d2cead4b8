"""The frame of a sample: the origin that its values are counted from, and the unit of the count.

    x = origin + unit · y

Where values lie far from 0 against their spread, as timestamps do, the doubles near a location are
so far apart that no search comes to where the score vanishes. If X is of a family of the real line,
so is X − c, with c taken from each location. The difference of two doubles within a factor of 2 is
a double (Sterbenz, Floating-Point Computation, 1974), so that the sample loses no digit.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Self, final

import numpy as np

from engine.distributions.base import Array, Distribution
from engine.domains import REAL
from engine.fits.units import factors, standing, unit
from engine.samples.sample import Censored, Sample
from engine.samples.store import Store, parts
from engine.samples.support import REAL_LINE

__all__ = ["USUAL", "Frame", "locations"]

FAR = 2.0**20
"""Distance from 0, in interquartile ranges, from which values are counted from among themselves."""
FEW = 32
"""Values, or up to twice as many, from which the distance is told."""
MANY = 1 << 20
"""Values that are moved at a time."""
NEAR = 10.0
"""Interquartile ranges between an origin and the median, for a number with fewer digits."""
LOST = 2.0**-50
"""Share of itself by which a value, or a bound, may be another one for being moved and back."""


@cache
def locations(family: type[Distribution]) -> tuple[bool, ...]:
    """Which parameters move along where a constant is added to all values; mostly none do."""
    real = family.support is REAL_LINE
    return tuple(real and p.domain is REAL and p.power == 1 for p in family.parameters())


@final
@dataclass(frozen=True)
class Frame:
    """An origin and a unit, in which a sample and the parameters of a family can be written."""

    origin: float = 0.0
    unit: float = 1.0

    @classmethod
    def of(cls, family: type[Distribution], sample: Sample) -> Self | None:
        """Return the frame in which doubles suit a sample; None where they do as it is written.

        What has a formula needs no origin: it is right to the last digit wherever the values are.
        """
        values = standing(sample)
        formula = sample.plain and "closed_form" in vars(family)
        origin = 0.0 if formula or not any(locations(family)) else _middle(values)
        if origin and not all(_kept(part, origin) for part in _written(sample)):
            origin = 0.0
        size = unit(family, values - origin if origin else values)
        return None if origin == 0.0 and size == 1.0 else cls(origin, size)

    def sample(self, sample: Sample) -> Sample:
        """Return a sample, with its bounds, as seen from the frame."""
        hidden, observable = sample.censored, sample.truncation
        if hidden is not None:
            hidden = Censored(self._seen(hidden.low), self._seen(hidden.high), hidden.weights)
        if observable is not None:
            low, high = observable
            observable = (low - self.origin) / self.unit, (high - self.origin) / self.unit
        values = self._seen(sample.values)
        return replace(sample, values=values, censored=hidden, truncation=observable)

    def axes(self, family: type[Distribution]) -> list[tuple[float, float]]:
        """Return the origin and the unit of each parameter."""
        by = factors(family, self.unit).tolist()
        return [
            (self.origin if moves else 0.0, each)
            for moves, each in zip(locations(family), by, strict=True)
        ]

    def inside(self, family: type[Distribution], values: Sequence[float]) -> tuple[float, ...]:
        """Return parameters as seen from the frame; ArithmeticError where no double holds one."""
        axes = zip(values, self.axes(family), strict=True)
        return tuple((value - origin) / by for value, (origin, by) in axes)

    def outside(self, family: type[Distribution], values: Sequence[float]) -> tuple[float, ...]:
        """Return parameters that are as seen from the frame as they are written."""
        axes = zip(values, self.axes(family), strict=True)
        return tuple(value * by + origin for value, (origin, by) in axes)

    def fall(self, sample: Sample) -> float:
        """By how much a sample's log-likelihood is lower as it is written than as seen from here.

        Densities are per unit; masses are the same in any.
        """
        return sample.seen * math.log(self.unit)

    def _seen(self, values: Array) -> Array:
        """Return values as seen from the frame; in a file where they are many."""
        store = Store()
        for part in parts(values, MANY):
            store.add((values[part] - self.origin) / self.unit)
        return store.joined()


USUAL = Frame()
"""The frame in which everything is as it is written."""


def _middle(values: Array) -> float:
    """A number of few digits near the median of values that lie far from 0; 0 where they do not."""
    if not values.size:
        return 0.0
    few = sorted(values[:: max(1, values.size // FEW)].tolist())
    low, middle, high = (few[len(few) * quarter // 4] for quarter in (1, 2, 3))
    spread = (high - low) or (few[-1] - few[0])
    if not 0.0 < FAR * spread < abs(middle):
        return 0.0
    shorter = (float(f"{middle:.{digits}e}") for digits in range(17))
    return next((number for number in shorter if abs(number - middle) <= NEAR * spread), middle)


def _written(sample: Sample) -> Iterator[Array]:
    """Values and finite bounds, a part at a time."""
    for values, _ in sample.chunks():
        yield values
    if sample.censored is not None:
        for ends in (sample.censored.low, sample.censored.high):
            yield ends[np.isfinite(ends)]


def _kept(values: Array, origin: float) -> bool:
    """Whether values that are counted from an origin keep their digits, for all that matters."""
    lost = np.abs(values - origin + origin - values)
    return bool((lost <= LOST * np.abs(values)).all())
