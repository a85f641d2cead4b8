"""The lab's own themes, each with the colours of its charts; Textual's others work as well."""

from textual.theme import Theme

from tui.palette import ANSI, DARK, LIGHT, OKABE_ITO, Palette

__all__ = ["ABOUT", "THEMES", "palette_of"]

THEMES = (
    Theme(
        name="mle-dark",
        primary="#56b4e9",
        secondary="#cc79a7",
        accent="#e69f00",
        warning="#e69f00",
        error="#ff6b5e",
        success="#1fc69a",
        foreground="#d8dee6",
        background="#10151c",
        surface="#161d26",
        panel="#1e2834",
        dark=True,
    ),
    Theme(
        name="mle-light",
        primary="#0072b2",
        secondary="#a3467c",
        accent="#b87400",
        warning="#b87400",
        error="#b3261e",
        success="#00805e",
        foreground="#1b232c",
        background="#fbfcfd",
        surface="#f1f4f7",
        panel="#e3e9ef",
        dark=False,
    ),
    Theme(
        name="mle-okabe-ito",
        primary="#56b4e9",
        secondary="#cc79a7",
        accent="#e69f00",
        warning="#e69f00",
        error="#d55e00",
        success="#009e73",
        foreground="#dfe6ee",
        background="#0b0f14",
        surface="#121820",
        panel="#1b232d",
        dark=True,
    ),
    Theme(
        name="mle-ansi",
        primary="#00ffff",
        secondary="#ff00ff",
        accent="#ffff00",
        warning="#ffff00",
        error="#ff0000",
        success="#00ff00",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#101010",
        dark=True,
    ),
)
ABOUT = {
    "mle-dark": "Dark colours",
    "mle-light": "Light colours, for a projector or a bright room",
    "mle-okabe-ito": "Colours that a colour-blind eye tells apart, after Okabe and Ito",
    "mle-ansi": "The sixteen colours that the terminal has of its own (ANSI)",
}
"""The themes in words, by name."""
PALETTES = {"mle-dark": DARK, "mle-light": LIGHT, "mle-okabe-ito": OKABE_ITO, "mle-ansi": ANSI}


def palette_of(theme: Theme) -> Palette:
    """Return the colours of the charts that go with a theme, Textual's included."""
    if theme.ansi:
        return ANSI
    return PALETTES.get(theme.name, DARK if theme.dark else LIGHT)
