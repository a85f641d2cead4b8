"""What to do about a diagnosis: a named fix, and the fit that it leads to.

A fix is a change of an experiment's fields where one can say it, and a fit that can be compared
with the one before. A rule looks at a fit and at a diagnosis of it, and offers fixes or none.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.comparisons.ranking import tied_counts
from engine.distributions import FAMILIES, Distribution
from engine.distributions.families import family as made
from engine.fits.diagnosis import Diagnosis
from engine.fits.fitting import Fit, fit
from engine.fits.frame import Frame
from engine.fits.relatives import LIMITS, SPECIAL_CASES
from engine.samples.rounding import as_intervals, unit
from engine.samples.sample import Sample

__all__ = ["Remedy", "remedies"]

MOST = 3
"""Fixes that are offered for one diagnosis."""


@dataclass(frozen=True, eq=False)
class Remedy:
    """A fix: what it does in a few words, the fields that change, and what is fitted then.

    Where ``sample`` is not the one before, it is to be learned from instead. ``apart`` says why
    the log-likelihoods before and after cannot be compared, where they cannot.
    """

    action: str
    family: type[Distribution]
    sample: Sample
    changes: Mapping[str, Any] = field(default_factory=dict)
    fixed: Mapping[str, float] = field(default_factory=dict)
    start: tuple[float, ...] | None = None
    apart: str = ""

    def fit(self) -> Fit:
        """Fit as the fix says; NoFit where that has no maximum."""
        return fit(self.family, self.sample, self.fixed, self.start)


def remedies(fitted: Fit, diagnosis: Diagnosis) -> tuple[Remedy, ...]:
    """Fixes for a diagnosis, the best first; none where there is only advice."""
    rule = RULES.get(diagnosis.name)
    return () if rule is None else tuple(rule(fitted, diagnosis))[:MOST]


def _another(fitted: Fit, names: Iterable[str]) -> Iterator[Remedy]:
    """Other families, those that can hold the sample."""
    own, sample = fitted.likelihood.family, fitted.likelihood.sample
    for name in dict.fromkeys(names):
        if name not in FAMILIES:
            continue
        numbers = {own.known: getattr(own, own.known)} if own.known else {}
        other = made(name, numbers)
        if other.support.holds(sample):
            yield Remedy(f"fit {name} instead", other, sample, {"family": name})


def _limit(fitted: Fit, _: Diagnosis) -> Iterator[Remedy]:
    """The family that this one tends to."""
    yield from _another(fitted, [fitted.limit])


def _fewer(fitted: Fit, _: Diagnosis) -> Iterator[Remedy]:
    """A mixture with a component less."""
    own, sample = fitted.likelihood.family, fitted.likelihood.sample
    count = getattr(own, "components", 0)
    if count > 2:
        changes = {"components": count - 1}
        yield Remedy(f"mix {count - 1} components", own.knowing(count - 1), sample, changes)
    elif count:
        yield from _another(fitted, [own.name.removesuffix("-mixture")])


def _simpler(fitted: Fit, diagnosis: Diagnosis) -> Iterator[Remedy]:
    """Every simpler relative."""
    own = fitted.likelihood.family
    yield from _fewer(fitted, diagnosis)
    names = [name for (family, _), name in LIMITS.items() if family == own.name]
    for (family, _), cases in SPECIAL_CASES.items():
        names += cases.values() if family == own.name else ()
    yield from _another(fitted, names)


def _special(fitted: Fit, diagnosis: Diagnosis) -> Iterator[Remedy]:
    """The special case that the diagnosis found."""
    yield from _another(fitted, diagnosis.relatives)


def _hold(fitted: Fit, _: Diagnosis) -> Iterator[Remedy]:
    """The parameter that is known worst for its size, held at its estimate to two digits."""
    family, errors = fitted.likelihood.family, fitted.standard_errors
    free = [i for i, name in enumerate(family.names()) if name not in fitted.fixed]
    if len(free) < 2 or family.corner:
        return
    if errors is None:
        worst = free[-1]
    else:
        sizes = np.abs(fitted.parameters)
        worst = max(free, key=lambda i: errors[i] / max(float(sizes[i]), 1e-300))
    declared = family.parameters()[worst]
    value = float(f"{fitted.parameters[worst]:.2g}")
    if not declared.domain.contains(value):
        return
    fixed = {**fitted.held, declared.name: value}
    action = f"hold {declared.name} at {value:g}"
    yield Remedy(action, family, fitted.likelihood.sample, {"fixed": fixed}, fixed)


def _ridge(fitted: Fit, diagnosis: Diagnosis) -> Iterator[Remedy]:
    """A parameter held where two are known only together; a relative where it is flat."""
    if fitted.covariance is not None:
        yield from _hold(fitted, diagnosis)
    yield from _simpler(fitted, diagnosis)


def _few(fitted: Fit, diagnosis: Diagnosis) -> Iterator[Remedy]:
    """Fewer parameters: another family, or one held."""
    yield from _simpler(fitted, diagnosis)
    yield from _hold(fitted, diagnosis)


def _hills(fitted: Fit, _: Diagnosis) -> Iterator[Remedy]:
    """A start on the highest hill, from which every method gets to its top."""
    family = fitted.likelihood.family
    names = family.names()
    start = dict(zip(names, fitted.parameters, strict=True))
    at = fitted.parameters
    sample = fitted.likelihood.sample
    yield Remedy("start on the highest hill", family, sample, {"start": start}, fitted.held, at)


def _ties(fitted: Fit, _: Diagnosis) -> Iterator[Remedy]:
    """Values as intervals of their rounding, or as counts where they are."""
    family, sample = fitted.likelihood.family, fitted.likelihood.sample
    if tied_counts(sample):
        for each in _another(fitted, ["negative-binomial", "poisson"]):
            apart = "a density cannot be compared with a probability"
            yield Remedy(each.action, each.family, sample, each.changes, apart=apart)
    width = unit(sample)
    if width is not None:
        yield Remedy(
            f"take values as known to ±{width / 2:g}",
            family,
            as_intervals(sample, width, family.support.low),
            fixed=fitted.held,
            apart="densities cannot be compared with probabilities of intervals",
        )


def _nearer(fitted: Fit, _: Diagnosis) -> Iterator[Remedy]:
    """The same values, counted from an origin among them."""
    family, frame = fitted.likelihood.family, Frame(fitted.frame.origin)
    seen = zip(family.parameters(), frame.inside(family, fitted.parameters), strict=True)
    fixed = {p.name: value for p, value in seen if p.name in fitted.fixed}
    sample = frame.sample(fitted.likelihood.sample)
    yield Remedy(f"subtract {frame.origin:.15g}", family, sample, fixed=fixed)


RULES: dict[str, Callable[[Fit, Diagnosis], Iterator[Remedy]]] = {
    "unbounded-likelihood": _fewer,
    "maximum-at-the-boundary": _limit,
    "flat-ridge": _ridge,
    "not-converged": _simpler,
    "far-from-zero": _nearer,
    "too-few-observations": _few,
    "ties": _ties,
    "several-hills": _hills,
    "simpler-family": _special,
}
"""The rule for each diagnosis that has one; where a fit is irregular there is only advice."""
