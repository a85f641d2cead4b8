"""Colouring: the lab's themes, and what of their colours reaches the terminal."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from functools import lru_cache

from textual.app import App
from textual.color import Color
from textual.filter import LineFilter, Monochrome, NoColor

from tui.palette import Palette
from tui.terminal.filters import Colorless, Sixteen
from tui.themes import THEMES, palette_of

__all__ = ["Colored", "wants_no_colors"]


def wants_no_colors(environ: Mapping[str, str]) -> bool:
    """Whether ``NO_COLOR`` is set, and not to nothing (https://no-color.org)."""
    return bool(environ.get("NO_COLOR"))


class Colored(App[None]):
    """An app in the lab's themes, or without colours where these are not wanted."""

    def __init__(self) -> None:
        super().__init__()
        self.no_color = wants_no_colors(os.environ)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what lines go through before they are painted."""
        # Textual's own leave greys
        found = [
            each
            for each in super().get_line_filters()
            if not isinstance(each, Monochrome | NoColor)
        ]
        theme, ground = self.current_theme, self.theme_variables["background"]
        if self.no_color:
            found.append(_filter(Colorless, ground))
        elif theme.ansi or theme.name == "mle-ansi":
            found.append(_filter(Sixteen, ground))
        return found

    @property
    def chart_colors(self) -> Palette:
        """Colours of the charts for the theme of the moment."""
        palette = palette_of(self.current_theme)
        return palette.flat() if self.no_color else palette


@lru_cache
def _filter(kind: type[Colorless | Sixteen], ground: str) -> LineFilter:
    """One filter for all lines, which remember what they became by it."""
    return kind(Color.parse(ground))
