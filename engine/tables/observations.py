"""Columns of a file to a sample with frequencies, censoring and truncation."""

import math
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.datasets import Dataset, datasets
from engine.files import UnreadableData, refusing
from engine.quoting import quoted, quoted_path
from engine.samples.checks import add_up
from engine.samples.sample import Array, Censored, Sample
from engine.samples.store import known
from engine.tables.cells import Column, Places
from engine.tables.dialect import Dialect
from engine.tables.opening import open_table
from engine.tables.origin import Origin
from engine.tables.roles import Roles
from engine.tables.table import Columns, Table, pick

__all__ = ["bundled", "read_observations"]

INFINITE = "is not a finite number"
NEITHER = "is neither 1 or true for observed nor 0 or false for censored"
"""What is wrong with a cell."""

DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
THOUSANDS = re.compile(r"[+-]?\d{1,3}([ _.,'’\u00a0\u202f]\d{3})+([.,]\d+)?", re.ASCII)
"""Ways to write a number that are not read unless asked for, or at all."""


def bundled(name: str) -> Dataset | None:
    """Return the sample of a name that comes with the program, unless there is such a file."""
    found = datasets().get(name)
    return None if found is None or Path(name).exists() else found


def read_observations(name: str, roles: Roles, told: Dialect | None = None) -> Sample:
    """Read a sample from a user's file, or one that comes with the program by its name.

    A file goes before a bundled sample of the same name, whose columns know their roles.
    Rows whose value is missing (an empty cell, NA, N/A, NaN, null, none, a point or a dash) are
    left out, and the sample's ``notes`` say how many and which. Any other cell that is no finite
    number is a fault, as is a weight or an event that is missing: UnreadableData names row and
    column.
    """
    if known := bundled(name):
        try:
            return _read(known.path, _completed(roles, known), None)
        except UnreadableData as fault:  # where the program keeps it is nothing to the user
            told_of = str(fault).replace(quoted_path(known.path), quoted(name))
            raise UnreadableData(told_of) from None
    return _read(name, roles, told)


def _completed(roles: Roles, known: Dataset) -> Roles:
    """Roles of a bundled sample's columns, as far as no others are told."""
    if roles.lower or roles.upper:
        return roles
    return replace(
        roles,
        column=roles.column or known.column,
        weights=roles.weights or known.weights,
        event=roles.event or known.event,
    )


def _read(name: str, roles: Roles, told: Dialect | None) -> Sample:
    if bool(roles.lower) != bool(roles.upper) or (roles.lower and (roles.column or roles.event)):
        raise UnreadableData("--lower and --upper go together, without --column and --event.")
    if not roles.below < roles.above:
        raise UnreadableData("--truncate-below must be less than --truncate-above.")
    table = open_table(name, told)
    rows = _Rows.of(table, roles)
    low, high, weights = rows.low, rows.high, rows.weights
    where = f"{quoted_path(name)}, column {quoted(roles.weights)}"
    if weights is not None and not weights.any():
        raise UnreadableData(f"{where}: every weight is 0.")
    if weights is not None and not add_up(weights):
        raise UnreadableData(f"{where}: no double holds what the weights add up to.")
    rows.check(roles)
    origin = rows.origin
    if weights is not None and not weights.all():
        kept = weights > 0
        same, low, weights = low is high, low[kept], weights[kept]
        high = low if same else high[kept]
        origin = origin.without(np.flatnonzero(~kept))
    notes = (*table.notes, *rows.notes)
    bounds = (roles.below, roles.above)
    truncation = None if bounds == (-math.inf, math.inf) else bounds
    seen = None if low is high else low == high
    if seen is None or seen.all():
        return Sample(low, weights, None, truncation, notes, origin.line)
    frequencies = np.ones(low.size) if weights is None else weights
    hidden = Censored(low[~seen], high[~seen], frequencies[~seen])
    order = np.concatenate([np.flatnonzero(seen), np.flatnonzero(~seen)])
    line = replace(origin, order=order).line
    weights = None if weights is None else weights[seen]
    return Sample(low[seen], weights, hidden, truncation, notes, line)


class _Rows:
    """Lower and upper end of each observation, equal where it was observed, and its weight."""

    def __init__(self, table: Table, read: Columns) -> None:
        self.table, self.lines = table, read.lines
        self.origin = Origin(read.lines)
        self.low: Array = np.zeros(0)
        self.high: Array = np.zeros(0)
        self.weights: Array | None = None
        self.notes: tuple[str, ...] = self._passed_over(read.bare)

    @classmethod
    def of(cls, table: Table, roles: Roles) -> "_Rows":
        """Read the columns that have a role."""
        named = {role: getattr(roles, role) for role in ("weights", "event", "lower", "upper")}
        places = {role: pick(table, name) for role, name in named.items() if name}
        if not roles.lower:
            places["column"] = pick(table, roles.column, set(places.values()))
        if "event" in places:
            table = table.with_truths(places["event"])
        read = table.read(list(places.values()))
        rows = cls(table, read)
        rows._take(dict(zip(places, read, strict=True)))
        return rows

    def _passed_over(self, bare: Places) -> tuple[str, ...]:
        """Note the rows that hold nothing."""
        if not bare.count:
            return ()
        one = bare.count == 1
        hold = "1 row holds" if one else f"{bare.count:,} rows hold"
        left = f"{'is' if one else 'are'} left out: {bare.rows}"
        where = quoted_path(self.table.name)
        return (f"{hold} nothing but separators in {where} and {left}.",)

    def _take(self, columns: dict[str, Column]) -> None:
        for role, column in columns.items():
            why = NEITHER if role == "event" else INFINITE
            self._refuse_unusable(column, why, missing=role in ("weights", "event"))
        if weights := columns.get("weights"):
            self._refuse(weights, weights.values < 0, "is not a finite number from 0 up")
            self.weights = weights.values
        if "lower" in columns:
            self.low, self.high = columns["lower"].values, columns["upper"].values
            self.low[np.isnan(self.low)] = -math.inf
            self.high[np.isnan(self.high)] = math.inf
            return
        self.low = self.high = columns["column"].values
        if event := columns.get("event"):
            wrong = (event.values != 0.0) & (event.values != 1.0)
            self._refuse(event, wrong, NEITHER)
            self.high = np.where(event.values == 1.0, self.low, math.inf)
        self._leave_out(columns["column"])

    def _leave_out(self, column: Column) -> None:
        """Leave the rows out whose value is missing, and note which."""
        gone = column.missing
        if not gone.count:
            return
        seen = self.low is self.high
        with refusing(self.table.name, "kept"):
            self.low, left_out = known(self.low)
        if not self.low.size:
            where = f"{quoted_path(self.table.name)}, column {quoted(column.name)}"
            raise UnreadableData(f"{where}: every value is missing.")
        self.high = self.low if seen else np.delete(self.high, left_out)
        self.weights = None if self.weights is None else np.delete(self.weights, left_out)
        self.origin = self.origin.without(left_out)
        count = "1 value is" if gone.count == 1 else f"{gone.count:,} values are"
        where = f"column {quoted(column.name)} of {quoted_path(self.table.name)}"
        self.notes += (f"{count} missing in {where} and left out: {gone.rows}.",)

    def _refuse_unusable(self, column: Column, why: str, *, missing: bool) -> None:
        """Refuse a cell that holds something else than a number, or none where one must be."""
        if column.unusable.count:
            line, cell = column.unusable.first[0]
            raise self._fault(column, line, f"{quoted(cell)} {why}{_hint(cell)}")
        if missing and column.missing.count:
            line, cell = column.missing.first[0]
            found = f"{quoted(cell)} {why}" if cell else "the cell is empty"
            raise self._fault(column, line, found)

    def _refuse(self, column: Column, wrong: NDArray[np.bool_], why: str) -> None:
        if wrong.any():
            row = int(np.argmax(wrong))
            told = f"{column.values[row]:g} {why}"
            raise self._fault(column, self.lines[row], told)

    def _fault(self, column: Column, line: int, told: str) -> UnreadableData:
        where = f"{quoted_path(self.table.name)}, row {line}, column {quoted(column.name)}"
        return UnreadableData(f"{where}: {told}.")

    def check(self, roles: Roles) -> None:
        """Refuse ends in the wrong order, rows that say nothing, and values beyond truncation.

        Nothing can be observed outside the truncation's range: an end there is an open one.
        """
        low, high, below, above = self.low, self.high, roles.below, roles.above
        if low is high and (below, above) == (-math.inf, math.inf):
            return
        self._hold(low <= high, "the lower end {low:g} is above the upper end {high:g}")
        hidden = low < high
        within = (high >= below) & np.where(hidden, low < above, low <= above)
        self._hold(within, "the observation is outside the truncation's range")
        if low is not high:
            self.low = np.where(hidden & (low < below), -math.inf, low)
            self.high = np.where(hidden & (high > above), math.inf, high)
            told = np.isfinite(self.low) | np.isfinite(self.high)
            self._hold(told, "both ends are open, or beyond the truncation's range")

    def _hold(self, right: NDArray[np.bool_], told: str) -> None:
        """Refuse the first row that is not right."""
        if right.all():
            return
        row = int(np.argmin(right))
        ends = {"low": self.low[row], "high": self.high[row]}
        where = f"{quoted_path(self.table.name)}, row {self.origin.line(row)}"
        raise UnreadableData(f"{where}: {told.format(**ends)}.")


def _hint(cell: str) -> str:
    """What may be meant where figures are no number as they are written."""
    if DECIMAL_COMMA.fullmatch(cell):
        return " (is its comma a decimal one? say --decimal comma)"
    if THOUSANDS.fullmatch(cell):
        return " (are its thousands set apart? write it without that)"
    return ""
