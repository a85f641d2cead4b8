"""Which column of a file is what, and what could have been observed at all."""

import math
from dataclasses import dataclass
from typing import Self

__all__ = ["COLUMNS", "ROLES", "Roles"]

COLUMNS = ("column", "weights", "event", "lower", "upper")
"""Roles that a column can have, by the names of an experiment's fields."""
ROLES = (*COLUMNS[1:], "truncate_below", "truncate_above")
"""Fields of an experiment that tell roles, beside the column's."""


@dataclass(frozen=True)
class Roles:
    """Which column is what, by name; an empty name means that there is none.

    ``event`` holds 1, or true, where a value was observed, and 0, or false, where it is only known
    to be greater.
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

    @classmethod
    def within(cls, below: float | None, above: float | None, **columns: str) -> Self:
        """Columns by their roles, and bounds that are open where they are None."""
        return cls(
            **columns,
            below=-math.inf if below is None else below,
            above=math.inf if above is None else above,
        )
