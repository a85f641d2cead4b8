"""Pictures of estimates: the profile of one with its cutoff, and the ellipse of two."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rich.text import Text

from engine.inference.ellipse import ellipse
from engine.inference.profile_curve import ProfilePoint, cutoff
from tui.analysis import Analysis
from tui.fit_view import FitView
from tui.palette import Palette
from tui.pictures.cells import Size
from tui.pictures.plot import Plot, limits
from tui.pictures.strokes import DOTTED, SOLID

__all__ = ["ellipse_picture", "profile_picture"]

Array = NDArray[np.float64]

DEEP = 2.2
"""How many cutoffs of a profile are shown at least."""
INNER = 0.5
"""Level of the inner ellipse."""


def profile_picture(view: FitView, analysis: Analysis, size: Size, palette: Palette) -> Text:
    """Draw the drop of a profile from its maximum, its cutoff, and Wald's parabola beside it.

    While a parameter is held by hand, only the points that were visited.
    """
    fitted, place, hand = analysis.fitted, view.chosen, view.hand
    curve = analysis.profiles[place] if analysis.profiles else ()
    if fitted is None or not curve:
        return Text("\n" * max(size[1] - 1, 0))
    drop = cutoff(analysis.level)
    x, y = _drops(hand.points if hand else curve, fitted.log_likelihood)
    deepest = max(DEEP * drop, -float(y.min()) if hand else 0.0)
    across = limits([each.value for each in curve], x)
    up = (-1.04 * deepest, 0.08 * deepest)
    plot = Plot(size, palette, across, up, (analysis.names[place], "Δ log L"))
    plot.line(np.array(across), np.full(2, -drop), palette.axis)
    if hand is None:
        _parabola(plot, analysis, place)
    plot.line(x, y, palette.train)
    ends = analysis.told["estimates"][analysis.names[place]]["profile"] or ()
    for end in ends if hand is None else ():
        if end is not None:
            plot.mark(end, -drop, "◆", palette.maximum)
    if hand is None:
        plot.mark(fitted.parameters[place], 0.0, "✚", palette.maximum)
    else:
        plot.points(x, y, palette.fitted)
        plot.mark(hand.point.value, hand.point.log_likelihood - fitted.log_likelihood, "●")
    return plot.text()


def _parabola(plot: Plot, analysis: Analysis, place: int) -> None:
    """Draw what the profile would be if the log-likelihood were quadratic."""
    fitted = analysis.fitted
    if fitted is not None and fitted.standard_errors is not None:
        x = plot.grid()
        away = (x - fitted.parameters[place]) / fitted.standard_errors[place]
        plot.line(x, -0.5 * away**2, plot.palette.ghost, DOTTED)


def _drops(points: Sequence[ProfilePoint], top: float) -> tuple[Array, Array]:
    x = np.array([point.value for point in points])
    return x, np.array([point.log_likelihood for point in points]) - top


def ellipse_picture(
    analysis: Analysis, pair: tuple[int, int], size: Size, palette: Palette
) -> Text:
    """Draw regions of two parameters by their covariance, as far as they are in the domains."""
    fitted = analysis.fitted
    if fitted is None or pair[0] == pair[1]:
        return Text("\n" * max(size[1] - 1, 0))
    outer, inner = ellipse(fitted, pair, analysis.level), ellipse(fitted, pair, INNER)
    if outer is None or inner is None:
        return Text("\n" * max(size[1] - 1, 0))
    names = analysis.names[pair[0]], analysis.names[pair[1]]
    plot = Plot(size, palette, limits(outer[:, 0]), limits(outer[:, 1]), names)
    domains = [analysis.family.parameters()[place].domain for place in pair]
    for points, color, stroke in (
        (inner, palette.ghost, DOTTED),
        (outer, palette.train, SOLID),
    ):
        inside = np.ones(len(points), dtype=bool)
        for values, domain in zip(points.T, domains, strict=True):
            inside &= (values >= domain.lower) & (values <= domain.upper)
        plot.line(np.where(inside, points[:, 0], np.nan), points[:, 1], color, stroke)
    plot.mark(fitted.parameters[pair[0]], fitted.parameters[pair[1]], "✚", palette.maximum)
    return plot.text()
