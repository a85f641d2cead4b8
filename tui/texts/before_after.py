"""Two fits side by side, and what speaks for a fit's being a maximum."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from tui.texts import format as write

if TYPE_CHECKING:
    from engine.fits.fitting import Fit

__all__ = ["before_after", "evidence"]


def before_after(before: Fit, after: Fit | None) -> Table:
    """Family, log-likelihood, AICc and estimates of both, or of the first alone."""
    fits = [before] if after is None else [before, after]
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
    heads = ("", "the fit") if after is None else ("", "before", "after")
    for head, side in zip(heads, ("left", "right", "right"), strict=False):
        table.add_column(head, justify=side, no_wrap=True, overflow="ellipsis")  # type: ignore[arg-type]
    columns = [_quantities(each) for each in fits]
    for name in dict.fromkeys(name for column in columns for name in column):
        cells = [column.get(name, "") for column in columns]
        table.add_row(*map(Text, (name, *cells)))
    return table


def _quantities(fitted: Fit) -> dict[str, str]:
    """What is told of a fit, by name."""
    family = fitted.likelihood.family
    errors = fitted.standard_errors
    told = {
        "family": family.name,
        "log-likelihood": write.criterion(fitted.log_likelihood, 4),
        "AICc": write.criterion(fitted.aicc, 4),
    }
    for i, p in enumerate(family.parameters()):
        error = errors[i] if errors else None
        beside = "fixed" if p.name in fitted.fixed else write.parameter(error, 4)
        told[p.name] = f"{write.parameter(fitted.parameters[i], 4, error)} ({beside})"
    return told


def evidence(fitted: Fit, place: Sequence[float] | None) -> Text:
    """The verdict, and the numbers behind it; ``place`` is where the lab's run stands."""
    lines = [(fitted.verdict, "bold")]
    curvature = fitted.curvature
    if curvature:
        eigenvalues = ", ".join(f"{each:.4g}" for each in curvature)
        condition = f"{curvature[-1] / curvature[0]:.4g}" if curvature[0] > 0 else "infinite"
        bends = f"{eigenvalues} · condition {condition}"
    else:
        bends = "not positive definite" if fitted.score is not None else "none: a corner"
    starts = f"{fitted.starts} start{'s' * (fitted.starts > 1)}"
    if fitted.starts > 1 or fitted.hills:
        lower = len(fitted.hills)
        starts += f", {lower or 'no'} lower hill{'s' * (lower != 1)}"
    if fitted.hills:
        starts += f", {fitted.log_likelihood - fitted.hills[0].value:.4g} below or more"
    lines += [
        (f"score         {_score(fitted.score)}", ""),
        (f"eigenvalues   {bends}", ""),
        (f"search        {starts}, {fitted.evaluations:,} evaluations", ""),
    ]
    if place is not None:
        gap = fitted.log_likelihood - fitted.likelihood.value(place)
        below = f"{max(gap, 0.0):.4g} below in log-likelihood"
        where = below if math.isfinite(gap) else "where the sample has no likelihood"
        lines.append((f"the run       stands {where}", ""))
    return Text("\n").join(Text(text, style) for text, style in lines)


def _score(score: float | None) -> str:
    if score is None:
        return "none: a corner"
    if math.isinf(score):
        return "not known: there are no standard errors to measure it in"
    return f"{score:.2g} standard errors"
