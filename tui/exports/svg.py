"""Charts as plain SVG: bars, curves and ticks, in light colours or, where one asks, dark ones.

Colours are attributes, as every program reads them; where a browser prefers dark, a style says
what each of them turns into.
"""

import dataclasses
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import numpy as np

from engine.quoting import harmless
from tui.exports.axes import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Frame, draw_axes
from tui.exports.findings import Plot
from tui.palette import DARK, LIGHT
from tui.pictures.curve import Curve, thin
from tui.pictures.strokes import DASHED, DOTTED

__all__ = ["svg_text"]

FAR = 4.0
"""How far beyond the picture curves are followed, in its heights; it is clipped there."""
MOST = 700
"""Stretches of a curve that are told apart."""
DASHES = {DASHED: "8 5", DOTTED: "2 4"}
BESIDE, LETTER = 30.0, 6.0
"""Room that a name of a curve takes, and each of its letters."""
TEXT, DARK_TEXT = "#1f2328", "#e6edf3"


def svg_text(plots: tuple[Plot, ...]) -> str:
    """Draw charts below each other."""
    height = HEIGHT * len(plots)
    root = ET.Element(
        "svg",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {height}",
        width=str(WIDTH),
        height=str(height),
        role="img",
    )
    root.set("font-family", "system-ui, sans-serif")
    root.set("font-size", "12")
    ET.SubElement(root, "title").text = harmless(" and ".join(plot.title for plot in plots))
    ET.SubElement(root, "style").text = _dark()
    ET.SubElement(root, "rect", width="100%", height="100%", fill=LIGHT.ground)
    clip = ET.SubElement(root, "clipPath", id="inside")
    ET.SubElement(clip, "path", d=f"M{LEFT} {TOP - 1}H{RIGHT}V{BOTTOM + 1}H{LEFT}Z")
    for i, plot in enumerate(plots):
        _chart(ET.SubElement(root, "g", transform=f"translate(0 {i * HEIGHT})"), plot)
    return ET.tostring(root, encoding="unicode") + "\n"


def _dark() -> str:
    """Say what each colour turns into."""
    pairs = {TEXT: DARK_TEXT}
    for field in dataclasses.fields(LIGHT):
        light, dark = getattr(LIGHT, field.name), getattr(DARK, field.name)
        pairs |= {light: dark} if isinstance(light, str) else dict(zip(light, dark, strict=True))
    rules = "".join(
        f'[fill="{light}"]{{fill:{dark}}}[stroke="{light}"]{{stroke:{dark}}}'
        for light, dark in pairs.items()
    )
    return f"@media (prefers-color-scheme:dark){{{rules}}}"


def _chart(group: ET.Element, plot: Plot) -> None:
    """Draw a title with the names of the curves, bars, curves, and axes."""
    frame = Frame.around(plot)
    title = ET.SubElement(group, "text", x=str(LEFT), y="20", fill=TEXT)
    title.set("font-weight", "bold")
    title.text = harmless(plot.title)
    place = float(LEFT)
    for name, curve in dict(plot.curves).items():
        label = ET.SubElement(group, "text", x=f"{place:g}", y="38", fill=curve.color)
        label.text = f"{curve.mark or curve.stroke} {harmless(name)}"
        place += BESIDE + LETTER * len(name)
    if plot.bars is not None:
        heights, edges = plot.bars
        path = "".join(
            f"M{frame.x(a)} {frame.y(0)}V{frame.y(h)}H{frame.x(b)}V{frame.y(0)}Z"
            for a, b, h in zip(
                edges[:-1].tolist(), edges[1:].tolist(), heights.tolist(), strict=True
            )
            if h > 0
        )
        ET.SubElement(group, "path", d=path, fill=LIGHT.histogram)
    inside = ET.SubElement(group, "g", {"clip-path": "url(#inside)"})
    for _, curve in plot.curves:
        for points in _pieces(curve, frame):
            _draw(inside, curve, points)
        if curve.mark:
            _mark(group, curve, frame)
    draw_axes(group, frame, plot.across, TEXT)


def _draw(group: ET.Element, curve: Curve, points: list[tuple[str, str]]) -> None:
    """Draw a stretch of a curve; one that is a single point as a dot."""
    if len(points) == 1:
        ((x, y),) = points
        ET.SubElement(group, "circle", cx=x, cy=y, r="3", fill=curve.color)
        return
    line = ET.SubElement(group, "polyline", points=" ".join(map(",".join, points)))
    look = {"fill": "none", "stroke": curve.color, "stroke-width": "2", "stroke-linejoin": "round"}
    if curve.stroke in DASHES:
        look["stroke-dasharray"] = DASHES[curve.stroke]
    line.attrib |= look


def _mark(group: ET.Element, curve: Curve, frame: Frame) -> None:
    """Put a curve's mark at its end."""
    place = {"x": frame.x(float(curve.x[-1])), "y": f"{float(frame.y(float(curve.y[-1]))) + 4:.2f}"}
    mark = ET.SubElement(group, "text", {**place, "fill": curve.color, "text-anchor": "middle"})
    mark.text = curve.mark


def _pieces(curve: Curve, frame: Frame) -> Iterator[list[tuple[str, str]]]:
    """Points of a curve, in pieces where it is not finite."""
    y = np.minimum(curve.y, FAR * frame.up[1]) if frame.up[1] > 0 else curve.y
    gaps = np.flatnonzero(~np.isfinite(y))
    for part in np.split(np.arange(y.size), gaps):
        inside = part[np.isfinite(y[part])]
        if inside.size:
            kept = thin(Curve(curve.x[inside], y[inside], curve.color), MOST)
            pairs = zip(kept.x.tolist(), kept.y.tolist(), strict=True)
            yield [(frame.x(a), frame.y(b)) for a, b in pairs]
