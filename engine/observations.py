"""Columns of a file to a sample with frequencies, censoring and truncation."""

import math
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from engine.datasets import datasets
from engine.files import Table, UnreadableData, numbers, pick, read_table
from engine.quoting import quoted
from engine.sample import Array, Censored, Sample

__all__ = ["Roles", "read_observations"]


@dataclass(frozen=True)
class Roles:
    """Which column is what, by name; an empty name means that there is none.

    ``event`` holds 1 where a value was observed and 0 where it is only known to be greater.
    ``lower`` and ``upper`` bound each observation instead of ``column``: an empty cell is an
    open end, equal ends are an observed value. ``below`` and ``above`` bound what could have
    been observed at all.
    """

    column: str = ""
    weights: str = ""
    event: str = ""
    lower: str = ""
    upper: str = ""
    below: float = -math.inf
    above: float = math.inf


def read_observations(name: str, roles: Roles) -> Sample:
    """Read a sample from a CSV file, or one that comes with the program by its name.

    A file goes before a bundled sample of the same name, whose columns know their roles.
    UnreadableData names row and column of what cannot be.
    """
    if name in datasets() and not Path(name).exists():
        bundled = datasets()[name]
        known = replace(
            roles,
            column=roles.column or bundled.column,
            weights=roles.weights or bundled.weights,
            event=roles.event or bundled.event,
        )
        return read_observations(bundled.path, known)
    if bool(roles.lower) != bool(roles.upper) or (roles.lower and (roles.column or roles.event)):
        raise UnreadableData("--lower and --upper go together, without --column and --event.")
    if not roles.below < roles.above:
        raise UnreadableData("--truncate-below must be less than --truncate-above.")
    table = read_table(name)
    weights = _column(table, roles.weights, low=0.0)
    weights = np.ones(len(table.body)) if weights is None else weights
    if not weights.any():
        raise UnreadableData(f"{quoted(name)}, column {quoted(roles.weights)}: every weight is 0.")
    low, high = _bounds(table, roles)
    _check(table, low, high, roles)
    kept = weights > 0
    low, high, weights = low[kept], high[kept], weights[kept]
    seen = low == high
    hidden = Censored(low[~seen], high[~seen], weights[~seen])
    truncation = (roles.below, roles.above)
    return Sample(
        low[seen],
        weights[seen] if roles.weights else None,
        None if seen.all() else hidden,
        None if truncation == (-math.inf, math.inf) else truncation,
    )


def _column(table: Table, column: str, low: float = -math.inf) -> Array | None:
    if not column:
        return None
    return np.array(list(numbers(table, pick(table, column), low=low)))


def _bounds(table: Table, roles: Roles) -> tuple[Array, Array]:
    """Lower and upper end of each observation, equal where it was observed."""
    if roles.lower:
        low = np.array(list(numbers(table, pick(table, roles.lower), empty=-math.inf)))
        high = np.array(list(numbers(table, pick(table, roles.upper), empty=math.inf)))
        return low, high
    named = (roles.weights, roles.event)
    taken = {table.header.index(column) for column in named if column in table.header}
    values = np.array(list(numbers(table, pick(table, roles.column, taken))))
    event = _column(table, roles.event)
    if event is None:
        return values, values
    for (line, _), told in zip(table.body, event.tolist(), strict=True):
        if told not in (0.0, 1.0):
            raise UnreadableData(
                f"{quoted(table.name)}, row {line}, column {quoted(roles.event)}: "
                f"{told:g} is neither 1 for observed nor 0 for censored."
            )
    return values, np.where(event == 1.0, values, math.inf)


def _check(table: Table, low: Array, high: Array, roles: Roles) -> None:
    """Refuse ends in the wrong order, rows that say nothing, and values that could not be seen."""
    for (line, _), a, b in zip(table.body, low.tolist(), high.tolist(), strict=True):
        where = f"{quoted(table.name)}, row {line}"
        if a > b:
            raise UnreadableData(f"{where}: the lower end {a:g} is above the upper end {b:g}.")
        if (a, b) == (-math.inf, math.inf):
            raise UnreadableData(f"{where}: both ends are open.")
        below = b < roles.below if math.isinf(a) else a < roles.below
        if below or (math.isfinite(b) and b > roles.above):
            raise UnreadableData(f"{where}: the observation is outside the truncation's range.")
