"""How Stan spells each family: its own density, or the formula.

Stan Development Team, Stan Functions Reference, chapters on distributions.
"""

from engine.conventions.formula import Formula, Spelling, root, same

__all__ = ["STAN"]


def _spelled(density: str, note: str = "", **parameters: str | Formula) -> Spelling:
    """A log density, and the parameters in it."""
    found = {k: same(f) if isinstance(f, str) else f for k, f in parameters.items()}
    return Spelling(density, found, note)


FORMULA = "Stan has no such density; this is its formula."
TRIALS = "The number of trials is known."
LOCATED = {"mu": "location", "sigma": "scale"}

STAN: dict[str, Spelling] = {
    "normal": _spelled("normal_lpdf(x | mu, sigma)", mu="mean", sigma=root("variance")),
    "logistic": _spelled("logistic_lpdf(x | mu, sigma)", **LOCATED),
    "cauchy": _spelled("cauchy_lpdf(x | mu, sigma)", **LOCATED),
    "gumbel": _spelled("gumbel_lpdf(x | mu, beta)", mu="location", beta="scale"),
    "student-t": _spelled("student_t_lpdf(x | nu, mu, sigma)", nu="df", **LOCATED),
    "gev": _spelled(
        "-log(sigma) - (1 + 1 / xi) * log1p(xi * (x - mu) / sigma)"
        " - (1 + xi * (x - mu) / sigma)^(-1 / xi)",
        FORMULA,
        xi="shape",
        **LOCATED,
    ),
    "laplace": _spelled("double_exponential_lpdf(x | mu, sigma)", **LOCATED),
    "skew-normal": _spelled(
        "skew_normal_lpdf(x | xi, omega, alpha)", xi="location", omega="scale", alpha="shape"
    ),
    "generalized-normal": _spelled(
        "log(beta / (2 * alpha)) - lgamma(1 / beta) - (abs(x - mu) / alpha)^beta",
        FORMULA,
        mu="location",
        alpha="scale",
        beta="shape",
    ),
    "exponential": _spelled("exponential_lpdf(x | beta)", beta="rate"),
    "gamma": _spelled("gamma_lpdf(x | alpha, beta)", alpha="shape", beta="rate"),
    "inverse-gamma": _spelled("inv_gamma_lpdf(x | alpha, beta)", alpha="shape", beta="scale"),
    "weibull": _spelled("weibull_lpdf(x | alpha, sigma)", alpha="shape", sigma="scale"),
    "frechet": _spelled("frechet_lpdf(x | alpha, sigma)", alpha="shape", sigma="scale"),
    "lognormal": _spelled("lognormal_lpdf(x | mu, sigma)", mu="log_mean", sigma="log_sd"),
    "loglogistic": _spelled("loglogistic_lpdf(x | alpha, beta)", alpha="scale", beta="shape"),
    "inverse-gaussian": _spelled(
        "0.5 * log(lambda / (2 * pi() * x^3)) - lambda * (x - mu)^2 / (2 * mu^2 * x)",
        FORMULA,
        **{"mu": "mean", "lambda": "shape"},
    ),
    "birnbaum-saunders": _spelled(
        "normal_lpdf((sqrt(x / beta) - sqrt(beta / x)) / alpha | 0, 1)"
        " + log((sqrt(x / beta) + sqrt(beta / x)) / (2 * alpha * x))",
        FORMULA,
        alpha="shape",
        beta="scale",
    ),
    "rayleigh": _spelled("rayleigh_lpdf(x | sigma)", sigma="scale"),
    "half-normal": _spelled("normal_lpdf(x | 0, sigma) + log(2)", sigma="scale"),
    "maxwell": _spelled(
        "0.5 * log(2 / pi()) + 2 * log(x) - 3 * log(sigma) - x^2 / (2 * sigma^2)",
        FORMULA,
        sigma="scale",
    ),
    "nakagami": _spelled(
        "gamma_lpdf(x^2 | m, m / omega) + log(2 * x)", FORMULA, m="shape", omega="spread"
    ),
    "chi-squared": _spelled("chi_square_lpdf(x | nu)", nu="df"),
    "gompertz": _spelled(
        "log(eta * b) + b * x - eta * expm1(b * x)", FORMULA, eta="shape", b="rate"
    ),
    "generalized-gamma": _spelled(
        "log(p / s) + (k * p - 1) * log(x / s) - (x / s)^p - lgamma(k)",
        FORMULA,
        k="shape",
        p="power",
        s="scale",
    ),
    "lomax": _spelled(
        "pareto_type_2_lpdf(x | 0, lambda, alpha)", **{"lambda": "scale", "alpha": "shape"}
    ),
    "burr": _spelled(
        "log(k * c / s) + (c - 1) * log(x / s) - (k + 1) * log1p((x / s)^c)",
        FORMULA,
        k="shape1",
        c="shape2",
        s="scale",
    ),
    "generalized-pareto": _spelled(
        "-log(sigma) - (1 + 1 / xi) * log1p(xi * x / sigma)", FORMULA, sigma="scale", xi="shape"
    ),
    "pareto": _spelled("pareto_lpdf(x | y_min, alpha)", y_min="minimum", alpha="shape"),
    "uniform": _spelled("uniform_lpdf(x | alpha, beta)", alpha="low", beta="high"),
    "beta": _spelled("beta_lpdf(x | alpha, beta)", alpha="alpha", beta="beta"),
    "kumaraswamy": _spelled(
        "log(a * b) + (a - 1) * log(x) + (b - 1) * log1p(-x^a)", FORMULA, a="a", b="b"
    ),
    "von-mises": _spelled("von_mises_lpdf(x | mu, kappa)", mu="direction", kappa="concentration"),
    "poisson": _spelled("poisson_lpmf(x | lambda)", **{"lambda": "mean"}),
    "geometric": _spelled("log(theta) + x * log1m(theta)", FORMULA, theta="probability"),
    "negative-binomial": _spelled("neg_binomial_2_lpmf(x | mu, phi)", mu="mean", phi="size"),
    "binomial": _spelled("binomial_lpmf(x | {trials}, theta)", TRIALS, theta="probability"),
    "beta-binomial": _spelled(
        "beta_binomial_lpmf(x | {trials}, alpha, beta)", TRIALS, alpha="alpha", beta="beta"
    ),
    "zero-inflated-poisson": _spelled(
        "x == 0 ? log(theta + (1 - theta) * exp(-lambda))"
        " : log1m(theta) + poisson_lpmf(x | lambda)",
        "Stan has no zero-inflated Poisson; this mixes one.",
        **{"lambda": "mean", "theta": "zero_probability"},
    ),
    "logarithmic": _spelled(
        "x * log(theta) - log(x) - log(-log1m(theta))", FORMULA, theta="probability"
    ),
}
"""Spelling of each family but the mixtures, and the zeta: Stan has no zeta function."""
