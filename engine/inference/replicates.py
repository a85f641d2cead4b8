"""Replicates: samples like the one in hand, drawn from its fit, each fitted and measured again.

The parametric bootstrap. How the estimates vary over the replicates gives intervals (Davison &
Hinkley, Bootstrap Methods and their Application, section 5.3), how the distances to the fitted
cdf vary gives p-values that are valid although the parameters were estimated (section 4.2.3;
Stute, González Manteiga & Presedo Quindimil 1993).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np

from engine.fits.fitting import Fit, NoFit, fit
from engine.inference.goodness import distances
from engine.inference.pearson import chi_squared
from engine.inference.resampling import like
from engine.samples.sample import RandomSource, Sample

__all__ = ["Replicate", "Replicates", "replicates", "statistics"]

MOST_FAILURES = 0.1
"""Share of replicates without a maximum above which the others stand for nothing."""
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Replicate:
    """What a sample like the one in hand gave: estimates and statistics, by name."""

    estimates: dict[str, float]
    statistics: dict[str, float]


@dataclass(frozen=True, slots=True)
class Replicates:
    """All replicates that gave a maximum, and how many were asked for."""

    found: tuple[Replicate, ...]
    asked: int

    @classmethod
    def of(cls, drawn: Iterable[Replicate | None]) -> Self:
        """Gather what ``replicates`` gives."""
        every = list(drawn)
        return cls(tuple(each for each in every if each), len(every))

    @property
    def failed(self) -> int:
        """How many gave no maximum. They are left out."""
        return self.asked - len(self.found)

    def enough(self, number: int) -> bool:
        """Whether so many replicates stand for all: where more fail, the others are a choice."""
        return 0 < number >= (1 - MOST_FAILURES) * self.asked

    def p_value(self, name: str, observed: float | None) -> float | None:
        """(1 + number of statistics as large as the observed) / (1 + number of replicates).

        None where there is no observed one or more than a tenth of the replicates have none.
        """
        if observed is None:
            return None
        values = [each.statistics[name] for each in self.found if name in each.statistics]
        larger = sum(value >= observed * (1 - ROUNDING) for value in values)
        return (1 + larger) / (1 + len(values)) if self.enough(len(values)) else None


def statistics(fitted: Fit, sample: Sample) -> dict[str, float]:
    """Distances and chi-squared of a sample from its fit, by name; only those that exist."""
    found = distances(fitted.distribution, sample)
    if found is not None:
        return {"ks": found.ks, "cvm": found.cvm, "ad": found.ad}
    counted = chi_squared(fitted.distribution, sample, fitted.free)
    return {} if counted is None else {"chi_squared": counted.statistic}


def replicates(
    fitted: Fit, sample: Sample, random: RandomSource, number: int, *, measured: bool = True
) -> Iterator[Replicate | None]:
    """Draw, fit and measure one sample after the other; None for one without a maximum.

    Parameters that were fixed are fixed again. Statistics cost time and can be left out.
    """
    for _ in range(number):
        drawn = like(fitted.distribution, sample, random)
        again = _refitted(fitted, drawn)
        if again is None:
            yield None
        else:
            yield Replicate(again.estimates, statistics(again, drawn) if measured else {})


def _refitted(fitted: Fit, drawn: Sample) -> Fit | None:
    """Fit again from the member that the sample was drawn from, else from anywhere."""
    family = fitted.likelihood.family
    for start in (fitted.parameters, None):
        try:
            with np.errstate(all="ignore"):
                again = fit(family, drawn, fitted.held, start)
        except NoFit:
            continue
        if again.at_maximum:
            return again
    return None
