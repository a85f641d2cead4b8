"""A portrait: the screen as an SVG picture that is the same whenever the screen is."""

import re
from typing import Any

from textual.app import App

__all__ = ["portrait"]

WEB_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
SERIAL = re.compile(r"terminal-\d+")


def portrait(app: App[Any], name: str = "mle-tui") -> str:
    """Return the screen as SVG. Fonts are the viewer's own: a picture should not call home."""
    width, height = app.size
    drawn = app.export_screenshot(title=f"mle-tui at {width}×{height}")
    drawn = WEB_FONT.sub("", drawn).replace("Fira Code", "DejaVu Sans Mono")
    return SERIAL.sub(f"terminal-{name}", drawn)
