"""The ledger's columns, and the order of the rows by one of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tui.texts import format as write

if TYPE_CHECKING:
    from engine.fits.fitting import Fit
    from engine.inference.influence import Influence

__all__ = ["Column", "columns", "described", "ordered"]

Array = NDArray[np.float64]

FINE = 1e-2
"""Share of the sample's range by which values are told apart."""


@dataclass(frozen=True, eq=False)
class Column:
    """A column: its head, its width, what it sorts by, and how a row's cell is written.

    ``falls`` tells whether the greatest stands first unless it is turned.
    """

    head: str
    width: int
    keys: Array
    cell: Callable[[int], str]
    falls: bool = True


def columns(fitted: Fit, found: Influence) -> list[Column]:
    """Number, value, weight where there are any, log-likelihood, a pull for each free parameter.

    Last stands the largest pull. Without pulls the columns end with the log-likelihood.
    """
    rows, sample = found.rows, fitted.likelihood.sample
    count = np.arange(1.0, sample.n + 1)
    ends = np.concatenate([rows.low, rows.high])
    ends = FINE * ends[np.isfinite(ends)]
    unit = float(np.ptp(ends)) if ends.size else 0.0
    value = _between(rows.low, rows.high, unit)
    extremes = [int(i) for each in (rows.low, rows.high) for i in (each.argmin(), each.argmax())]
    least = 17 if sample.censored else 12
    made = [
        Column("no.", max(len(write.count(sample.n)), 4) + 2, count, _count(count), falls=False),
        Column("value", max(least, *(len(value(i)) + 2 for i in extremes)), rows.low, value),
    ]
    if (rows.weight != 1.0).any():
        made.append(Column("weight", 9, rows.weight, lambda i: f"{rows.weight[i]:,.6g}"))
    made.append(
        Column(
            "log-lik.",
            10,
            rows.log_likelihood,
            lambda i: write.parameter(float(rows.log_likelihood[i]), 4),
            falls=False,
        )
    )
    if found.pull is not None and found.largest is not None:
        for j, p in enumerate(fitted.likelihood.family.parameters()):
            if p.name not in fitted.fixed:
                made.append(
                    Column(
                        p.name,
                        max(len(p.name) + 2, 10),
                        found.pull[:, j],
                        _signed(found.pull[:, j]),
                    )
                )
        made.append(Column("|pull|", 9, found.largest, _plain(found.largest)))
    return made


def ordered(column: Column, *, turned: bool) -> NDArray[np.intp]:
    """Places of all rows in the order of a column; what is not a number stands last."""
    keys = -column.keys if column.falls != turned else column.keys
    return np.argsort(np.where(np.isnan(keys), np.inf, keys), kind="stable")


def described(low: float, high: float, unit: float) -> str:
    """Write a row: a value, or the bounds between which it lies, told from others a unit away."""
    if low == high:
        return write.sized(low, 7, unit)
    if np.isinf(high):
        return f"> {write.sized(low, 7, unit)}"
    if np.isinf(low):
        return f"≤ {write.sized(high, 7, unit)}"
    return f"{write.sized(low, 5, unit)} … {write.sized(high, 5, unit)}"


def _between(low: Array, high: Array, unit: float) -> Callable[[int], str]:
    return lambda i: described(low[i], high[i], unit)


def _count(values: Array) -> Callable[[int], str]:
    return lambda i: write.count(float(values[i]))


def _signed(values: Array) -> Callable[[int], str]:
    return lambda i: f"{values[i]:+.4f}" if abs(values[i]) < 1e4 else f"{values[i]:+.2e}"


def _plain(values: Array) -> Callable[[int], str]:
    return lambda i: f"{values[i]:.4f}" if abs(values[i]) < 1e4 else f"{values[i]:.2e}"
