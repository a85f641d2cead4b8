"""A table before it is learned from: its columns, their roles, and who can hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from engine.comparisons.candidates import Candidate, candidates, first_choice
from engine.quoting import quoted
from engine.samples.sample import Sample
from engine.tables.cells import Places
from engine.tables.columns import Summary, summaries
from engine.tables.observations import bundled, read_observations
from engine.tables.opening import open_table
from engine.tables.roles import Roles
from engine.tables.table import Table

__all__ = ["Preview", "Verdict", "flaws", "glimpsed", "looked_at", "tried"]

TOLD = 3


@dataclass(frozen=True)
class Preview:
    """The columns of a table, and what is to be made of them."""

    name: str
    columns: tuple[Summary, ...]
    notes: tuple[str, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    """Columns by their role, those roles left out that have none."""
    first: int = 0
    """So many rows are what it tells of, while the rest of them is being read."""
    below: float | None = None
    above: float | None = None

    def role(self, column: str) -> str:
        """The role of a column; nothing where it has none."""
        return next((role for role, name in self.chosen.items() if name == column), "")

    def given(self, column: str, role: str) -> Preview:
        """Give a column a role, which it had to itself; or take it away where it has it."""
        others = {r: name for r, name in self.chosen.items() if name != column and r != role}
        if self.role(column) == role:
            return replace(self, chosen=others)
        if role in ("lower", "upper"):
            others = {r: name for r, name in others.items() if r not in ("column", "event")}
        if role in ("column", "event"):
            others = {r: name for r, name in others.items() if r not in ("lower", "upper")}
        return replace(self, chosen={**others, role: column})

    @property
    def roles(self) -> Roles:
        """The same as it is read by."""
        return Roles.within(self.below, self.above, **self.chosen)

    def experiment(self, family: str) -> dict[str, Any]:
        """Fields of an experiment that learns a family from it."""
        truncation = {"truncate_below": self.below, "truncate_above": self.above}
        return {"data": self.name, "family": family, **self.chosen, **truncation}


@dataclass(frozen=True)
class Verdict:
    """What the columns as chosen give: the family to begin with, and sentences; or the fault."""

    family: str = ""
    count: str = ""
    able: tuple[str, ...] = ()
    """Families that can hold them, of so many that were asked."""
    asked: int = 0
    unable: str = ""
    notes: tuple[str, ...] = ()
    fault: str = ""


def looked_at(name: str) -> Preview:
    """Summarise a file or a bundled sample; UnreadableData where it is no table.

    Its value is the first column that holds numbers, unless it is known which is what.
    """
    known = bundled(name)
    table = open_table(known.path if known else name)
    return _preview(name, table, tuple(summaries(table)))


def glimpsed(name: str) -> Preview | None:
    """Summarise the first rows of a long file; None where it is short."""
    if bundled(name):
        return None
    table = open_table(name)
    if (read := table.glimpse()) is None:
        return None
    columns = tuple(Summary.of(column) for column in read)
    return replace(_preview(name, table, columns), first=len(read.lines))


def _preview(name: str, table: Table, columns: tuple[Summary, ...]) -> Preview:
    known = bundled(name)
    if known:
        named = {"column": known.column, "weights": known.weights, "event": known.event}
        chosen = {role: column for role, column in named.items() if column}
    else:
        first = next((each.name for each in columns if each.usable), "")
        chosen = {"column": first} if first else {}
    return Preview(name if known else str(Path(name)), columns, table.notes, chosen)


def tried(preview: Preview) -> Verdict:
    """Read the columns as chosen, and look which families can hold them."""
    if not (preview.chosen or any(each.usable for each in preview.columns)):
        return Verdict(fault="No column holds nothing but numbers and missing cells.")
    if not {"column", "lower"} & preview.chosen.keys():
        return Verdict(fault="Choose the column of the values, or both bounds of intervals.")
    try:
        sample = read_observations(preview.name, preview.roles)
    except ValueError as fault:
        return Verdict(fault=str(fault))
    found = candidates(sample, {})
    family = first_choice(found, sample)
    if not family:
        return Verdict(fault=f"No family can hold it; of a normal, {found[0].reason}")
    able = tuple(each.family for each in found if not each.reason)
    return Verdict(family, _count(sample), able, len(found), _unable(found), sample.notes)


def _count(sample: Sample) -> str:
    """How many observations there are, in words."""
    weighted = sample.weights is not None
    parts = [f"{sample.n:,} {'rows' if weighted else 'observations'}"]
    if sample.censored is not None:
        parts.append(f"{sample.censored.low.size:,} of them censored")
    if weighted:
        parts.append(f"{sample.total:g} observations by their weights")
    return f"{', '.join(parts)}."


def _unable(found: list[Candidate]) -> str:
    """Why most of those that cannot hold it cannot."""
    reasons: dict[str, list[str]] = {}
    for each in found:
        if each.reason:
            told = each.reason.replace(f"the support of {each.family}", "the support")
            reasons.setdefault(told, []).append(each.family)
    if not reasons:
        return ""
    worst, names = max(reasons.items(), key=lambda pair: len(pair[1]))
    more = " and others" if len(names) > TOLD else ""
    return f"Not {', '.join(names[:TOLD])}{more}: {worst}"


def flaws(summary: Summary) -> str:
    """Missing and unusable cells of a column, with the first of their rows."""
    parts = []
    if summary.missing.count:
        parts.append(f"{summary.missing.count:,} missing: {summary.missing.rows}")
    if summary.unusable.count:
        parts.append(f"{summary.unusable.count:,} no number: {_cells(summary.unusable)}")
    return "; ".join(parts)


def _cells(places: Places) -> str:
    told = ", ".join(f"row {line:,} {quoted(cell)}" for line, cell in places.first[:TOLD])
    return f"{told}{', …' * (places.count > TOLD)}"
