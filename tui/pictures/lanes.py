"""The lanes of a race in the lab: who runs where nobody was chosen, and the ways they took."""

import numpy as np
from numpy.typing import NDArray

from engine.tapes.columns import PARAMETERS
from tui.palette import Palette
from tui.racing import LabRace
from tui.texts.standings import MARKS

__all__ = ["DEFAULT", "default_lanes", "lanes_for_map"]

Array = NDArray[np.float64]

DEFAULT = ("adam", "momentum", "lbfgs", "newton", "barzilai-borwein")
"""Who races against the experiment's own optimizer, unless others are chosen."""


def default_lanes(optimizer: str) -> tuple[str, ...]:
    """An experiment's own optimizer and those that it races against."""
    return tuple(dict.fromkeys((optimizer, *DEFAULT)))


def lanes_for_map(race: LabRace, palette: Palette) -> list[tuple[str, str, str, Array]]:
    """The lanes that are not muted: name, mark, colour and parameters up to the place shown."""
    return [
        (name, mark, color, race.race.tapes[name].kept(0, race.steps(name))[:, PARAMETERS])
        for name, mark, color in zip(race.names, MARKS, palette.lanes, strict=False)
        if name not in race.muted
    ]
