"""Families that can hold a sample, by a cheap look at it, and which to begin with."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.comparisons.ranking import COUNTS, tied_counts, too_few
from engine.distributions import FAMILIES
from engine.distributions.families import family
from engine.samples.sample import Sample
from engine.samples.support import outside

__all__ = ["Candidate", "candidates", "first_choice"]

NARROW = 0.25
"""Coefficient of variation up to which a gamma looks like a normal."""


@dataclass(frozen=True)
class Candidate:
    """A family, and the sentence that says why it cannot hold a sample; nothing where it can."""

    family: str
    reason: str = ""


def candidates(sample: Sample, numbers: Mapping[str, int]) -> list[Candidate]:
    """Look whether each family could hold a sample, by its support and its number of parameters.

    ``numbers`` are those that families are made for, such as the trials of a binomial. That a
    likelihood has no maximum, only a fit can tell.
    """
    counts = tied_counts(sample)
    return [Candidate(name, _reason(name, sample, numbers, counts=counts)) for name in FAMILIES]


def _reason(name: str, sample: Sample, numbers: Mapping[str, int], *, counts: bool) -> str:
    try:
        made = family(name, numbers)
    except ValueError as reason:
        return f"{reason}."
    if counts and not made.support.whole:
        return COUNTS
    if fault := outside(made.support, sample, name):
        return f"{fault}."
    k = len(made.parameters())
    if sample.total < k:
        return too_few(sample.total, k)
    return ""


def first_choice(found: list[Candidate], sample: Sample) -> str:
    """Return the family to begin with: poisson, gamma or normal, or else one that can hold it.

    Counts begin with a poisson, and numbers above 0 that are spread widely with a gamma, for
    with little spread it is as good as a normal. Nothing where no family can hold the sample.
    """
    able = [each.family for each in found if not each.reason]
    shown = sample.imputed()
    mean = shown.average(shown.values)
    spread = shown.average((shown.values - mean) ** 2) ** 0.5
    wanted = ["gamma", "normal"] if spread > NARROW * abs(mean) else ["normal"]
    if "normal" not in able:
        wanted = ["poisson"]
    return next((name for name in wanted if name in able), able[0] if able else "")
