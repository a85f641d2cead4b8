"""The tabs behind the one that is painted first, made when there is time for them."""

from __future__ import annotations

from textual.containers import Container, Horizontal
from textual.widget import Widget

from tui.widgets.dossier import DossierTab
from tui.widgets.fit import FitTab
from tui.widgets.lessons import LessonsTab
from tui.widgets.race import RaceChart, Standings
from tui.widgets.surface import RaceMap, SurfaceTab

__all__ = ["tabs_behind"]


def tabs_behind() -> list[Widget]:
    """Make the surface, the race, the fit, the report and the lessons."""
    race = Container(
        Horizontal(RaceChart(), RaceMap(), id="lanes"),
        Standings(),
        id="race",
    )
    tabs: list[Widget] = [SurfaceTab(), race, FitTab(), DossierTab(), LessonsTab()]
    for tab in tabs:
        tab.display = False
    return tabs
