"""A sample written as a table, and the fields of an experiment that read it back.

Values alone are a column. Where observations are censored, all of them are written as bounds:
an open end is an empty cell, and equal ends are a value. Weights are a column, and the range of
a truncation is in fields.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from engine.samples.sample import Sample

__all__ = ["written"]


def written(sample: Sample) -> tuple[str, Mapping[str, Any]]:
    """Return the table as CSV, with every double to its last digit, and the fields but ``data``."""
    columns: dict[str, list[float]] = {}
    fields: dict[str, Any] = {}
    hidden = sample.censored
    if hidden is None:
        columns["value"] = sample.values.tolist()
        fields["column"] = "value"
    else:
        for name, ends in (("lower", hidden.low), ("upper", hidden.high)):
            columns[name] = np.append(sample.values, ends).tolist()
            fields[name] = name
    if sample.weights is not None or (hidden is not None and (hidden.weights != 1).any()):
        weights = sample.frequencies
        weights = weights if hidden is None else np.append(weights, hidden.weights)
        columns["weight"] = weights.tolist()
        fields["weights"] = "weight"
    if sample.truncation is not None:
        names = ("truncate_below", "truncate_above")
        limits = zip(names, sample.truncation, strict=True)
        fields |= {name: limit for name, limit in limits if math.isfinite(limit)}
    return "".join(_lines(columns)), fields


def _lines(columns: Mapping[str, list[float]]) -> Iterator[str]:
    yield ",".join(columns) + "\n"
    for row in zip(*columns.values(), strict=True):
        yield ",".join(repr(value) if math.isfinite(value) else "" for value in row) + "\n"
