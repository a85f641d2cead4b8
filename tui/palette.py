"""Colours of the charts, after Okabe and Ito, so that no two rest on hue alone."""

from dataclasses import dataclass, replace
from typing import Self

__all__ = ["ANSI", "DARK", "LIGHT", "OKABE_ITO", "Palette"]


@dataclass(frozen=True)
class Palette:
    """A colour for each thing a chart shows, as #rrggbb."""

    train: str
    validation: str
    initial: str
    true: str
    fitted: str
    histogram: str
    axis: str
    ghost: str
    lanes: tuple[str, ...]
    """Lanes of a race, in the order of their digits."""
    ground: str
    surface: tuple[str, ...]
    """Shades of a surface from far below its maximum, which is the ground, to the maximum."""
    contour: str
    maximum: str
    here: str

    def flat(self) -> Self:
        """Return the same without shades: of a surface the contours remain, bars are bright."""
        ground = (self.ground,) * len(self.surface)
        return replace(self, surface=ground, histogram=self.contour)


DARK = Palette(
    train="#56b4e9",
    validation="#e69f00",
    initial="#cc79a7",
    true="#1fc69a",
    fitted="#ff7a3d",
    histogram="#34506b",
    axis="#7d8896",
    ghost="#8fa0b5",
    lanes=("#56b4e9", "#e69f00", "#1fc69a", "#cc79a7", "#f0e442", "#ff7a3d"),
    ground="#10151c",
    surface=("#10151c", "#16304d", "#34719f"),
    contour="#c9d6e4",
    maximum="#f0e442",
    here="#ffffff",
)
LIGHT = Palette(
    train="#0072b2",
    validation="#b87400",
    initial="#a3467c",
    true="#00805e",
    fitted="#c44900",
    histogram="#bcd3e6",
    axis="#68727e",
    ghost="#6b7885",
    lanes=("#0072b2", "#b87400", "#00805e", "#a3467c", "#7a6a00", "#c44900"),
    ground="#fbfcfd",
    surface=("#fbfcfd", "#cfe1f0", "#8db9dc"),
    contour="#2f4a63",
    maximum="#5c4a00",
    here="#000000",
)
OKABE_ITO = Palette(
    train="#56b4e9",
    validation="#e69f00",
    initial="#cc79a7",
    true="#009e73",
    fitted="#f0e442",
    histogram="#1b4a6b",
    axis="#8b95a1",
    ghost="#95a1b0",
    lanes=("#56b4e9", "#e69f00", "#009e73", "#cc79a7", "#f0e442", "#d55e00"),
    ground="#0b0f14",
    surface=("#0b0f14", "#07324f", "#0072b2"),
    contour="#dfe6ee",
    maximum="#f0e442",
    here="#ffffff",
)
ANSI = Palette(
    train="#00ffff",
    validation="#ffff00",
    initial="#ff00ff",
    true="#00ff00",
    fitted="#ffff00",
    histogram="#0000ff",
    axis="#808080",
    ghost="#808080",
    lanes=("#00ffff", "#ffff00", "#00ff00", "#ff00ff", "#ff0000", "#0000ff"),
    ground="#000000",
    surface=("#000000", "#000000", "#000000"),
    contour="#ffffff",
    maximum="#ff0000",
    here="#ffffff",
)
"""Pure hues, for which the terminal puts its own."""
