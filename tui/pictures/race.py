"""The picture of a race: each lane's gap to the maximum over what it has spent."""

import numpy as np
from numpy.typing import NDArray
from rich.text import Text

from tui.palette import Palette
from tui.pictures.charts import line_chart
from tui.pictures.curve import Curve
from tui.racing import LabRace
from tui.texts.standings import MARKS

__all__ = ["per_column", "race_chart"]

Array = NDArray[np.float64]

DECADES = 2.0
"""Powers of ten that lanes span before their axis is logarithmic."""


def race_chart(race: LabRace, size: tuple[int, int], palette: Palette) -> Text:
    """Draw the lanes that are not muted up to the place shown, each with its mark at its end."""
    best, level = race.race.maximum, race.race.level
    lanes = []
    for name, color, mark in zip(race.names, palette.lanes, MARKS, strict=False):
        if name not in race.muted:
            spent, train = race.course(name)
            gap = np.maximum(best - train, level)
            lanes.append((spent, np.log10(gap), color, mark))
    ends = [float(end) for spent, *_ in lanes for end in (spent[0], spent[-1])]
    wide = bool(ends) and np.log10(max(ends) / max(min(ends), 1e-9)) > DECADES
    curves = []
    for spent, gap, color, mark in lanes:
        at = np.log10(np.maximum(spent, 1e-9)) if wide else spent
        picked = per_column(at, size[0])
        curves.append(Curve(at[picked], gap[picked], color, mark))
    least = 1.0 if wide or race.clock == "evaluations" else 1e-6
    return line_chart(curves, size, palette, log=True, log_x=wide, least=least)


def per_column(x: Array, columns: int) -> NDArray[np.intp]:
    """Of many points keep two in each column: where a lane comes in and where it leaves."""
    if x.size <= 2 * columns:
        return np.arange(x.size)
    edges = np.searchsorted(x, np.linspace(x[0], x[-1], columns))
    last = x.size - 1
    return np.unique(np.clip(np.concatenate([[0], edges - 1, edges, [last]]), 0, last))
