"""The charts of a fit: the sample beside the fitted law, as density, as cdf, by QQ and PP plots."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from rich.text import Text

from engine.likelihoods.truncated import Truncated
from tui.analysis import Analysis
from tui.fit_view import FitView
from tui.palette import Palette
from tui.pictures.cells import Size
from tui.pictures.charts import density_chart
from tui.pictures.curve import Curve
from tui.pictures.parameters import ellipse_picture, profile_picture
from tui.pictures.plot import Plot, limits
from tui.pictures.strokes import DASHED, DOTTED, SOLID

__all__ = ["chart"]

Array = NDArray[np.float64]

UNIT = (-0.02, 1.02)


def chart(view: FitView, size: Size, palette: Palette) -> Text:
    """Draw the chart that is looked at; blank without room or without a fit."""
    analysis = view.analysis
    if analysis is None or analysis.fitted is None or not Plot.room(size):
        return Text("\n" * max(size[1] - 1, 0))
    if view.chart == "density":
        return _density(analysis, size, palette)
    if view.chart == "profile":
        return profile_picture(view, analysis, size, palette)
    if view.chart == "ellipse":
        return ellipse_picture(analysis, view.pair, size, palette)
    return POINTWISE[view.chart](analysis, size, palette)


def _law(analysis: Analysis) -> Truncated:
    assert analysis.fitted is not None  # noqa: S101 - only a fit is drawn
    return Truncated.of(analysis.fitted.distribution, analysis.sample)


def _density(analysis: Analysis, size: Size, palette: Palette) -> Text:
    """The density of what could be observed, over the histogram."""
    law = _law(analysis)
    edges = analysis.bars[1]
    x = np.linspace(edges[0], edges[-1], 4 * size[0])
    at: Array = np.rint(x) if analysis.family.support.whole else x
    return density_chart(analysis.bars, [Curve(x, law.density(at), palette.fitted)], size, palette)


def _cdf(analysis: Analysis, size: Size, palette: Palette) -> Text:
    """The empirical cdf in its band, and the fitted one."""
    steps, edges = analysis.steps, analysis.bars[1]
    plot = Plot(size, palette, (float(edges[0]), float(edges[-1])), UNIT, ("x", "F"))
    grid = plot.grid()
    place = np.searchsorted(steps.x, grid, "right")
    end = _last_known(analysis)
    for heights, before, color, stroke in (
        (steps.low, 0.0, palette.ghost, DOTTED),
        (steps.high, _first_high(analysis), palette.ghost, DOTTED),
        (steps.cdf, 0.0, palette.train, SOLID),
    ):
        if heights.size and np.isfinite(heights).all():
            y = np.append(before, heights)[place]
            plot.line(grid, np.where(grid <= end, y, np.nan), color, stroke)
    at = np.floor(grid) if analysis.family.support.whole else grid
    with np.errstate(all="ignore"):
        plot.line(grid, _law(analysis).cdf(at), palette.fitted, DASHED)
    return plot.text()


def _first_high(analysis: Analysis) -> float:
    """Upper end of the band before the first step, which a pointwise one has not."""
    steps = analysis.steps
    whole = steps.band.startswith("simultaneous")
    return float(steps.high[0] - steps.cdf[0]) if whole and steps.high[0] < 1.0 else 0.0


def _last_known(analysis: Analysis) -> float:
    """Place up to which the empirical cdf is known."""
    hidden = analysis.sample.censored
    if hidden is None or not np.isposinf(hidden.high).any():
        return np.inf
    beyond = float(hidden.low[np.isposinf(hidden.high)].max())
    steps = analysis.steps
    return max(beyond, float(steps.x[-1]) if steps.x.size else beyond)


def _qq(analysis: Analysis, size: Size, palette: Palette) -> Text:
    """Quantiles of the sample over those of the law, in their band; on the line if they agree."""
    points, band = analysis.plotted, analysis.band
    assert points is not None  # noqa: S101 - a fit has its points
    across, up = limits(points.quantiles), limits(points.values)
    both = np.array([min(across[0], up[0]), max(across[1], up[1])])
    plot = Plot(size, palette, across, up, ("fitted", "seen"))
    for ends in (band.lowest, band.highest) if band else ():
        plot.line(points.quantiles, ends, palette.ghost, DOTTED)
    plot.line(both, both, palette.fitted)
    return plot.points(points.quantiles, points.values, palette.train).text()


def _pp(analysis: Analysis, size: Size, palette: Palette) -> Text:
    """Shares of the sample over those of the law, in their band; on the line if they agree."""
    points, band = analysis.plotted, analysis.band
    assert points is not None  # noqa: S101 - a fit has its points
    plot = Plot(size, palette, UNIT, UNIT, ("fitted", "seen"))
    for ends in (band.low, band.high) if band else ():
        plot.line(ends, points.shares, palette.ghost, DOTTED)
    plot.line(np.array([0.0, 1.0]), np.array([0.0, 1.0]), palette.fitted)
    return plot.points(points.cdf, points.shares, palette.train).text()


POINTWISE: dict[str, Callable[[Analysis, Size, Palette], Text]] = {
    "cdf": _cdf,
    "qq": _qq,
    "pp": _pp,
}
