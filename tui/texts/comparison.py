"""Estimates before and after as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from tui.texts import format as write

if TYPE_CHECKING:
    from engine.fits.fitting import Fit
    from engine.inference.influence import Influence

__all__ = ["left_out"]


def left_out(fitted: Fit, found: Influence, less: Fit | None, dropped: list[int]) -> Table:
    """Each parameter with all rows and without the dropped ones, and how far it moves.

    The move is in standard errors of the fit with all rows: exactly, and as one step tells it.
    """
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    table.add_column(Text("parameter"), no_wrap=True, overflow="ellipsis")
    heads = ["all rows", "std error"]
    if dropped:
        heads = ["all rows", f"without {len(dropped):,}", "moves", "one step"]
    for head in heads:
        table.add_column(Text(head), justify="right", no_wrap=True, overflow="ellipsis")
    errors = fitted.standard_errors
    for j, p in enumerate(fitted.likelihood.family.parameters()):
        before = fitted.parameters[j]
        error = None if errors is None else errors[j]
        cells = [p.name, write.parameter(before, error=error)]
        if p.name in fitted.fixed:
            cells.append("fixed")
        elif not dropped:
            cells.append(write.parameter(error))
        else:
            after = None if less is None else less.parameters[j]
            moves = None if after is None or error is None else (after - before) / error
            pull = None if found.pull is None else float(-found.pull[dropped, j].sum())
            cells += [write.parameter(after, error=error), _signed(moves), _signed(pull)]
        table.add_row(*map(Text, cells))
    return table


def _signed(value: float | None) -> str:
    return write.MISSING if value is None else f"{value:+.4f}"
