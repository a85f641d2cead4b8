"""The code for R, run by R: it gives our log-likelihood, estimate and standard errors.

One process of R runs all of it, for most of a process's time is its start.
"""

import shutil
import subprocess

import numpy as np
import pytest

from engine.conventions import told
from engine.distributions import FAMILIES
from engine.fits.fitting import fit
from engine.samples.sample import Sample
from engine.tables.observations import read_observations
from engine.tables.roles import Roles

from .helpers import moderate

RSCRIPT = shutil.which("Rscript")
pytestmark = pytest.mark.skipif(RSCRIPT is None, reason="Rscript, of R, is not installed")
RUN = """
digits <- function(numbers) paste(sprintf("%.17g", numbers), collapse = " ")
for (name in list.dirs(recursive = FALSE, full.names = FALSE)) {
  home <- setwd(name)
  told <- tryCatch({
    here <- new.env()
    given <- suppressWarnings(lapply(parse("code.R"), eval, envir = here))
    last <- given[[length(given)]]
    smooth <- !is.null(here$found)
    found <- if (smooth) here$found else last
    place <- if (smooth) given[[length(given) - 1]] else found$par
    errors <- if (smooth) last
    reached <- here$log_likelihood(here$estimate)
    c(digits(reached), digits(found$value), digits(place), digits(errors))
  }, error = function(fault) c("fault", conditionMessage(fault)))
  setwd(home)
  cat(name, told, sep = "\\t")
  cat("\\n")
}
"""


def drawn(name, n, unit=1.0):
    return Sample(moderate(FAMILIES[name]).draw(n, np.random.default_rng(6)) * unit)


def fits():
    """Fits by name: of every family, some of data in a small unit or far away, some of weights."""
    for name, family in FAMILIES.items():
        yield name, fit(family, drawn(name, 30))
        yield f"{name}, from a file", fit(family, drawn(name, 200))
    for name in ("normal", "gamma", "weibull", "gev", "student-t", "uniform", "pareto"):
        yield f"{name}, small", fit(FAMILIES[name], drawn(name, 100, 1e-6))
    years = Sample(1950.0 + np.array([1.0, 2.0, 2.5, 4.0, 4.5, 7.0]))
    yield "years", fit(FAMILIES["logistic"], years)
    yield "weights", fit(FAMILIES["poisson"], read_observations("horse-kicks", Roles()))
    components = FAMILIES["normal-mixture"].knowing(3)
    random = np.random.default_rng(3)
    three = np.concatenate([random.normal(at, 1.0, 60) for at in (-5.0, 0.0, 6.0)])
    yield "three components", fit(components, Sample(three))


def faults(fitted, reached, height, place, errors):
    """What R gave that is not ours, in words."""
    spelled = told(fitted, "r").parameters
    ours = fitted.log_likelihood
    if reached[0] != pytest.approx(ours, rel=1e-10, abs=1e-9):
        yield f"a log-likelihood of {reached[0]} and not {ours}"
    higher = 1e-6 if fitted.converged else np.inf
    if not -1e-9 <= height[0] - ours <= higher:
        yield f"a maximum that is {height[0] - ours} above ours"
    if fitted.covariance is None:
        return
    for each, value, error in zip(spelled, place, errors, strict=True):
        if abs(value - each.value) > 1e-3 * each.standard_error:
            yield f"{each.name} of {value} and not {each.value}"
        if error != pytest.approx(each.standard_error, rel=1e-3):
            yield f"a standard error of {each.name} of {error} and not {each.standard_error}"


def test_r_gives_our_log_likelihood_estimate_and_standard_errors(tmp_path):
    cases = dict(fits())
    for name, fitted in cases.items():
        folder = tmp_path / name
        folder.mkdir()
        (folder / "code.R").write_text(told(fitted, "r").code)
        values = fitted.likelihood.sample.values
        (folder / "values.txt").write_text("\n".join(map(repr, values.tolist())) + "\n")
    done = subprocess.run(
        [RSCRIPT, "--vanilla", "-e", RUN],
        cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    answers = dict(line.split("\t", 1) for line in done.stdout.splitlines())
    assert answers.keys() == cases.keys()
    wrong = {}
    for name, answer in answers.items():
        parts = answer.split("\t")
        if parts[0] != "fault":
            numbers = ([float(each) for each in part.split()] for part in parts)
            wrong[name] = list(faults(cases[name], *numbers))
        elif not (name.startswith("zeta") and "VGAM" in parts[1]):
            wrong[name] = parts[1:]
    found = {name: each for name, each in wrong.items() if each}
    assert not found, found
