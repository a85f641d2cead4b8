"""Cells of a dossier as text, rounded as everywhere in the lab, and harmless on any screen."""

from engine.quoting import harmless
from engine.reports.dossier import Cell, Quantity
from tui.texts import format as write

__all__ = ["numeric", "written"]


def written(cell: Cell) -> str:
    """Write a cell."""
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, Quantity):
        return _rounded(cell)
    return write.span(cell.low, cell.high)


def numeric(cell: Cell) -> bool:
    """Whether a cell stands at the right of its column."""
    return not isinstance(cell, str)


def _rounded(number: Quantity) -> str:
    value = number.value
    if value is None:
        return write.MISSING
    if number.kind == "count":
        return f"{value:,.10g}"
    if number.kind == "share":
        return f"{value:.2g}"
    if number.kind == "seconds":
        return write.duration(value)
    if number.kind == "parameter":
        return write.parameter(value, error=number.error)
    writers = {"error": write.error, "likelihood": write.likelihood, "criterion": write.criterion}
    return writers[number.kind](value)
