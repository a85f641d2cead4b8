"""What the panes of the fit show: what is known, and how it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.inference.profile_curve import ProfilePoint
    from tui.analysis import Analysis
    from tui.contest import Ranking

__all__ = ["CHARTS", "LEVELS", "PAGES", "FitView", "Hand", "next_level"]

CHARTS = ("density", "cdf", "qq", "pp", "profile", "ellipse")
"""Charts, in the order that they are turned through."""
LEVELS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.999)
"""Levels of intervals that are turned through."""
PAGES = ("estimates", "intervals", "ranking")
"""Panes that share a place where there is no room for all of them."""


@dataclass(frozen=True)
class Hand:
    """A parameter that is held and moved by hand: where it is, and where it was."""

    place: int
    point: ProfilePoint
    points: tuple[ProfilePoint, ...]
    """All that were visited, in the order of their values."""

    def moved(self, point: ProfilePoint) -> Hand:
        """Return the hand at another point, which it keeps; a value is kept once."""
        others = {each.value: each for each in self.points} | {point.value: point}
        return Hand(self.place, point, tuple(others[value] for value in sorted(others)))


def next_level(level: float) -> float:
    """Return the next level that is turned to, after the last the first."""
    return next((each for each in LEVELS if each > level), LEVELS[0])


@dataclass(frozen=True)
class FitView:
    """A moment of the panes. Equal where there is nothing new to show."""

    analysis: Analysis | None = None
    ranking: Ranking | None = None
    busy: str = ""
    """What is computed, in words."""
    ranking_busy: bool = False
    level: float = 0.95
    """Level of all intervals, of the band and of the ellipse."""
    chart: str = CHARTS[0]
    chosen: int = 0
    """Place of the parameter that is looked at."""
    bootstrap: bool = False
    """Whether bootstrap intervals are wanted."""
    page: str = PAGES[0]
    hand: Hand | None = None
    lab: str = ""
    """Family that the lab runs."""

    @property
    def pair(self) -> tuple[int, int]:
        """Two parameters that are looked at: the chosen one and the next."""
        count = len(self.analysis.names) if self.analysis else 1
        first, second = self.chosen, (self.chosen + 1) % count
        return (first, second) if first < second else (second, first)
