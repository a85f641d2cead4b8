"""A fit as a picture: its density over the sample's histogram."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rich.text import Text

from engine.fits.fitted import Fit
from engine.likelihoods.truncated import Truncated
from engine.samples.histogram import histogram
from engine.samples.sample import Sample
from tui.palette import DARK, Palette
from tui.pictures.charts import density_chart
from tui.pictures.curve import Curve
from tui.pictures.strokes import SOLID
from tui.texts.printing import printer

__all__ = ["FitPlot", "fit_picture", "fit_plot", "print_density"]

Array = NDArray[np.float64]

WIDEST, HEIGHT = 120, 16


@dataclass(frozen=True, eq=False)
class FitPlot:
    """Heights and edges of the histogram, and the fitted density in a colour."""

    bars: tuple[Array, Array]
    curve: Curve


def fit_plot(fitted: Fit, sample: Sample, columns: int, color: str) -> FitPlot:
    """Lay the fitted law of what could be observed over the sample, in so many columns.

    A truncated sample has its law's density divided by the probability of being observed.
    """
    law, whole = fitted.distribution, fitted.likelihood.family.support.whole
    bars = histogram(sample, 2 * columns, whole=whole)
    x = np.linspace(bars[1][0], bars[1][-1], 3 * columns)
    at: Array = np.rint(x) if whole else x
    return FitPlot(bars, Curve(x, Truncated.of(law, sample).density(at), color))


def fit_picture(fitted: Fit, sample: Sample, size: tuple[int, int], palette: Palette) -> Text:
    """Draw it in so many columns and rows."""
    plot = fit_plot(fitted, sample, size[0], palette.fitted)
    return density_chart(plot.bars, [plot.curve], size, palette)


def print_density(fitted: Fit, sample: Sample) -> None:
    """Print the picture in the width of the terminal, and whose curve it is."""
    console = printer()
    legend = ("density over the sample", "bold"), "   ", (f"{SOLID} fitted", DARK.fitted)
    console.print(Text.assemble(*legend))
    size = (min(console.width, WIDEST), HEIGHT)
    console.print(fit_picture(fitted, sample, size, DARK))
