"""What can be set of the lab, each field declared once with what it may hold and means."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, final

from engine.fields import Choice, Kind, Number, Whole
from engine.settings import setting
from tui.tabs import TABS

__all__ = ["AUTO", "LEVELS", "SHARE", "Settings", "Switch"]

AUTO = "auto"
SHARE = Number(0, 1, open_low=True, open_high=True)
"""Part of a whole, such as an interval's level."""
LEVELS = ("debug", "info", "warning", "error", "off")
"""How much the log tells, from most to nothing."""
WORDS = {"on": True, "true": True, "yes": True, "1": True}
WORDS |= {"off": False, "false": False, "no": False, "0": False}
SPELT = {word: "on" if yes else "off" for word, yes in WORDS.items()}


@final
@dataclass(frozen=True)
class Switch(Kind):
    """Yes or no."""

    @property
    def description(self) -> str:
        """Always the same."""
        return "true or false"

    def check(self, value: object) -> bool:
        """Accept a bool."""
        if not isinstance(value, bool):
            raise self.refuse(value)
        return value

    def parse(self, text: str) -> bool:
        """Read a word for either."""
        if text.strip().lower() not in WORDS:
            raise self.refuse(text)
        return WORDS[text.strip().lower()]


def _themes() -> tuple[str, ...]:
    from textual.theme import BUILTIN_THEMES  # noqa: PLC0415 - a run without a screen has no theme

    from tui.themes import THEMES  # noqa: PLC0415

    return (AUTO, *(theme.name for theme in THEMES), *BUILTIN_THEMES)


def _paces() -> tuple[str, ...]:
    from tui.pace import PACES  # noqa: PLC0415

    return tuple(pace.name.replace(" ", "-") for pace in PACES)


@dataclass(frozen=True)
class Settings:
    """How the lab opens. ``experiment`` holds fields, and ``keys`` changes of the keys by id.

    ``keys`` are lists in one string, with commas between.
    """

    theme: str = setting(
        Choice(_themes), AUTO, label="theme", meaning="the colours; auto: the lab's choice"
    )
    ascii: str = setting(
        Choice(lambda: (AUTO, *dict.fromkeys(SPELT.values())), SPELT),
        AUTO,
        label="ascii",
        meaning="draw with plain ASCII; auto: where the locale has no more",
    )
    mouse: bool = setting(Switch(), True, label="mouse", meaning="whether the mouse is listened to")
    tab: str = setting(
        Choice(lambda: TABS), "train", label="tab", meaning="the tab that opens first"
    )
    pace: str = setting(Choice(_paces), "stage", label="pace", meaning="how fast a run is shown")
    level: float = setting(
        SHARE, 0.95, label="level", meaning="the level of the intervals on the fit's tab"
    )
    report_every: int = setting(
        Whole(1, 10**9), 100, label="report every", meaning="epochs a row of the progress table"
    )
    log_level: str = setting(
        Choice(lambda: LEVELS), "info", label="log level", meaning="how much the log tells"
    )
    experiment: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    preset: str = ""
