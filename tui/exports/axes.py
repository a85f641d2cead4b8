"""The frame of a chart in SVG: from numbers to places in the picture, and its ticks."""

from dataclasses import dataclass
from typing import Self
from xml.etree import ElementTree as ET

import numpy as np

from engine.quoting import harmless
from tui.exports.findings import Plot
from tui.palette import LIGHT
from tui.pictures.ticks import even_ticks

__all__ = ["BOTTOM", "HEIGHT", "LEFT", "RIGHT", "TOP", "WIDTH", "Frame", "draw_axes"]

WIDTH, HEIGHT = 800, 350
LEFT, RIGHT, TOP, BOTTOM = 76, 784, 48, 296
ROOM = 1.25
"""How much higher than the tallest bar the picture of a density is."""
TICKS = 6
DIGIT, GAP = 7.0, 9.0
"""Room that a digit of a label takes, and that is left between a label and the axis."""


@dataclass(frozen=True)
class Frame:
    """Limits of what is shown, and where that begins; upwards only bars have no ticks."""

    across: tuple[float, float]
    up: tuple[float, float]
    measured: bool
    left: float = LEFT

    @classmethod
    def around(cls, plot: Plot) -> Self:
        """Show all of the curves; over bars, as much as leaves these their room."""
        if plot.bars is not None:
            heights, edges = plot.bars
            top = float(heights.max()) * ROOM or 1.0
            return cls((float(edges[0]), float(edges[-1])), (0.0, top), measured=False)
        x = np.concatenate([curve.x for _, curve in plot.curves])
        y = np.concatenate([curve.y for _, curve in plot.curves])
        y = y[np.isfinite(y)]
        low, high = (float(y.min()), float(y.max())) if y.size else (0.0, 1.0)
        margin = 0.05 * (high - low) or max(abs(high) * 1e-3, 1e-3)
        left, right = float(x.min()), max(float(x.max()), float(x.min()) + 1.0)
        up = (low - margin, high + margin)
        longest = max((len(label) for _, label in even_ticks(*up, TICKS)), default=0)
        room = max(float(LEFT), 2 * GAP + DIGIT * longest)
        return cls((left, right), up, measured=True, left=room)

    def x(self, value: float) -> str:
        """Where a number lies across."""
        low, high = self.across
        return f"{self.left + (value - low) / (high - low) * (RIGHT - self.left):.2f}"

    def y(self, value: float) -> str:
        """Where a number lies upwards."""
        low, high = self.up
        return f"{BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP):.2f}"


def draw_axes(group: ET.Element, frame: Frame, across: str, color: str) -> None:
    """Draw both axes with round numbers, and say what the lower one is."""
    line = {"stroke": LIGHT.axis, "fill": "none"}
    ET.SubElement(group, "path", {"d": f"M{frame.left:g} {BOTTOM}H{RIGHT}", **line})
    for value, label in even_ticks(*frame.across, TICKS):
        place = frame.x(value)
        ET.SubElement(group, "path", {"d": f"M{place} {BOTTOM}v5", **line})
        _text(group, (place, f"{BOTTOM + 19}"), label, color)
    if frame.measured:
        ET.SubElement(group, "path", {"d": f"M{frame.left:g} {TOP}V{BOTTOM}", **line})
        for value, label in even_ticks(*frame.up, TICKS):
            place = frame.y(value)
            ET.SubElement(group, "path", {"d": f"M{frame.left:g} {place}h-5", **line})
            _text(group, (f"{frame.left - GAP:g}", f"{float(place) + 4:.2f}"), label, color, "end")
    _text(group, (f"{(frame.left + RIGHT) / 2:g}", f"{BOTTOM + 38}"), across, color)


def _text(
    group: ET.Element, place: tuple[str, str], text: str, color: str, anchor: str = "middle"
) -> None:
    x, y = place
    label = ET.SubElement(group, "text", {"x": x, "y": y, "fill": color, "text-anchor": anchor})
    label.text = harmless(text)
