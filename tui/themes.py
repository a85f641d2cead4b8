"""The lab's own themes, a dark one and a light one; Textual's others work as well."""

from textual.theme import Theme

__all__ = ["THEMES"]

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
)
