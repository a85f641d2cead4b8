"""The picture of a race: each lane's gap to the maximum over what it has spent."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rich.text import Text

from tui.palette import Palette
from tui.pictures.charts import line_chart
from tui.pictures.curve import Curve
from tui.racing import LabRace
from tui.texts.standings import MARKS

__all__ = ["Lane", "lanes_chart", "per_column", "race_chart"]

Array = NDArray[np.float64]

DECADES = 2.0
"""Powers of ten that lanes span before their axis is logarithmic."""


class Lane(NamedTuple):
    """What a lane has spent and the gap that it has left to the maximum, with its look."""

    spent: Array
    gap: Array
    color: str
    mark: str


def race_chart(race: LabRace, size: tuple[int, int], palette: Palette) -> Text:
    """Draw the lanes that are not muted up to the place shown."""
    lanes = []
    for name, color, mark in zip(race.names, palette.lanes, MARKS, strict=False):
        if name not in race.muted:
            spent, train = race.course(name)
            lanes.append(Lane(spent, race.race.gap(train), color, mark))
    return lanes_chart(lanes, race.clock, size, palette)


def lanes_chart(lanes: Sequence[Lane], clock: str, size: tuple[int, int], palette: Palette) -> Text:
    """Draw the logarithms of gaps over what was spent, each lane with its mark at its end."""
    ends = [float(end) for lane in lanes for end in (lane.spent[0], lane.spent[-1])]
    wide = bool(ends) and np.log10(max(ends) / max(min(ends), 1e-9)) > DECADES
    curves = []
    for lane in lanes:
        at = np.log10(np.maximum(lane.spent, 1e-9)) if wide else lane.spent
        picked = per_column(at, size[0])
        curves.append(Curve(at[picked], np.log10(lane.gap)[picked], lane.color, lane.mark))
    least = 1.0 if wide or clock == "evaluations" else 1e-6
    return line_chart(curves, size, palette, log=True, log_x=wide, least=least)


def per_column(x: Array, columns: int) -> NDArray[np.intp]:
    """Of many points keep two in each column: where a lane comes in and where it leaves."""
    if x.size <= 2 * columns:
        return np.arange(x.size)
    edges = np.searchsorted(x, np.linspace(x[0], x[-1], columns))
    last = x.size - 1
    return np.unique(np.clip(np.concatenate([[0], edges - 1, edges, [last]]), 0, last))
