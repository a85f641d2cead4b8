"""The peers in R: fitdistrplus and MASS, in one process of R that waits for what to call.

The values are handed over in a file, by the call that is not timed. Seconds are those of R's
own clock, so that neither the start of R, nor the way of a question and its answer, counts.
"""

import functools
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from typing import ClassVar

from models import Vector

PACKAGES = ("fitdistrplus", "MASS")
ASK = f"""
for (package in c{PACKAGES}) if (!requireNamespace(package, quietly = TRUE)) cat(package, "")
"""
WAIT = """
dlst <- function(x, location, scale, df, log = FALSE) {
  found <- dt((x - location) / scale, df, log = TRUE) - log(scale)
  if (log) found else exp(found)
}
dmixed <- function(x, weight, mean1, sd1, mean2, sd2, log = FALSE) {
  found <- weight * dnorm(x, mean1, sd1) + (1 - weight) * dnorm(x, mean2, sd2)
  if (log) log(found) else found
}
moments <- function(x) { both <- mean(x) * (1 - mean(x)) / var(x) - 1
  list(shape1 = mean(x) * both, shape2 = (1 - mean(x)) * both) }
spread <- function(x) list(location = median(x), scale = 0.7 * IQR(x), df = 5)
halves <- function(x) { at <- unname(quantile(x, c(0.25, 0.75)))
  list(weight = 0.5, mean1 = at[1], sd1 = sd(x) / 2, mean2 = at[2], sd2 = sd(x) / 2) }
questions <- file("stdin", "r")
while (length(question <- readLines(questions, 1))) {
  asked <- parse(text = question)
  answer <- tryCatch(suppressWarnings({
    began <- Sys.time()
    found <- eval(asked)
    c(as.numeric(Sys.time()) - as.numeric(began), found$estimate)
  }), error = function(fault) NULL)
  cat(sprintf("%.17g", answer), "\\n")
  flush(stdout())
}
"""
TIGHT = "control = list(reltol = 1e-15, maxit = 5000)"
START = {"beta": "moments(x)", "student-t": "spread(x)", "normal-mixture": "halves(x)"}
"""Where a package has no start of its own."""
FITDIST = {
    "normal": "norm",
    "gamma": "gamma",
    "weibull": "weibull",
    "beta": "beta",
    "student-t": "lst",
    "negative-binomial": "nbinom",
    "normal-mixture": "mixed",
}
FITDISTR = {
    "normal": '"normal"',
    "gamma": '"gamma"',
    "weibull": '"weibull"',
    "beta": '"beta"',
    "student-t": "dlst",
    "negative-binomial": '"negative binomial"',
    "normal-mixture": "dmixed",
}
SQUARED = {"normal": (1,), "normal-mixture": (2, 4)}
"""Standard deviations, which are variances with us."""


@functools.cache
def lacking() -> str:
    """Why there are no peers in R here; empty where there are."""
    if (found := shutil.which("Rscript")) is None:
        return "Rscript is not installed"
    asked = [found, "--vanilla", "-e", ASK]
    missing = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    return f"R has no package {' and '.join(missing)}" if missing else ""


@functools.cache
def process() -> "subprocess.Popen[str]":
    """R itself, which ends when its questions do."""
    return subprocess.Popen(
        ["Rscript", "--vanilla", "-e", WAIT],  # noqa: S607 - as the user has it
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip


def ask(question: str) -> list[float]:
    """Seconds that an expression took R, and the estimate in its value; empty where it fails."""
    waiting = process()
    assert waiting.stdin
    assert waiting.stdout
    print(question, file=waiting.stdin, flush=True)
    return [float(each) for each in waiting.stdout.readline().split()]


@dataclass(frozen=True)
class InR:
    """A call in R; what it is called with stays there until other values come."""

    call: str
    squared: tuple[int, ...]
    handed: ClassVar[list[Vector]] = []

    def __call__(self, x: Vector) -> tuple[float, ...]:
        """Hand the values over, clear what others left, and call once."""
        if not any(x is each for each in self.handed):
            with tempfile.NamedTemporaryFile() as file:
                x.tofile(file.name)
                ask(f'x <- readBin("{file.name}", "double", {x.size}); list()')
            self.handed[:] = [x]
        ask("gc(); list()")
        return self.timed()[1]

    def timed(self) -> tuple[float, tuple[float, ...]]:
        """Seconds of a call by R's clock, and its answer. RuntimeError where R has none."""
        if not (found := ask(self.call)):
            raise RuntimeError(self.call)
        spent, *answer = found
        return spent, tuple(a * a if i in self.squared else a for i, a in enumerate(answer))


def peers_in_r(family: str) -> dict[str, InR]:
    """fitdistrplus and MASS, by each of the two searches that suit them."""
    if lacking():
        return {}
    start = f"start = {START[family]}, " if family in START else ""
    squared, found = SQUARED.get(family, ()), {}
    for search in ("Nelder-Mead", "BFGS"):
        dist = f'fitdistrplus::mledist(x, "{FITDIST[family]}", {start}optim.method = "{search}", '
        found[f"fitdistrplus, {search}"] = InR(f"{dist}{TIGHT})", squared)
        distr = f'MASS::fitdistr(x, {FITDISTR[family]}, {start}method = "{search}", {TIGHT})'
        found[f"MASS, {search}"] = InR(distr, squared)
    if family == "normal":
        return {"MASS": InR('MASS::fitdistr(x, "normal")', squared)} | {
            name: each for name, each in found.items() if "MASS" not in name
        }
    return found
