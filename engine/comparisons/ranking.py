"""Ranking: every family that can hold a sample, by an information criterion.

Burnham & Anderson, Model Selection and Multimodel Inference, sections 2.4 and 2.9.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from engine.distributions import Distribution
from engine.fits.fitting import Fit, NoFit, fit
from engine.samples.sample import Sample
from engine.shared import Shared

__all__ = ["CRITERIA", "Ranked", "Rejected", "rank", "tied_counts", "too_few", "try_families"]

CRITERIA = {"aic": "AIC", "aicc": "AICc", "bic": "BIC"}
"""Criteria to rank by, and how they are written; each is an attribute of a fit, the least best."""


@dataclass(frozen=True, eq=False)
class Ranked:
    """A fit with its criterion and its Akaike weight among the ranked."""

    fitted: Fit
    criterion: float
    weight: float


@dataclass(frozen=True)
class Rejected:
    """A family that is left out, and the sentence that says why."""

    family: str
    reason: str


ROUNDED = 5.0
"""Standard deviation, in units, from which rounding to units changes no likelihood by 1 in 500."""

COUNTS = "The values are tied whole numbers; a density cannot be compared with a probability."


def too_few(n: float, parameters: int, what: str = "") -> str:
    """Say that there are too few observations for something of so many parameters."""
    some = "1 observation is" if n == 1 else f"{n:g} observations are"
    return f"{some} too few for {what}{parameters} parameter{'s' * (parameters != 1)}."


@np.errstate(over="ignore")
def tied_counts(sample: Sample) -> bool:
    """Whether all values are whole, none negative, and most observations share theirs.

    Whole numbers above 0 that spread over many are measurements that were rounded as well:
    there a density is as good as the probability of a unit's width.
    """
    values = sample.values
    if not values.size or (values < 0).any() or (values != np.floor(values)).any():
        return False
    if values.min() > 0 and np.std(values) > ROUNDED:
        return False
    _, places = np.unique(values, return_inverse=True)
    shared = np.bincount(places, sample.frequencies)[places] > 1
    return float(sample.frequencies @ shared) > sample.total / 2


def try_families(
    families: Iterable[type[Distribution]],
    sample: Sample,
    processes: int = 1,
    fixed: Mapping[str, float] | None = None,
) -> Shared[type[Distribution], Fit | Rejected]:
    """Fit one family after the other; give each fit, or why there is none, as it comes.

    Where the values are counts, continuous families are left out: a density cannot be
    compared with a probability, and among ties it can grow without bound. Several
    processes share the work where it is worth their start, on samples with masses. A parameter
    that is ``fixed`` is held in the families that have it.
    """
    trial = partial(_trial, sample, tied_counts(sample), dict(fixed or {}))
    return Shared(trial, families, 1 if sample.plain else processes)


def _trial(
    sample: Sample, counts: bool, fixed: dict[str, float], family: type[Distribution]
) -> Fit | Rejected:
    """Fit one family, or say why it is left out."""
    held = {p.name: fixed[p.name] for p in family.parameters() if p.name in fixed}
    for p in family.parameters():
        if p.name in held and not p.domain.contains(held[p.name]):
            told = f"{p.name} must be {p.domain.description}, not {held[p.name]:g}"
            return Rejected(family.name, f"{family.name}: {told}.")
    if counts and not family.support.whole:
        return Rejected(family.name, COUNTS)
    try:
        fitted = fit(family, sample, held)
    except NoFit as reason:
        return Rejected(family.name, f"{reason}.")
    return fitted if fitted.at_maximum else Rejected(family.name, fitted.verdict)


def rank(fits: Sequence[Fit], criterion: str) -> tuple[list[Ranked], list[Rejected]]:
    """Order fits by a criterion, best first, with weights ∝ exp(−Δ/2); those without it apart."""
    scored = [(getattr(fitted, criterion), fitted) for fitted in fits]
    rejected = [
        Rejected(
            fitted.likelihood.family.name,
            too_few(fitted.likelihood.n, fitted.free, f"the {CRITERIA[criterion]} of "),
        )
        for value, fitted in scored
        if value is None
    ]
    valued = sorted(
        ((value, fitted) for value, fitted in scored if value is not None), key=lambda pair: pair[0]
    )
    odds = [math.exp((valued[0][0] - value) / 2) for value, _ in valued]
    total = sum(odds)
    ranked = [
        Ranked(fitted, value, odd / total)
        for (value, fitted), odd in zip(valued, odds, strict=True)
    ]
    return ranked, rejected
