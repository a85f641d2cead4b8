"""What is known of a fit, computed in stages; each stage gives a new value of the same kind.

The numbers are those of the document that ``mle-tui fit`` prints.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.distributions import Distribution
from engine.fits.fitting import Fit, NoFit, fit
from engine.inference.curves import Plotted, Steps, plotted, steps
from engine.inference.intervals import raised
from engine.inference.order_band import OrderBand, order_band
from engine.inference.profile_curve import ProfilePoint, profile_curve
from engine.inference.replicates import Replicate, Replicates, replicates
from engine.reports.fit_document import fit_document, intervals
from engine.samples.histogram import histogram
from engine.samples.sample import Sample, generator

__all__ = [
    "LEVEL",
    "REPLICATES",
    "Analysis",
    "Resampling",
    "at_level",
    "begun",
    "curves",
    "drawn",
    "profiled",
    "pulled",
]

LEVEL = 0.95
REPLICATES = 999
SEED = 0
"""Level, number of samples and seed that ``mle-tui fit`` has where nothing is asked for."""
BARS = 80
SLICE = 0.02
"""Seconds that are computed at a time."""

Array = NDArray[np.float64]
Kinds = tuple[str, ...]
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Analysis:
    """A fit of a family to a sample as far as it is known, or the sentence why there is none."""

    sample: Sample
    family: type[Distribution]
    fixed: Mapping[str, float]
    steps: Steps
    bars: tuple[Array, Array]
    """Heights and edges of the histogram."""
    level: float = LEVEL
    refusal: str = ""
    fitted: Fit | None = None
    told: Mapping[str, Any] = field(default_factory=dict)
    """The document."""
    kinds: Kinds = ()
    """Kinds of intervals that are computed."""
    plotted: Plotted | None = None
    band: OrderBand | None = None
    """That of the QQ and the PP plot, where they have one."""
    profiles: tuple[tuple[ProfilePoint, ...], ...] = ()
    """Of each parameter; none where there is no standard error."""
    curved: bool = False
    """Whether the profiles are computed."""
    drawn: Replicates | None = None

    @property
    def complete(self) -> bool:
        """Whether the fit is final, and there is no more than profiles and samples to come."""
        return not self.told or "profile" in self.kinds

    @property
    def names(self) -> list[str]:
        """Parameters, in order."""
        return [p.name for p in self.family.parameters()]

    def with_document(
        self, fitted: Fit, kinds: Kinds, drawn: Replicates | None = None
    ) -> "Analysis":
        """Return the same with another fit, or with more told of it."""
        found = intervals(fitted, self.level, kinds, drawn)
        told = fit_document(fitted, self.sample, found, drawn)
        return replace(self, fitted=fitted, told=told, kinds=kinds, drawn=drawn)

    def with_points(self) -> "Analysis":
        """Return the same with the points of the QQ and the PP plot, and their band."""
        assert self.fitted is not None  # noqa: S101 - only a fit has its points
        points = plotted(self.fitted.distribution, self.sample)
        return replace(self, plotted=points).with_band()

    def with_band(self) -> "Analysis":
        """Return the same with the points' band at the level."""
        if self.fitted is None or self.plotted is None:
            return self
        law = self.fitted.distribution
        return replace(self, band=order_band(law, self.sample, self.plotted, self.level))


def begun(
    sample: Sample, family: type[Distribution], fixed: Mapping[str, float], level: float = LEVEL
) -> Analysis:
    """Fit, with Wald's intervals and the points of the plots."""
    bars = histogram(sample, BARS, whole=family.support.whole)
    analysis = Analysis(sample, family, fixed, steps(sample, level), bars, level)
    try:
        fitted = fit(family, sample, fixed)
    except NoFit as reason:
        sentence = f"{reason}."
        return replace(analysis, refusal=sentence[0].upper() + sentence[1:])
    return analysis.with_document(fitted, ("wald",)).with_points()


def at_level(analysis: Analysis, level: float) -> Analysis:
    """Return the same fit with Wald's intervals and the bands at another level."""
    band = steps(analysis.sample, level)
    known = replace(analysis, level=level, steps=band, curved=False, profiles=()).with_band()
    if analysis.fitted is None:
        return known
    return known.with_document(analysis.fitted, ("wald",), analysis.drawn)


def profiled(analysis: Analysis) -> Analysis:
    """Add profile intervals, which may lead to a better maximum, of which no samples are drawn."""
    if analysis.fitted is None:
        return analysis
    fitted = raised(analysis.fitted, analysis.level)
    again = analysis.drawn if fitted is analysis.fitted else None
    kinds = ("wald", "profile", "bootstrap")[: 3 if again else 2]
    return analysis.with_document(fitted, kinds, again).with_points()


def curves(analysis: Analysis) -> tuple[tuple[ProfilePoint, ...], ...]:
    """Compute the profiles, over at least the intervals."""
    fitted, estimates = analysis.fitted, analysis.told["estimates"]
    assert fitted is not None  # noqa: S101 - only a fit has profiles
    return tuple(
        profile_curve(fitted, place, estimates[name]["profile"] or (None, None))
        for place, name in enumerate(analysis.names)
    )


def drawn(analysis: Analysis, found: Iterable[Replicate | None]) -> Analysis:
    """Add what the replicates tell: bootstrap intervals, and p-values."""
    assert analysis.fitted is not None  # noqa: S101 - only a maximum is drawn from
    kinds = ("wald", "profile", "bootstrap")
    return analysis.with_document(analysis.fitted, kinds, Replicates.of(found))


class Resampling:
    """Samples like the one in hand, each fitted and measured, drawn a few at a time."""

    def __init__(self, analysis: Analysis) -> None:
        assert analysis.fitted is not None  # noqa: S101 - only a maximum is drawn from
        random = generator("pcg64", SEED)
        self.found: list[Replicate | None] = []
        self._rest = replicates(analysis.fitted, analysis.sample, random, REPLICATES)

    def draw(self) -> bool:
        """Draw for a moment; whether there is more to draw."""
        self.found += pulled(self._rest)
        return len(self.found) < REPLICATES


def pulled(rest: Iterator[T]) -> list[T]:
    """Take what comes in a moment, at least one; none where nothing is left."""
    taken, deadline = [], monotonic() + SLICE
    for each in rest:
        taken.append(each)
        if monotonic() > deadline:
            break
    return taken
