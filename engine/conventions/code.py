"""Code that computes a fit's log-likelihood in another language, and finds its maximum there."""

import re
from collections.abc import Mapping, Sequence

from engine.conventions.formula import Formula, Spelled, Spelling
from engine.domains import POSITIVE, REAL, Domain
from engine.fits.fitting import Fit

__all__ = ["r_code", "scipy_code", "stan_code"]

MOST = 1e300
FEW = 40
"""Values that are written into the code itself."""
CALL = re.compile(r"\w+_lp[dm]f\(x \| [^()]*\)")
"""A density of Stan's that takes all values at once."""


def scipy_code(fitted: Fit, spelling: Spelling, spelled: Sequence[Spelled]) -> str:
    """Python with scipy.stats: the log-likelihood at the estimate, and the search for it."""
    density, weighted = _density(fitted, spelling), fitted.likelihood.sample.weights is not None
    total = f"np.sum(w * ({density}))" if weighted else f"np.sum({density})"
    lone = "," if len(spelled) == 1 else ""
    names = ", ".join(each.name for each in spelled) + lone
    given = ", ".join(repr(each.value) for each in spelled) + lone
    lines = [
        "import numpy as np",
        "from scipy import optimize, special, stats",
        "",
        *_remarks(fitted, spelling, "#"),
        *_data(fitted, "{} = np.array([{}])", '{} = np.loadtxt("{}")  # {}'),
        f"estimate = ({given})",
        "",
        "def log_likelihood(parameters):",
        f"    {names} = parameters",
        f"    return {total}",
        "",
        f"print(log_likelihood(estimate))  # {fitted.log_likelihood!r}",
        "print(optimize.minimize(lambda p: -log_likelihood(p), estimate, method='Nelder-Mead'))",
    ]
    return "\n".join(lines) + "\n"


def r_code(fitted: Fit, spelling: Spelling, spelled: Sequence[Spelled]) -> str:
    """R: the log-likelihood at the estimate, the search for it by optim, and standard errors."""
    density, weighted = _density(fitted, spelling), fitted.likelihood.sample.weights is not None
    total = f"sum(w * ({density}))" if weighted else f"sum({density})"
    lines = [
        *_remarks(fitted, spelling, "#"),
        *_data(fitted, "{} <- c({})", '{} <- scan("{}")  # {}'),
        f"estimate <- {_vector({each.name: each.value for each in spelled})}",
        "log_likelihood <- function(parameters) with(as.list(parameters),",
        f"  {total})",
        f"log_likelihood(estimate)  # {fitted.log_likelihood!r}",
        *_search(fitted, spelled),
    ]
    return "\n".join(lines) + "\n"


def _search(fitted: Fit, spelled: Sequence[Spelled]) -> list[str]:
    """Calls of R's optim: by slopes, where the likelihood has any, and otherwise without."""
    if fitted.covariance is None:
        method = 'method = "BFGS", ' if len(spelled) == 1 else ""
        return [f"optim(estimate, log_likelihood, {method}control = list(fnscale = -1))"]
    # optim's steps are absolute, so it searches in standard errors, whatever the data's unit
    errors = {each.name: each.standard_error or abs(each.value) or 1.0 for each in spelled}
    return [
        f"errors <- {_vector(errors)}",
        "found <- optim(0 * estimate,",
        "  function(off) log_likelihood(estimate + off * errors),",
        '  method = "BFGS", hessian = TRUE, control = list(fnscale = -1))',
        "estimate + found$par * errors",
        "errors * sqrt(diag(solve(-found$hessian)))  # standard errors",
    ]


def _vector(named: Mapping[str, float]) -> str:
    """Numbers with names, as R has them."""
    return f"c({', '.join(f'{name} = {value!r}' for name, value in named.items())})"


def stan_code(fitted: Fit, spelling: Spelling, spelled: Sequence[Spelled]) -> str:
    """A Stan program, whose optimum is the estimate where no prior is added."""
    density, weighted = _density(fitted, spelling), fitted.likelihood.sample.weights is not None
    whole = fitted.likelihood.family.support.whole
    each = re.sub(r"\bx\b", "x[n]", density)
    if CALL.fullmatch(density) and not weighted:
        model = [f"  target += {density};"]
    else:
        term = f"w[n] * ({each})" if weighted else each
        model = ["  for (n in 1:N)", f"    target += {term};"]
    given = "N = length(x), x = x" + (", w = w" if weighted else "")
    lines = [
        *_remarks(fitted, spelling, "//"),
        "data {",
        "  int<lower=1> N;",
        "  array[N] int x;" if whole else "  vector[N] x;",
        *(["  vector<lower=0>[N] w;  // how often each was seen"] if weighted else []),
        "}",
        "parameters {",
        *(
            f"  real{_bounds(fitted, each.name, formula)} {each.name};  // estimate {each.value!r}"
            for each, formula in zip(spelled, spelling.parameters.values(), strict=True)
        ),
        "}",
        "model {",
        *model,
        f"  // log-likelihood at the estimate: {fitted.log_likelihood!r}",
        "}",
        f"// from R, by cmdstanr: model$optimize(data = list({given}), jacobian = FALSE)",
    ]
    return "\n".join(lines) + "\n"


def _data(fitted: Fit, listed: str, read: str) -> list[str]:
    """The values, and weights where there are any: a few as they are, more from files."""
    sample = fitted.likelihood.sample
    columns = [("x", sample.values, "values.txt", "a value a line")]
    if sample.weights is not None:
        columns.append(("w", sample.weights, "weights.txt", "how often each was seen"))
    if sample.values.size > FEW:
        return [read.format(name, file, told) for name, _, file, told in columns]
    return [
        listed.format(name, ", ".join(map(repr, values.tolist()))) for name, values, *_ in columns
    ]


def _density(fitted: Fit, spelling: Spelling) -> str:
    """The log density, with the number that the family is made for."""
    trials = getattr(fitted.likelihood.family, "trials", "")
    return spelling.density.replace("{trials}", str(trials))


def _remarks(fitted: Fit, spelling: Spelling, mark: str) -> list[str]:
    """What the code leaves out, so that it is not taken for the same fit, and the note."""
    sample, said = fitted.likelihood.sample, [spelling.note] if spelling.note else []
    if sample.censored is not None:
        said.append("Censored observations are left out here, so the log-likelihood differs.")
    if sample.truncation is not None:
        said.append("The truncation is left out here, so the log-likelihood differs.")
    if fitted.held:
        held = ", ".join(f"{name} = {value:g}" for name, value in fitted.held.items())
        said.append(f"The estimate was found with {held}; here every parameter is free.")
    return [f"{mark} {fitted.likelihood.family.name}", *(f"{mark} {each}" for each in said)]


def _bounds(fitted: Fit, name: str, formula: Formula) -> str:
    """The range of a parameter in Stan's words."""
    ends = {"y_min": "<lower=0, upper=min(x)>"}
    if fitted.likelihood.family.name == "uniform":
        ends = {"alpha": "<upper=min(x)>", "beta": "<lower=max(x)>"}
    if name in ends:
        return ends[name]
    domains = {p.name: p.domain for p in fitted.likelihood.family.parameters()}
    domain: Domain = domains[formula.text] if formula.identity else POSITIVE
    if domain is REAL:
        return ""
    # a domain's ends are the last doubles inside it
    lower, upper = round(domain.lower, 9), round(domain.upper, 9)
    return f"<lower={lower:g}>" if upper > MOST else f"<lower={lower:g}, upper={upper:g}>"
