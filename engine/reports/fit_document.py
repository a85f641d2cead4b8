"""A fit as the JSON that scripts rely on, in plain values."""

import dataclasses
import math
from typing import Any

import numpy as np

from engine.domains import UNIT
from engine.fits.diagnosis import diagnoses
from engine.fits.fitting import Fit
from engine.inference.derived import derived
from engine.inference.goodness import distances
from engine.inference.intervals import Better, Interval, around, bootstrap, profile, wald
from engine.inference.pearson import chi_squared
from engine.inference.replicates import Replicates
from engine.samples.sample import Sample

__all__ = ["INTERVALS", "Found", "fit_document", "intervals"]

INTERVALS = ("wald", "profile", "bootstrap")
"""Kinds of intervals, by name."""

DISTANCES = ("ks", "cvm", "ad")

Found = dict[str, dict[str, Interval | None]]
"""Intervals by kind and name."""


@np.errstate(all="ignore")  # what no double holds is left out
def intervals(
    fitted: Fit, level: float, kinds: tuple[str, ...], drawn: Replicates | None = None
) -> Found:
    """Intervals by kind and name; None for fixed parameters and for kinds not asked for.

    Bootstrap intervals are from the replicates that were drawn.
    """
    parameters = fitted.likelihood.family.parameters()
    implied = fitted.distribution.implied()
    found: Found = {kind: dict.fromkeys(fitted.estimates) for kind in INTERVALS}
    for kind, function in (("wald", wald), ("profile", _profile)):
        if kind in kinds:
            for i, p in enumerate(parameters):
                if p.name not in fitted.fixed:
                    found[kind][p.name] = function(fitted, i, level)
    if "wald" in kinds:
        for each in derived(fitted, ()):
            if each.name in implied and each.value is not None and each.standard_error:
                found["wald"][each.name] = around(each.value, each.standard_error, UNIT, level)
    if "bootstrap" in kinds and drawn:
        free = found["bootstrap"].keys() - fitted.fixed
        varied = bootstrap(drawn, level)
        found["bootstrap"] |= {name: span for name, span in varied.items() if name in free}
    return found


def _profile(fitted: Fit, place: int, level: float) -> Interval | None:
    """The profile interval, open to where something is higher, which was found to be no maximum."""
    try:
        return profile(fitted, place, level)
    except Better:
        return profile(fitted, place, level, strict=False)


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None


def _goodness(fitted: Fit, sample: Sample, drawn: Replicates | None) -> dict[str, Any]:
    """Distances and chi-squared; p-values by the replicates only where there are some."""
    measured = distances(fitted.distribution, sample)
    counted = chi_squared(fitted.distribution, sample, fitted.free)
    told = {name: _finite(getattr(measured, name, None)) for name in DISTANCES}
    return {
        **told,
        "p_values": None
        if drawn is None or measured is None
        else {name: drawn.p_value(name, value) for name, value in told.items()},
        "chi_squared": None
        if counted is None
        else {
            "statistic": _finite(counted.statistic),
            "df": counted.df,
            "cells": counted.cells,
            "p_value": counted.p_value,
            "p_value_bootstrap": drawn and drawn.p_value("chi_squared", counted.statistic),
        },
    }


def _evidence(fitted: Fit) -> dict[str, Any]:
    """Return what a verdict rests on.

    Eigenvalues of the information with a unit diagonal, the starts, and lower hills.
    """
    names = fitted.likelihood.family.names()
    return {
        "curvature": fitted.curvature,
        "starts": fitted.starts,
        "hills": [
            {
                "log_likelihood": hill.value,
                "parameters": dict(zip(names, hill.parameters, strict=True)),
            }
            for hill in fitted.hills
        ],
    }


def _estimates(fitted: Fit, found: Found) -> dict[str, dict[str, Any]]:
    """Parameters in order, and after them what they imply."""
    errors = dict.fromkeys(fitted.estimates) | {
        each.name: each.standard_error
        for each in derived(fitted, ())
        if each.name in fitted.estimates
    }
    names = fitted.likelihood.family.names()
    errors |= dict(zip(names, fitted.standard_errors or [None] * len(names), strict=True))
    return {
        name: {
            "value": value,
            "standard_error": errors[name],
            "fixed": name in fitted.fixed,
            **{kind: found[kind][name] for kind in INTERVALS},
        }
        for name, value in fitted.estimates.items()
    }


@np.errstate(all="ignore")
def fit_document(
    fitted: Fit,
    sample: Sample,
    found: Found,
    drawn: Replicates | None = None,
    quantiles: tuple[float, ...] = (0.5,),
) -> dict[str, Any]:
    """Return everything a fit has to say, ``None`` for what does not exist.

    With replicates that were measured, that includes p-values of the goodness of fit.
    """
    return {
        "family": fitted.likelihood.family.name,
        "n": sample.n,
        "weight_total": float(sample.total),
        "censored": 0 if sample.censored is None else sample.censored.low.size,
        "estimates": _estimates(fitted, found),
        "covariance": None if fitted.covariance is None else fitted.covariance.tolist(),
        "log_likelihood": fitted.log_likelihood,
        "aic": fitted.aic,
        "aicc": fitted.aicc,
        "bic": fitted.bic,
        "converged": fitted.converged,
        "verdict": fitted.verdict,
        "score_in_standard_errors": _finite(fitted.score),
        "evaluations": fitted.evaluations,
        "goodness_of_fit": _goodness(fitted, sample, drawn),
        "derived": {
            each.name: {"value": each.value, "standard_error": each.standard_error}
            for each in derived(fitted, quantiles)
            if each.name not in fitted.estimates
        },
        "diagnoses": [dataclasses.asdict(each) for each in diagnoses(fitted)],
        "evidence": _evidence(fitted),
    }
