"""How Stan spells each family: its own density, or the formula.

Stan Development Team, Stan Functions Reference, chapters on distributions.
"""

from engine.conventions.formula import Spelling, root, spell

__all__ = ["STAN"]

FORMULA = "Stan has no such density; this is its formula."
TRIALS = "The number of trials is known."
LOCATED = {"mu": "location", "sigma": "scale"}

STAN: dict[str, Spelling] = {
    "normal": spell("normal_lpdf(x | mu, sigma)", mu="mean", sigma=root("variance")),
    "logistic": spell("logistic_lpdf(x | mu, sigma)", **LOCATED),
    "cauchy": spell("cauchy_lpdf(x | mu, sigma)", **LOCATED),
    "gumbel": spell("gumbel_lpdf(x | mu, beta)", mu="location", beta="scale"),
    "student-t": spell("student_t_lpdf(x | nu, mu, sigma)", nu="df", **LOCATED),
    "gev": spell(
        "-log(sigma) - (1 + 1 / xi) * log1p(xi * (x - mu) / sigma)"
        " - (1 + xi * (x - mu) / sigma)^(-1 / xi)",
        FORMULA,
        xi="shape",
        **LOCATED,
    ),
    "laplace": spell("double_exponential_lpdf(x | mu, sigma)", **LOCATED),
    "skew-normal": spell(
        "skew_normal_lpdf(x | xi, omega, alpha)", xi="location", omega="scale", alpha="shape"
    ),
    "generalized-normal": spell(
        "log(beta / (2 * alpha)) - lgamma(1 / beta) - (abs(x - mu) / alpha)^beta",
        FORMULA,
        mu="location",
        alpha="scale",
        beta="shape",
    ),
    "exponential": spell("exponential_lpdf(x | beta)", beta="rate"),
    "gamma": spell("gamma_lpdf(x | alpha, beta)", alpha="shape", beta="rate"),
    "inverse-gamma": spell("inv_gamma_lpdf(x | alpha, beta)", alpha="shape", beta="scale"),
    "weibull": spell("weibull_lpdf(x | alpha, sigma)", alpha="shape", sigma="scale"),
    "frechet": spell("frechet_lpdf(x | alpha, sigma)", alpha="shape", sigma="scale"),
    "lognormal": spell("lognormal_lpdf(x | mu, sigma)", mu="log_mean", sigma="log_sd"),
    "loglogistic": spell("loglogistic_lpdf(x | alpha, beta)", alpha="scale", beta="shape"),
    "inverse-gaussian": spell(
        "0.5 * log(lambda / (2 * pi() * x^3)) - lambda * (x - mu)^2 / (2 * mu^2 * x)",
        FORMULA,
        **{"mu": "mean", "lambda": "shape"},
    ),
    "birnbaum-saunders": spell(
        "normal_lpdf((sqrt(x / beta) - sqrt(beta / x)) / alpha | 0, 1)"
        " + log((sqrt(x / beta) + sqrt(beta / x)) / (2 * alpha * x))",
        FORMULA,
        alpha="shape",
        beta="scale",
    ),
    "rayleigh": spell("rayleigh_lpdf(x | sigma)", sigma="scale"),
    "half-normal": spell("normal_lpdf(x | 0, sigma) + log(2)", sigma="scale"),
    "maxwell": spell(
        "0.5 * log(2 / pi()) + 2 * log(x) - 3 * log(sigma) - x^2 / (2 * sigma^2)",
        FORMULA,
        sigma="scale",
    ),
    "nakagami": spell(
        "gamma_lpdf(x^2 | m, m / omega) + log(2 * x)", FORMULA, m="shape", omega="spread"
    ),
    "chi-squared": spell("chi_square_lpdf(x | nu)", nu="df"),
    "gompertz": spell("log(eta * b) + b * x - eta * expm1(b * x)", FORMULA, eta="shape", b="rate"),
    "generalized-gamma": spell(
        "log(p / s) + (k * p - 1) * log(x / s) - (x / s)^p - lgamma(k)",
        FORMULA,
        k="shape",
        p="power",
        s="scale",
    ),
    "lomax": spell(
        "pareto_type_2_lpdf(x | 0, lambda, alpha)", **{"lambda": "scale", "alpha": "shape"}
    ),
    "burr": spell(
        "log(k * c / s) + (c - 1) * log(x / s) - (k + 1) * log1p((x / s)^c)",
        FORMULA,
        k="shape1",
        c="shape2",
        s="scale",
    ),
    "generalized-pareto": spell(
        "-log(sigma) - (1 + 1 / xi) * log1p(xi * x / sigma)", FORMULA, sigma="scale", xi="shape"
    ),
    "pareto": spell("pareto_lpdf(x | y_min, alpha)", y_min="minimum", alpha="shape"),
    "uniform": spell("uniform_lpdf(x | alpha, beta)", alpha="low", beta="high"),
    "beta": spell("beta_lpdf(x | alpha, beta)", alpha="alpha", beta="beta"),
    "kumaraswamy": spell(
        "log(a * b) + (a - 1) * log(x) + (b - 1) * log1p(-x^a)", FORMULA, a="a", b="b"
    ),
    "von-mises": spell("von_mises_lpdf(x | mu, kappa)", mu="direction", kappa="concentration"),
    "poisson": spell("poisson_lpmf(x | lambda)", **{"lambda": "mean"}),
    "geometric": spell("log(theta) + x * log1m(theta)", FORMULA, theta="probability"),
    "negative-binomial": spell("neg_binomial_2_lpmf(x | mu, phi)", mu="mean", phi="size"),
    "binomial": spell("binomial_lpmf(x | {trials}, theta)", TRIALS, theta="probability"),
    "beta-binomial": spell(
        "beta_binomial_lpmf(x | {trials}, alpha, beta)", TRIALS, alpha="alpha", beta="beta"
    ),
    "zero-inflated-poisson": spell(
        "x == 0 ? log(theta + (1 - theta) * exp(-lambda))"
        " : log1m(theta) + poisson_lpmf(x | lambda)",
        "Stan has no zero-inflated Poisson; this mixes one.",
        **{"lambda": "mean", "theta": "zero_probability"},
    ),
    "logarithmic": spell(
        "x * log(theta) - log(x) - log(-log1m(theta))", FORMULA, theta="probability"
    ),
}
"""Spelling of each family but the mixtures, and the zeta: Stan has no zeta function."""
