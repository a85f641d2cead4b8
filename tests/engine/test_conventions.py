"""Each convention's code means the same density, and its errors are the delta method's."""

import re

import numpy as np
import pytest
from scipy import special, stats

from engine.conventions import CONVENTIONS, spelling, told
from engine.conventions.textbook import ALSO
from engine.distributions import FAMILIES
from engine.fits.fitting import fit
from engine.samples.sample import Sample
from engine.tables.observations import read_observations
from engine.tables.roles import Roles

from .helpers import derivative, moderate

CASES = [(n, c) for n in sorted(FAMILIES) for c in ("r", "scipy", "stan")]


def call(density, **names):
    """A density of R, whose arguments have other names here."""

    def function(x, *, log=False, log_p=False, **named):
        found = density(x, **{names[each]: value for each, value in named.items()})
        return found if log or log_p else np.exp(found)

    return function


LOCATED = {"location": "loc", "scale": "scale"}
IN_R = {
    "TRUE": True,
    "Inf": np.inf,
    "pi": np.pi,
    "dnorm": call(stats.norm.logpdf, mean="loc", sd="scale"),
    "pnorm": call(stats.norm.logcdf),
    "dlogis": call(stats.logistic.logpdf, **LOCATED),
    "dcauchy": call(stats.cauchy.logpdf, **LOCATED),
    "dt": call(stats.t.logpdf, df="df"),
    "dexp": call(lambda x, b: stats.expon.logpdf(x, scale=1 / b), rate="b"),
    "dgamma": call(lambda x, a, b: stats.gamma.logpdf(x, a, scale=1 / b), shape="a", rate="b"),
    "dweibull": call(stats.weibull_min.logpdf, shape="c", scale="scale"),
    "dlnorm": call(
        lambda x, m, s: stats.lognorm.logpdf(x, s, scale=np.exp(m)), meanlog="m", sdlog="s"
    ),
    "dchisq": call(stats.chi2.logpdf, df="df"),
    "dunif": call(lambda x, a, b: stats.uniform.logpdf(x, a, b - a), min="a", max="b"),
    "dbeta": call(stats.beta.logpdf, shape1="a", shape2="b"),
    "dpois": call(stats.poisson.logpmf, lam="mu"),
    "dgeom": call(lambda x, p: stats.geom.logpmf(x + 1, p), prob="p"),
    "dnbinom": call(lambda x, n, m: stats.nbinom.logpmf(x, n, n / (n + m)), size="n", mu="m"),
    "dbinom": call(stats.binom.logpmf, size="n", prob="p"),
    "besselI": lambda x, nu, scaled: special.ive(nu, x),
    "lchoose": lambda n, k: (
        special.gammaln(n + 1) - special.gammaln(k + 1) - special.gammaln(n - k + 1)
    ),
    "lbeta": special.betaln,
    "ifelse": np.where,
    "zeta": special.zeta,
}
SHARED = {
    "lgamma": special.gammaln,
    "np": np,
    "stats": stats,
    "special": special,
    **{n: getattr(np, n) for n in ("log", "exp", "log1p", "expm1", "sqrt", "abs", "cos", "where")},
}
IN_STAN = {
    "pi": lambda: np.pi,
    "log1m": lambda x: np.log1p(-x),
    "log_sum_exp": lambda terms: special.logsumexp(terms, axis=0),
    "normal_lpdf": stats.norm.logpdf,
    "logistic_lpdf": stats.logistic.logpdf,
    "cauchy_lpdf": stats.cauchy.logpdf,
    "gumbel_lpdf": stats.gumbel_r.logpdf,
    "student_t_lpdf": stats.t.logpdf,
    "double_exponential_lpdf": stats.laplace.logpdf,
    "skew_normal_lpdf": lambda x, xi, omega, alpha: stats.skewnorm.logpdf(x, alpha, xi, omega),
    "exponential_lpdf": lambda x, beta: stats.expon.logpdf(x, scale=1 / beta),
    "gamma_lpdf": lambda x, alpha, beta: stats.gamma.logpdf(x, alpha, scale=1 / beta),
    "inv_gamma_lpdf": lambda x, alpha, beta: stats.invgamma.logpdf(x, alpha, scale=beta),
    "weibull_lpdf": lambda x, alpha, sigma: stats.weibull_min.logpdf(x, alpha, scale=sigma),
    "frechet_lpdf": lambda x, alpha, sigma: stats.invweibull.logpdf(x, alpha, scale=sigma),
    "lognormal_lpdf": lambda x, mu, sigma: stats.lognorm.logpdf(x, sigma, scale=np.exp(mu)),
    "loglogistic_lpdf": lambda x, alpha, beta: stats.fisk.logpdf(x, beta, scale=alpha),
    "rayleigh_lpdf": lambda x, sigma: stats.rayleigh.logpdf(x, scale=sigma),
    "chi_square_lpdf": stats.chi2.logpdf,
    "pareto_type_2_lpdf": lambda x, mu, lam, alpha: stats.lomax.logpdf(x, alpha, mu, lam),
    "pareto_lpdf": lambda x, low, alpha: stats.pareto.logpdf(x, alpha, scale=low),
    "uniform_lpdf": lambda x, low, high: stats.uniform.logpdf(x, low, high - low),
    "beta_lpdf": stats.beta.logpdf,
    "von_mises_lpdf": lambda x, mu, kappa: stats.vonmises.logpdf(x, kappa, mu),
    "poisson_lpmf": stats.poisson.logpmf,
    "neg_binomial_2_lpmf": lambda x, mu, phi: stats.nbinom.logpmf(x, phi, phi / (phi + mu)),
    "binomial_lpmf": stats.binom.logpmf,
    "beta_binomial_lpmf": stats.betabinom.logpmf,
}
LANGUAGES = {"r": IN_R, "scipy": {}, "stan": IN_STAN}


def evaluated(density, convention, names):
    """Evaluate an expression of R, Python or Stan, whose arithmetic is Python's but for powers."""
    if convention != "scipy":
        density = density.replace("^", "**").replace("log.p", "log_p").replace("VGAM::", "")
        density = re.sub(r"\blambda\b", "lam", density).replace(" | ", ", ")
        density = density.replace("{", "[").replace("}", "]")
        density = re.sub(r"^(.*) \? (.*) : (.*)$", r"where(\1, \2, \3)", density)
    given = {"lam" if name == "lambda" else name: value for name, value in names.items()}
    return eval(density, {**SHARED, **LANGUAGES[convention], **given})  # noqa: S307 - our own code


@pytest.mark.parametrize(("name", "convention"), CASES)
def test_the_density_spelled_out_is_ours(name, convention):
    family, member = FAMILIES[name], moderate(FAMILIES[name])
    found = spelling(family, convention)
    if found is None:
        assert (name, convention) == ("zeta", "stan")
        return
    x = member.draw(200, np.random.default_rng(4))
    at = dict(zip((p.name for p in family.parameters()), member.values(), strict=True))
    values = {each: formula.value(at) for each, formula in found.parameters.items()}
    density = found.density.replace("{trials}", str(getattr(family, "trials", "")))
    theirs = evaluated(density, convention, {"x": x, **values})
    ours = member.log_density(x)
    assert np.abs(theirs - ours).max() <= 1e-10 * max(1.0, np.abs(ours).max())
    free = {used for formula in found.parameters.values() for used in formula.uses}
    assert free == set(at)


@pytest.mark.parametrize("components", [2, 3, 4])
@pytest.mark.parametrize("name", ["normal-mixture", "poisson-mixture"])
@pytest.mark.parametrize("convention", ["r", "scipy", "stan"])
def test_mixtures_of_more_components(name, components, convention):
    family = FAMILIES[name].knowing(components)
    member = moderate(family)
    found = spelling(family, convention)
    x = member.draw(100, np.random.default_rng(4))
    at = dict(zip((p.name for p in family.parameters()), member.values(), strict=True))
    values = {each: formula.value(at) for each, formula in found.parameters.items()}
    theirs = evaluated(found.density, convention, {"x": x, **values})
    assert theirs == pytest.approx(member.log_density(x), rel=1e-10)


def formulas():
    for name, convention in CASES:
        if found := spelling(FAMILIES[name], convention):
            for each, formula in found.parameters.items():
                yield pytest.param(name, formula, id=f"{name} {convention} {each}")
    for name, also in ALSO.items():
        for each, formula in also.items():
            yield pytest.param(name, formula, id=f"{name} {each}")


@pytest.mark.parametrize(("name", "formula"), list(formulas()))
def test_derivatives_of_the_conversions(name, formula):
    family = FAMILIES[name]
    names = [p.name for p in family.parameters()]
    at = dict(zip(names, family.example, strict=True))
    numeric = [
        float(
            derivative(lambda v, p=p: formula.value({**at, p: v}), at[p], 1e-4 * abs(at[p]) + 1e-6)
        )
        for p in names
    ]
    assert formula.gradient(at) == pytest.approx(numeric, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("name", sorted(FAMILIES))
@pytest.mark.parametrize("convention", CONVENTIONS)
def test_every_family_is_told_or_said_not_to_be(name, convention):
    family = FAMILIES[name]
    fitted = fit(family, Sample(moderate(family).draw(200, np.random.default_rng(2))))
    found = told(fitted, convention)
    if not found.parameters:
        assert found.note == "Stan has no density for zeta to spell it with."
        return
    assert found.code.strip()
    for each in found.parameters:
        assert np.isfinite(each.value)
        assert (each.standard_error is None) == (fitted.covariance is None)
    if convention == "textbook":
        assert (
            tuple(p.value for p in found.parameters)[: len(fitted.parameters)] == fitted.parameters
        )


@pytest.mark.parametrize("n", [30, 60])
@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_the_python_code_prints_our_log_likelihood_and_finds_the_maximum(
    name, n, tmp_path, monkeypatch, capsys
):
    family = FAMILIES[name]
    sample = Sample(moderate(family).draw(n, np.random.default_rng(6)))
    fitted = fit(family, sample)
    if n > 40:
        (tmp_path / "values.txt").write_text("\n".join(map(repr, sample.values.tolist())))
    monkeypatch.chdir(tmp_path)
    with np.errstate(all="ignore"):
        exec(told(fitted, "scipy").code, {})  # noqa: S102 - our own code
    printed = capsys.readouterr().out
    assert float(printed.split("\n")[0]) == pytest.approx(fitted.log_likelihood, rel=1e-10)
    found = -float(re.search(r"fun: (\S+)", printed)[1])
    assert found >= fitted.log_likelihood - 1e-9
    assert found <= fitted.log_likelihood + 1e-6 or not fitted.converged


def test_the_delta_method_by_hand():
    fitted = fit(FAMILIES["normal"], Sample(np.array([1.0, 2.0, 4.0, 9.0])))
    sd = told(fitted, "r").parameters[1]
    variance, error = fitted.parameters[1], fitted.standard_errors[1]
    assert (sd.name, sd.formula, sd.value) == ("sd", "√variance", variance**0.5)
    assert sd.standard_error == pytest.approx(error / 2 / variance**0.5)
    p = told(
        fit(FAMILIES["negative-binomial"], Sample(np.array([0.0, 1, 5, 9, 2, 14]))), "scipy"
    ).parameters[1]
    assert p.formula == "size / (size + mean)"


def test_what_the_code_leaves_out_is_said():
    sample = read_observations("remissions", Roles())
    for convention in ("r", "scipy", "stan"):
        code = told(fit(FAMILIES["weibull"], sample), convention).code
        assert "Censored observations are left out here" in code
    held = fit(FAMILIES["gamma"], Sample(np.array([1.0, 2.0, 4.0])), {"rate": 0.5})
    assert "found with rate = 0.5; here every parameter is free" in told(held, "r").code
    assert [p.fixed for p in told(held, "scipy").parameters] == [False, True]
    counts = fit(FAMILIES["poisson"], read_observations("horse-kicks", Roles()))
    assert "sum(w * (dpois(" in told(counts, "r").code
    assert "np.sum(w * (stats.poisson" in told(counts, "scipy").code
    assert "w[n] * (poisson_lpmf(x[n] | lambda))" in told(counts, "stan").code
    assert "list(N = length(x), x = x, w = w)" in told(counts, "stan").code
    assert "array[N] int x;" in told(counts, "stan").code


def test_stan_declares_ranges():
    sample = Sample(np.array([0.2, 0.3, 0.7, 0.4]))
    assert "real<lower=0> sigma;" in told(fit(FAMILIES["normal"], sample), "stan").code
    assert "real<upper=min(x)> alpha;" in told(fit(FAMILIES["uniform"], sample), "stan").code
    assert "real mu;" in told(fit(FAMILIES["normal"], sample), "stan").code
    assert (
        "target += normal_lpdf(x | mu, sigma);"
        in told(fit(FAMILIES["normal"], sample), "stan").code
    )
    chances = Sample(np.array([0.0, 1.0, 4.0, 2.0]))
    assert "<lower=0, upper=1> theta;" in told(fit(FAMILIES["geometric"], chances), "stan").code
