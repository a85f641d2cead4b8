"""How SciPy spells each family: ``scipy.stats``, or NumPy where that has none.

Its parameters come from https://docs.scipy.org/doc/scipy/reference/stats.html.
"""

from engine.conventions.formula import (
    Formula,
    Spelling,
    exponential,
    inverse,
    minus,
    root,
    spell,
)

__all__ = ["SCIPY"]


def _spelled(name: str, note: str = "", **parameters: str | Formula) -> Spelling:
    """A distribution of ``scipy.stats``, with all of its parameters by keyword."""
    keywords = ", ".join(f"{each}={each}" for each in parameters)
    return spell(f"stats.{name}.logpdf(x, {keywords})", note, **parameters)


CENTRED = {"loc": "location", "scale": "scale"}
TRIALS = "The number of trials is known."
SUCCESS = Formula("size / (size + mean)", ("size", "mean"), lambda n, m: n / (n + m))
WIDTH = Formula("high − low", ("low", "high"), lambda low, high: high - low)
RATIO = Formula("mean / shape", ("mean", "shape"), lambda mean, shape: mean / shape)

SCIPY: dict[str, Spelling] = {
    "normal": _spelled("norm", loc="mean", scale=root("variance")),
    "logistic": _spelled("logistic", **CENTRED),
    "cauchy": _spelled("cauchy", **CENTRED),
    "gumbel": _spelled("gumbel_r", **CENTRED),
    "student-t": _spelled("t", df="df", **CENTRED),
    "gev": _spelled("genextreme", "SciPy's shape has the other sign.", c=minus("shape"), **CENTRED),
    "laplace": _spelled("laplace", **CENTRED),
    "skew-normal": _spelled("skewnorm", a="shape", **CENTRED),
    "generalized-normal": _spelled("gennorm", beta="shape", **CENTRED),
    "exponential": _spelled("expon", scale=inverse("rate")),
    "gamma": _spelled("gamma", a="shape", scale=inverse("rate")),
    "inverse-gamma": _spelled("invgamma", a="shape", scale="scale"),
    "weibull": _spelled("weibull_min", c="shape", scale="scale"),
    "frechet": _spelled("invweibull", c="shape", scale="scale"),
    "lognormal": _spelled("lognorm", s="log_sd", scale=exponential("log_mean")),
    "loglogistic": _spelled("fisk", c="shape", scale="scale"),
    "inverse-gaussian": _spelled("invgauss", mu=RATIO, scale="shape"),
    "birnbaum-saunders": _spelled("fatiguelife", c="shape", scale="scale"),
    "rayleigh": _spelled("rayleigh", scale="scale"),
    "half-normal": _spelled("halfnorm", scale="scale"),
    "maxwell": _spelled("maxwell", scale="scale"),
    "nakagami": _spelled("nakagami", nu="shape", scale=root("spread")),
    "chi-squared": _spelled("chi2", df="df"),
    "gompertz": _spelled("gompertz", c="shape", scale=inverse("rate")),
    "generalized-gamma": _spelled("gengamma", a="shape", c="power", scale="scale"),
    "lomax": _spelled("lomax", c="shape", scale="scale"),
    "burr": _spelled("burr12", c="shape2", d="shape1", scale="scale"),
    "generalized-pareto": _spelled("genpareto", c="shape", scale="scale"),
    "pareto": _spelled("pareto", b="shape", scale="minimum"),
    "uniform": _spelled("uniform", loc="low", scale=WIDTH),
    "beta": _spelled("beta", a="alpha", b="beta"),
    "kumaraswamy": spell(
        "np.log(a * b) + (a - 1) * np.log(x) + (b - 1) * np.log1p(-(x**a))",
        "SciPy has no Kumaraswamy distribution; this is its formula.",
        a="a",
        b="b",
    ),
    "von-mises": _spelled("vonmises", kappa="concentration", loc="direction"),
    "poisson": spell("stats.poisson.logpmf(x, mu=mu)", mu="mean"),
    "geometric": spell(
        "stats.geom.logpmf(x, p=p, loc=-1)",
        "SciPy's own counts include the success, which loc=-1 takes off.",
        p="probability",
    ),
    "negative-binomial": spell("stats.nbinom.logpmf(x, n=n, p=p)", n="size", p=SUCCESS),
    "binomial": spell("stats.binom.logpmf(x, n={trials}, p=p)", TRIALS, p="probability"),
    "beta-binomial": spell(
        "stats.betabinom.logpmf(x, n={trials}, a=a, b=b)", TRIALS, a="alpha", b="beta"
    ),
    "zero-inflated-poisson": spell(
        "np.where(x == 0, np.log(zero + (1 - zero) * np.exp(-mu)), "
        "np.log1p(-zero) + stats.poisson.logpmf(x, mu=mu))",
        "SciPy has no zero-inflated Poisson; this mixes one.",
        mu="mean",
        zero="zero_probability",
    ),
    "logarithmic": spell("stats.logser.logpmf(x, p=p)", p="probability"),
    "zeta": spell("stats.zipf.logpmf(x, a=a)", a="exponent"),
}
"""Spelling of each family but the mixtures, which are made for their components."""
