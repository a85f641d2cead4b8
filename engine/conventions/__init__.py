"""One fit in the conventions of textbooks, R, SciPy and Stan: names, values, errors and code.

Standard errors are by the delta method (Casella & Berger, Statistical Inference, section 5.5.4),
with derivatives that are exact to rounding.
"""

import math
from dataclasses import dataclass

from engine.conventions.code import r_code, scipy_code, stan_code
from engine.conventions.formula import Formula, Spelled, Spelling, same
from engine.conventions.in_r import R
from engine.conventions.in_scipy import SCIPY
from engine.conventions.in_stan import STAN
from engine.conventions.mixtures import mixture
from engine.conventions.textbook import ALSO, written_density
from engine.distributions.base import Distribution
from engine.fits.fitting import Fit

__all__ = ["CONVENTIONS", "Spelled", "Told", "spelling", "told"]

CONVENTIONS = {"textbook": "Textbook", "r": "R", "scipy": "SciPy", "stan": "Stan"}
"""The conventions in their order, and how they are called."""
TABLES = {"r": R, "scipy": SCIPY, "stan": STAN}
CODE = {"r": r_code, "scipy": scipy_code, "stan": stan_code}
SUFFIXES = {"textbook": ".txt", "r": ".R", "scipy": ".py", "stan": ".stan"}


@dataclass(frozen=True)
class Told:
    """A fit in one convention: its parameters, a note, and code; or why there is none."""

    parameters: tuple[Spelled, ...]
    note: str
    code: str
    suffix: str
    """Ending of a file with such code."""


def spelling(family: type[Distribution], convention: str) -> Spelling | None:
    """How a language spells a family's log density; None where it cannot.

    KeyError where there is no such language.
    """
    made = mixture(family.name, getattr(family, "components", 0), convention)
    return made or TABLES[convention].get(family.name)


def told(fitted: Fit, convention: str) -> Told:
    """Tell a fit in a convention; where a language has no density, the code says so."""
    family, suffix = fitted.likelihood.family, SUFFIXES[convention]
    if convention == "textbook":
        formulas = {p.name: same(p.name) for p in family.parameters()} | ALSO.get(family.name, {})
        spelled = tuple(_spelled(fitted, name, f) for name, f in formulas.items())
        return Told(spelled, "", written_density(family) + "\n", suffix)
    found = spelling(family, convention)
    if found is None:
        said = f"{CONVENTIONS[convention]} has no density for {family.name} to spell it with."
        return Told((), said, "", suffix)
    spelled = tuple(_spelled(fitted, name, f) for name, f in found.parameters.items())
    return Told(spelled, found.note, CODE[convention](fitted, found, spelled), suffix)


def _spelled(fitted: Fit, name: str, formula: Formula) -> Spelled:
    """Evaluate a formula at the estimate, with √(∇gᵀ Σ ∇g) for its error."""
    names = fitted.likelihood.family.names()
    at = dict(zip(names, fitted.parameters, strict=True))
    error = None
    if fitted.covariance is not None:
        slope = formula.gradient(at)
        error = math.sqrt(max(float(slope @ fitted.covariance @ slope), 0.0))
    fixed = all(used in fitted.fixed for used in formula.uses)
    return Spelled(name, formula.text, formula.value(at), error, fixed)
