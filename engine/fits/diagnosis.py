"""Named diagnoses of a fit: what is wrong with it or noteworthy, and what to try.

Each is a rule that looks at a fit and says what it found, or nothing.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from engine.fits.boundless import boundless, remote
from engine.fits.fitted import Fit
from engine.fits.fitting import fit
from engine.fits.limiting_families import higher_limit
from engine.fits.relatives import SPECIAL_CASES, limit
from engine.samples.points import Points

__all__ = ["Diagnosis", "diagnoses"]

RIDGE = 0.99
"""Correlation of two estimates from which only a combination of them is determined."""
NEAR = 1.96
"""Standard errors within which a simpler family is not told apart at 5 %."""
TIED_SHARE = 0.1
LEAST_TIED = 3.0
IRREGULAR = {"gev": -0.5, "generalized-pareto": -0.5}
"""Least shape for which estimates are normal in large samples (Smith, Biometrika 72, 1985)."""


@dataclass(frozen=True)
class Diagnosis:
    """What was found, under a fixed name, as a sentence, and another that says what to try."""

    name: str
    finding: str
    advice: str
    relatives: tuple[str, ...] = ()
    """Families that the advice names, where fixes are made from it."""


def diagnoses(fitted: Fit) -> tuple[Diagnosis, ...]:
    """All that the rules find in a fit, the gravest first."""
    return tuple(found for rule in RULES for found in rule(fitted))


def _few(fitted: Fit) -> Iterator[Diagnosis]:
    """No more observations than the corrected criterion needs."""
    if fitted.aicc is None:
        n, free = fitted.likelihood.n, fitted.free
        yield Diagnosis(
            "too-few-observations",
            f"{n:g} observation{' is' if n == 1 else 's are'} few for "
            f"{free} parameter{'s' * (free != 1)}.",
            "Hold a parameter at a known value, or take a family with fewer.",
        )


def _edge(fitted: Fit) -> Iterator[Diagnosis]:
    """Parameters along which the likelihood does not fall."""
    sample = fitted.likelihood.sample
    if fitted.level and not fitted.limit:
        finding, advice = (f"{_upper(said)}." for said in boundless(sample, fitted.level))
        far = remote(sample) is not None
        yield Diagnosis("far-from-zero" if far else "maximum-at-the-boundary", finding, advice)
    elif fitted.level:
        names = " and ".join(fitted.level)
        yield Diagnosis(
            "maximum-at-the-boundary",
            f"The likelihood does not fall as {names} {'run' if fitted.level[1:] else 'runs'} "
            "away, so that there is no maximum.",
            f"Fit {fitted.limit}, which {_a(fitted.likelihood.family.name)} tends to there.",
        )


def _unbounded(fitted: Fit) -> Iterator[Diagnosis]:
    """A spike of the likelihood."""
    if fitted.flaw:
        finding, advice = (f"{_upper(said)}." for said in fitted.flaw)
        yield Diagnosis("unbounded-likelihood", finding, advice)


def _flat(fitted: Fit) -> Iterator[Diagnosis]:
    """A surface that is not curved downwards, or a score that does not vanish."""
    if fitted.converged or fitted.level or fitted.flaw or fitted.score is None:
        return
    if fitted.beyond:
        yield Diagnosis(
            "not-converged",
            "Double precision does not hold the curvature at values of such a size.",
            "Rescale the data to a spread near 1.",
        )
    elif fitted.covariance is None:
        yield Diagnosis(
            "flat-ridge",
            "The surface is not curved downwards in every direction where the search ended.",
            "A parameter is at its boundary or not determined by the data: try a simpler family.",
        )
    elif fitted.coarse:
        yield Diagnosis(
            "far-from-zero",
            "So far from 0 against their spread the doubles next to the maximum are "
            f"{fitted.score:.2g} standard errors away from it.",
            f"Subtract {fitted.frame.origin:.15g} from all values.",
        )
    else:
        far = f"{fitted.score:.2g} standard errors from vanishing"
        yield Diagnosis(
            "not-converged",
            f"The score is {far if math.isfinite(fitted.score) else 'not known'}.",
            "Rescale the data to a spread near 1, or try another family.",
        )


def _limit(fitted: Fit) -> Iterator[Diagnosis]:
    """A likelihood above the maximum, where a parameter runs away."""
    if not fitted.converged or fitted.fixed:
        return
    if found := higher_limit(fitted.likelihood, fitted.log_likelihood, fit):
        name, height, known = found
        family = fitted.likelihood.family.name
        other = known or limit(family, [name]) or "a simpler family"
        yield Diagnosis(
            "several-hills",
            f"As {name} runs away the log-likelihood rises to {height:.6f}, above this maximum.",
            f"Compare with {other}, which {_a(family)} tends to there.",
        )


def _ridge(fitted: Fit) -> Iterator[Diagnosis]:
    """Two estimates that are known only together."""
    if fitted.covariance is None or not fitted.converged:
        return
    errors = np.sqrt(np.diag(fitted.covariance))
    names = fitted.likelihood.family.names()
    free = [i for i in range(errors.size) if errors[i] > 0]
    for i, first in enumerate(free):
        for second in free[i + 1 :]:
            correlation = fitted.covariance[first, second] / errors[first] / errors[second]
            if abs(correlation) > RIDGE:
                yield Diagnosis(
                    "flat-ridge",
                    f"{names[first]} and {names[second]} are determined only together: their "
                    f"estimates have a correlation of {correlation:.4f}.",
                    "Hold one of them at a known value, or read quantiles instead of parameters.",
                )


def _hills(fitted: Fit) -> Iterator[Diagnosis]:
    """Other maxima."""
    if fitted.hills:
        gap = fitted.log_likelihood - fitted.hills[0].value
        count = len(fitted.hills)
        yield Diagnosis(
            "several-hills",
            f"The surface has {count} lower {'hill' if count == 1 else 'hills'}, the highest of "
            f"them {gap:.6g} below in log-likelihood.",
            "Prefer profile intervals to Wald's, and doubt the estimate where that gap is small.",
        )


def _simpler(fitted: Fit) -> Iterator[Diagnosis]:
    """A special case that the data do not tell apart from the family."""
    family, errors = fitted.likelihood.family, fitted.standard_errors
    if errors is None or not fitted.converged:
        return
    for p, value, error in zip(family.parameters(), fitted.parameters, errors, strict=True):
        for special, simpler in SPECIAL_CASES.get((family.name, p.name), {}).items():
            if error > 0 and abs(value - special) < NEAR * error:
                yield Diagnosis(
                    "simpler-family",
                    f"{p.name} is {abs(value - special) / error:.2g} standard errors from "
                    f"{special:g}, where {_a(family.name)} is {_a(simpler)}.",
                    f"Compare with {simpler}, which has a parameter less.",
                    (simpler,),
                )


def _irregular(fitted: Fit) -> Iterator[Diagnosis]:
    """A shape at which standard errors mean little."""
    least = IRREGULAR.get(fitted.likelihood.family.name, -math.inf)
    for p, value in zip(fitted.likelihood.family.parameters(), fitted.parameters, strict=True):
        if p.name == "shape" and value < least:
            yield Diagnosis(
                "irregular",
                f"With a shape of {value:.4g}, below {least:g}, estimates are not near normal, "
                "and below −1 the likelihood is unbounded.",
                "Prefer bootstrap intervals, and do not trust standard errors.",
            )


def _ties(fitted: Fit) -> Iterator[Diagnosis]:
    """Many equal values where a density has none."""
    sample = fitted.likelihood.sample
    if fitted.likelihood.family.support.whole or not sample.values.size:
        return
    share = Points.of(sample.pilot, merge=False).largest_share
    if share > TIED_SHARE and share * sample.seen >= LEAST_TIED:
        yield Diagnosis(
            "ties",
            f"{100 * share:.3g} % of the values are equal, which a density does not allow.",
            "If they are rounded, give them as intervals; if they are counts, fit a count family.",
        )


def _upper(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeio" else f"a {noun}"


RULES: tuple[Callable[[Fit], Iterator[Diagnosis]], ...] = (
    _unbounded,
    _edge,
    _flat,
    _few,
    _ties,
    _hills,
    _limit,
    _ridge,
    _irregular,
    _simpler,
)
