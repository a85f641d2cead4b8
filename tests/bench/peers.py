"""The peers: other ways to the same maximum, set up so that they may reach it.

Every peer takes the values and returns parameters in the engine's order. Tolerances are as
tight as a peer allows, for at its defaults most stop short. A package that is not installed
has no peers here.
"""

import importlib.util
import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from in_r import peers_in_r
from models import MODELS, Vector
from scipy import optimize, stats

Peer = Callable[[Vector], tuple[float, ...]]


def installed(package: str) -> bool:
    return importlib.util.find_spec(package) is not None


def numpy_moments(x: Vector) -> tuple[float, ...]:
    return x.mean(), x.var()


@dataclass(frozen=True)
class InSciPy:
    """A family as SciPy has it: its order of parameters to ours, what to hold, a box to search."""

    distribution: Any
    natural: Callable[..., tuple[float, ...]]
    box: dict[str, tuple[float, float]]
    held: dict[str, float] = field(default_factory=dict)

    def fit(self, x: Vector) -> tuple[float, ...]:
        """``.fit`` of the distribution, with a location or scale that should be fixed held."""
        return self.natural(*self.distribution.fit(x, **self.held))

    def search(self, x: Vector) -> tuple[float, ...]:
        """``scipy.stats.fit``, by differential evolution."""
        return self.natural(*stats.fit(self.distribution, x, self.box).params)


WIDE = (-50.0, 50.0)
UP = (0.1, 50.0)
IN_SCIPY = {
    "normal": InSciPy(stats.norm, lambda m, s: (m, s * s), {"loc": WIDE, "scale": UP}),
    "gamma": InSciPy(stats.gamma, lambda a, _, s: (a, 1 / s), {"a": UP, "scale": UP}, {"floc": 0}),
    "weibull": InSciPy(
        stats.weibull_min, lambda k, _, s: (k, s), {"c": UP, "scale": UP}, {"floc": 0}
    ),
    "beta": InSciPy(
        stats.beta, lambda a, b, *_: (a, b), {"a": UP, "b": UP}, {"floc": 0, "fscale": 1}
    ),
    "student-t": InSciPy(
        stats.t, lambda df, m, s: (m, s, df), {"df": (0.5, 50.0), "loc": WIDE, "scale": UP}
    ),
    "negative-binomial": InSciPy(
        stats.nbinom, lambda n, p, _: (n, n * (1 - p) / p), {"n": UP, "p": (0.001, 0.999)}
    ),
}


def minimized(family: str, *, gradient: bool) -> Peer:
    """L-BFGS-B on the mean of minus the log densities."""
    model = MODELS[family]

    def fit(x: Vector) -> tuple[float, ...]:
        found = optimize.minimize(
            lambda theta: -np.mean(model.density(theta, x)),
            model.start(x),
            jac=(lambda theta: -model.gradient(theta, x)) if gradient else None,
            method="L-BFGS-B",
            options={"ftol": 1e-15, "gtol": 1e-8, "maxiter": 1000},
        )
        return model.natural(found.x)

    return fit


def minuit(family: str, *, gradient: bool) -> Peer:
    """Migrad of iminuit, on minus the log-likelihood."""
    model = MODELS[family]

    def fit(x: Vector) -> tuple[float, ...]:
        import iminuit  # noqa: PLC0415

        def loss(theta: Vector) -> float:
            return -float(np.sum(model.density(theta, x)))

        def slope(theta: Vector) -> Vector:
            return -x.size * model.gradient(theta, x)

        search = iminuit.Minuit(loss, model.start(x), grad=slope if gradient else None)
        search.errordef = iminuit.Minuit.LIKELIHOOD
        search.tol = 1e-4
        return model.natural(np.array(search.migrad().values))

    return fit


def lmfit(family: str) -> Peer:
    """L-BFGS-B by way of lmfit's parameters."""
    model = MODELS[family]

    def fit(x: Vector) -> tuple[float, ...]:
        import lmfit as package  # noqa: PLC0415

        start = package.Parameters()
        for i, value in enumerate(model.start(x)):
            start.add(f"theta{i}", value=value)

        def loss(parameters) -> float:
            theta = np.array(list(parameters.valuesdict().values()))
            return -float(np.mean(model.density(theta, x)))

        search = package.Minimizer(loss, start, calc_covar=False)
        options = {"ftol": 1e-15, "gtol": 1e-8}
        found = search.scalar_minimize("L-BFGS-B", options=options)
        return model.natural(np.array(list(found.params.valuesdict().values())))

    return fit


def generic_model(family: str, *, gradient: bool) -> Peer:
    """BFGS of statsmodels' GenericLikelihoodModel, without its covariance."""
    model = MODELS[family]

    def fit(x: Vector) -> tuple[float, ...]:
        from statsmodels.base.model import GenericLikelihoodModel  # noqa: PLC0415

        class Written(GenericLikelihoodModel):
            def loglikeobs(self, params):
                return model.density(params, self.endog)

            def score(self, params):
                if not gradient:
                    return super().score(params)
                return self.endog.size * model.gradient(params, self.endog)

        start = model.start(x)
        search = Written(x, extra_params_names=[f"theta{i}" for i in range(len(start))])
        found = search.fit(
            np.array(start), method="bfgs", gtol=1e-8, maxiter=1000, disp=0, skip_hessian=True
        )
        return model.natural(found.params)

    return fit


def negative_binomial_regression(x: Vector) -> tuple[float, ...]:
    """statsmodels' own NegativeBinomial, on a constant."""
    from statsmodels.discrete.discrete_model import NegativeBinomial  # noqa: PLC0415

    search = NegativeBinomial(x, np.ones(x.size))
    level, dispersion = search.fit(method="bfgs", gtol=1e-8, maxiter=1000, disp=0).params
    return 1 / dispersion, math.exp(level)


def peers(family: str) -> dict[str, Peer]:
    """Every peer that is installed and knows the family, by name."""
    found = {}
    if family == "normal":
        found["NumPy mean and var"] = numpy_moments
    if family in IN_SCIPY:
        if hasattr(IN_SCIPY[family].distribution, "fit"):
            found["scipy .fit"] = IN_SCIPY[family].fit
        found["scipy.stats.fit"] = IN_SCIPY[family].search
    found["L-BFGS-B"] = minimized(family, gradient=False)
    found["L-BFGS-B, gradient"] = minimized(family, gradient=True)
    if installed("iminuit"):
        found["iminuit"] = minuit(family, gradient=False)
        found["iminuit, gradient"] = minuit(family, gradient=True)
    if installed("lmfit"):
        found["lmfit"] = lmfit(family)
    if installed("statsmodels"):
        found["statsmodels"] = generic_model(family, gradient=False)
        found["statsmodels, gradient"] = generic_model(family, gradient=True)
        if family == "negative-binomial":
            found["statsmodels NegativeBinomial"] = negative_binomial_regression
    return {name: quietly(peer) for name, peer in found.items()} | peers_in_r(family)


def quietly(peer: Peer) -> Peer:
    """Without a peer's warnings, which its answer is judged by anyway."""

    def fit(x: Vector) -> tuple[float, ...]:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return tuple(float(value) for value in peer(x))

    return fit
