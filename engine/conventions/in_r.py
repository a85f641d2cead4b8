"""How R spells each family: the density of its stats package, or the formula in base R.

Where base R has no density, the names are those of a package that has one, which the note
tells. R Core Team, R: A Language and Environment for Statistical Computing, package stats.
"""

from engine.conventions.formula import Formula, Spelling, root, spell

__all__ = ["R"]

LOCATED = {"location": "location", "scale": "scale"}
SHAPED = {"shape": "shape", "scale": "scale"}
HAZARD = Formula("shape · rate", ("shape", "rate"), lambda shape, rate: shape * rate)

R: dict[str, Spelling] = {
    "normal": spell("dnorm(x, mean = mean, sd = sd, log = TRUE)", mean="mean", sd=root("variance")),
    "logistic": spell("dlogis(x, location = location, scale = scale, log = TRUE)", **LOCATED),
    "cauchy": spell("dcauchy(x, location = location, scale = scale, log = TRUE)", **LOCATED),
    "gumbel": spell(
        "-log(scale) - (x - loc) / scale - exp(-(x - loc) / scale)",
        "As evd::dgumbel.",
        loc="location",
        scale="scale",
    ),
    "student-t": spell(
        "dt((x - location) / scale, df = df, log = TRUE) - log(scale)",
        "R's own t has neither location nor scale.",
        df="df",
        **LOCATED,
    ),
    "gev": spell(
        "-log(scale) - (1 + 1 / shape) * log1p(shape * (x - loc) / scale)"
        " - (1 + shape * (x - loc) / scale)^(-1 / shape)",
        "As evd::dgev; a shape of 0 itself is a Gumbel.",
        loc="location",
        scale="scale",
        shape="shape",
    ),
    "laplace": spell(
        "-log(2 * scale) - abs(x - location) / scale", "As VGAM::dlaplace.", **LOCATED
    ),
    "skew-normal": spell(
        "log(2 / omega) + dnorm((x - xi) / omega, log = TRUE)"
        " + pnorm(alpha * (x - xi) / omega, log.p = TRUE)",
        "As sn::dsn.",
        xi="location",
        omega="scale",
        alpha="shape",
    ),
    "generalized-normal": spell(
        "log(beta / (2 * alpha)) - lgamma(1 / beta) - (abs(x - mu) / alpha)^beta",
        "As gnorm::dgnorm.",
        mu="location",
        alpha="scale",
        beta="shape",
    ),
    "exponential": spell("dexp(x, rate = rate, log = TRUE)", rate="rate"),
    "gamma": spell("dgamma(x, shape = shape, rate = rate, log = TRUE)", shape="shape", rate="rate"),
    "inverse-gamma": spell(
        "dgamma(1 / x, shape = shape, rate = scale, log = TRUE) - 2 * log(x)",
        "As actuar::dinvgamma.",
        **SHAPED,
    ),
    "weibull": spell("dweibull(x, shape = shape, scale = scale, log = TRUE)", **SHAPED),
    "frechet": spell(
        "log(shape / scale) - (1 + shape) * log(x / scale) - (x / scale)^(-shape)",
        "As evd::dfrechet.",
        **SHAPED,
    ),
    "lognormal": spell(
        "dlnorm(x, meanlog = meanlog, sdlog = sdlog, log = TRUE)",
        meanlog="log_mean",
        sdlog="log_sd",
    ),
    "loglogistic": spell(
        "dlogis(log(x), location = log(scale), scale = 1 / shape, log = TRUE) - log(x)",
        "As actuar::dllogis.",
        **SHAPED,
    ),
    "inverse-gaussian": spell(
        "0.5 * log(shape / (2 * pi * x^3)) - shape * (x - mean)^2 / (2 * mean^2 * x)",
        "As statmod::dinvgauss.",
        mean="mean",
        shape="shape",
    ),
    "birnbaum-saunders": spell(
        "dnorm((sqrt(x / beta) - sqrt(beta / x)) / alpha, log = TRUE)"
        " + log((sqrt(x / beta) + sqrt(beta / x)) / (2 * alpha * x))",
        "As extraDistr::dfatigue.",
        alpha="shape",
        beta="scale",
    ),
    "rayleigh": spell(
        "log(x / scale^2) - x^2 / (2 * scale^2)", "As VGAM::drayleigh.", scale="scale"
    ),
    "half-normal": spell(
        "log(2) + dnorm(x, sd = sigma, log = TRUE)", "As extraDistr::dhnorm.", sigma="scale"
    ),
    "maxwell": spell(
        "0.5 * log(2 * rate^3 / pi) + 2 * log(x) - 0.5 * rate * x^2",
        "As VGAM::dmaxwell.",
        rate=Formula("1 / scale²", ("scale",), lambda scale: scale**-2),
    ),
    "nakagami": spell(
        "dgamma(x^2, shape = shape, rate = shape / scale, log = TRUE) + log(2 * x)",
        "As VGAM::dnaka, which calls the spread a scale.",
        shape="shape",
        scale="spread",
    ),
    "chi-squared": spell("dchisq(x, df = df, log = TRUE)", df="df"),
    "gompertz": spell(
        "log(rate) + shape * x - rate / shape * expm1(shape * x)",
        "As flexsurv::dgompertz: its shape is the growth, its rate the hazard at 0.",
        shape="rate",
        rate=HAZARD,
    ),
    "generalized-gamma": spell(
        "log(shape / scale) + log(k) - lgamma(k + 1) + (k * shape - 1) * log(x / scale)"
        " - (x / scale)^shape",
        "As flexsurv::dgengamma.orig, whose shape is the power.",
        shape="power",
        scale="scale",
        k="shape",
    ),
    "lomax": spell(
        "log(shape) - log(scale) - (shape + 1) * log1p(x / scale)", "As actuar::dpareto.", **SHAPED
    ),
    "burr": spell(
        "log(shape1) + log(shape2 / scale) + (shape2 - 1) * log(x / scale)"
        " - (shape1 + 1) * log1p((x / scale)^shape2)",
        "As actuar::dburr.",
        shape1="shape1",
        shape2="shape2",
        scale="scale",
    ),
    "generalized-pareto": spell(
        "-log(scale) - (1 + 1 / shape) * log1p(shape * x / scale)",
        "As evd::dgpd; a shape of 0 itself is an exponential.",
        scale="scale",
        shape="shape",
    ),
    "pareto": spell(
        "ifelse(x < min, -Inf, log(shape) + shape * log(min) - (shape + 1) * log(x))",
        "As actuar::dpareto1.",
        shape="shape",
        min="minimum",
    ),
    "uniform": spell("dunif(x, min = min, max = max, log = TRUE)", min="low", max="high"),
    "beta": spell(
        "dbeta(x, shape1 = shape1, shape2 = shape2, log = TRUE)", shape1="alpha", shape2="beta"
    ),
    "kumaraswamy": spell(
        "log(a * b) + (a - 1) * log(x) + (b - 1) * log1p(-x^a)",
        "As extraDistr::dkumar.",
        a="a",
        b="b",
    ),
    "von-mises": spell(
        "kappa * (cos(x - mu) - 1) - log(2 * pi * besselI(kappa, 0, TRUE))",
        "As circular::dvonmises.",
        mu="direction",
        kappa="concentration",
    ),
    "poisson": spell("dpois(x, lambda = lambda, log = TRUE)", **{"lambda": "mean"}),
    "geometric": spell("dgeom(x, prob = prob, log = TRUE)", prob="probability"),
    "negative-binomial": spell(
        "dnbinom(x, size = size, mu = mu, log = TRUE)", size="size", mu="mean"
    ),
    "binomial": spell(
        "dbinom(x, size = {trials}, prob = prob, log = TRUE)",
        "The number of trials is known.",
        prob="probability",
    ),
    "beta-binomial": spell(
        "lchoose({trials}, x) + lbeta(x + shape1, {trials} - x + shape2) - lbeta(shape1, shape2)",
        "As VGAM::dbetabinom.ab; the number of trials is known.",
        shape1="alpha",
        shape2="beta",
    ),
    "zero-inflated-poisson": spell(
        "ifelse(x == 0, log(pstr0 + (1 - pstr0) * exp(-lambda)), "
        "log1p(-pstr0) + dpois(x, lambda = lambda, log = TRUE))",
        "As VGAM::dzipois.",
        **{"lambda": "mean", "pstr0": "zero_probability"},
    ),
    "logarithmic": spell(
        "x * log(theta) - log(x) - log(-log1p(-theta))",
        "As extraDistr::dlgser.",
        theta="probability",
    ),
    "zeta": spell(
        "-(shape + 1) * log(x) - log(VGAM::zeta(shape + 1))",
        "It needs the package VGAM, whose dzeta has the exponent less 1 for a shape.",
        shape=Formula("exponent − 1", ("exponent",), lambda exponent: exponent - 1.0),
    ),
}
"""Spelling of each family but the mixtures, which are made for their components."""
