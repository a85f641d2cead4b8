"""What colours become on their way to the terminal: none, or the sixteen that it has of its own.

Where a background told something, such as a cursor, the cells are reversed instead, and what
was faint is dim: so both read on a terminal of any ground.
"""

from abc import abstractmethod
from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

__all__ = ["Colorless", "Sixteen"]

STANDS_OUT = 0.13
"""Difference of brightness from the ground at which a background tells something."""
FAINT_GREY, FAINT_HUE = 0.68, 0.46
"""Differences of brightness below which characters are faint."""
GREY = 0.2
"""Share of the brightest primary by which those of a grey differ at most."""
HUES = {(1, 0, 0): 1, (0, 1, 0): 2, (1, 1, 0): 3, (0, 0, 1): 4, (1, 0, 1): 5, (0, 1, 1): 6}
"""Numbers of the terminal's colours by which primaries are lit."""


class _Filter(LineFilter):
    """Gives each style another, once; ``ground`` is the colour that lies under everything."""

    def __init__(self, ground: Color) -> None:
        super().__init__()
        self.ground = ground
        self._other = lru_cache(maxsize=4096)(self.other)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments in their other styles."""
        del background  # of the widget: what counts is what is painted
        return [
            Segment(text, style and self._other(style), control)
            for text, style, control in segments
        ]

    @abstractmethod
    def other(self, style: Style) -> Style:
        """Return the style to write instead."""

    def plain(self, style: Style) -> Style:
        """Return a style without colours, reversed or dim where these told something."""
        told = style.without_color
        if style.meta:
            told += Style.from_meta(style.meta)  # where a click goes
        below = _seen(style.bgcolor) or self.ground
        if abs(below.brightness - self.ground.brightness) > STANDS_OUT:
            return told + Style(reverse=True)
        above = _seen(style.color)
        if above is None or _pure(style.color):
            return told
        least = FAINT_GREY if _lit(above) is None else FAINT_HUE
        faint = abs(above.brightness - below.brightness) < least
        return told + Style(dim=True) if faint else told


class Colorless(_Filter):
    """No colours at all (https://no-color.org)."""

    def other(self, style: Style) -> Style:
        """Return the style without colours."""
        return self.plain(style)


class Sixteen(_Filter):
    """The terminal's own colours: its ground, its ink and the six hues."""

    def other(self, style: Style) -> Style:
        """Return the style in the nearest hues; greys are the terminal's own ink."""
        if _pure(style.bgcolor):
            return style + Style(color=_own(style.color), bgcolor=_own(style.bgcolor))
        plain = self.plain(style)
        return plain if plain.reverse else plain + Style(color=_own(style.color))


def _seen(color: RichColor | None) -> Color | None:
    return None if color is None or color.triplet is None else Color(*color.triplet)


def _lit(color: Color) -> tuple[int, int, int] | None:
    """Return which primaries are lit, nothing for a grey."""
    high, low = max(color.rgb), min(color.rgb)
    if high - low <= GREY * high:
        return None
    red, green, blue = (int(2 * part > high + low) for part in color.rgb)
    return red, green, blue


def _own(color: RichColor | None) -> RichColor | None:
    """Return the terminal's colour of the same hue; one that is its own already stays."""
    seen = _seen(color)
    if seen is None:
        return color
    lit = _lit(seen)
    return RichColor.default() if lit is None else RichColor.from_ansi(HUES[lit])


def _pure(color: RichColor | None) -> bool:
    """Whether a colour is one of the six hues, fully lit, and so the terminal's own."""
    seen = _seen(color)
    return seen is not None and set(seen.rgb) == {0, 255}
