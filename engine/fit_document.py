"""A fit as the JSON that scripts rely on, in plain values."""

import math
from typing import Any

import numpy as np

from engine.fitting import Fit
from engine.goodness import distances
from engine.intervals import Interval, bootstrap, profile, wald
from engine.sample import Sample

__all__ = ["INTERVALS", "fit_document", "intervals"]

INTERVALS = ("wald", "profile", "bootstrap")
"""Kinds of intervals, by name."""

Found = dict[str, list[Interval | None]]


def intervals(fitted: Fit, level: float, kinds: tuple[str, ...], seed: int) -> Found:
    """Intervals of every kind asked for, one a parameter; None for fixed ones and kinds not asked.

    The order is that of the family's parameters.
    """
    names = [p.name for p in fitted.likelihood.family.parameters()]
    free = [name not in fitted.fixed for name in names]
    found: Found = {kind: [None] * len(names) for kind in INTERVALS}
    for kind, function in (("wald", wald), ("profile", profile)):
        if kind in kinds:
            found[kind] = [
                function(fitted, i, level) if varies else None for i, varies in enumerate(free)
            ]
    if "bootstrap" in kinds:
        drawn = bootstrap(fitted, level, np.random.default_rng(seed))
        found["bootstrap"] = [
            interval if varies else None for interval, varies in zip(drawn, free, strict=True)
        ]
    return found


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None


def fit_document(fitted: Fit, sample: Sample, found: Found) -> dict[str, Any]:
    """Return everything a fit has to say, ``None`` for what does not exist."""
    family = fitted.likelihood.family
    errors = fitted.standard_errors
    goodness = distances(fitted.distribution, sample)
    return {
        "family": family.name,
        "n": sample.n,
        "weight_total": float(sample.total),
        "censored": 0 if sample.censored is None else sample.censored.low.size,
        "estimates": {
            p.name: {
                "value": fitted.parameters[i],
                "standard_error": None if errors is None else float(errors[i]),
                "fixed": p.name in fitted.fixed,
                **{kind: found[kind][i] for kind in INTERVALS},
            }
            for i, p in enumerate(family.parameters())
        },
        "covariance": None if fitted.covariance is None else fitted.covariance.tolist(),
        "log_likelihood": fitted.log_likelihood,
        "aic": fitted.aic,
        "aicc": fitted.aicc,
        "bic": fitted.bic,
        "converged": fitted.converged,
        "verdict": fitted.verdict,
        "score_in_standard_errors": _finite(fitted.score),
        "evaluations": fitted.evaluations,
        "goodness_of_fit": None
        if goodness is None
        else {"ks": goodness.ks, "cvm": goodness.cvm, "ad": goodness.ad},
    }
