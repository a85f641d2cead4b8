"""Pictures of a fit have the size that is asked for, and show what is so."""

from dataclasses import replace

import numpy as np
import pytest

from engine.distributions import FAMILIES
from engine.samples.sample import Censored, Sample
from tests.tui.test_fit_pane import bundled
from tui.analysis import Analysis, begun, curves, profiled
from tui.fit_view import CHARTS, FitView
from tui.hand_profile import held, moved
from tui.palette import DARK, LIGHT
from tui.pictures.fit import chart
from tui.pictures.intervals import interval_picture
from tui.pictures.plot import Plot, limits
from tui.texts.fit_summary import summary

GROUPED = Sample(
    np.zeros(0),
    None,
    Censored(np.arange(5.0), np.arange(1.0, 6.0), np.array([2.0, 9.0, 6.0, 3.0, 1.0])),
)
CUT = Sample(np.array([2.5, 3.0, 4.5, 7.0]), None, None, (2.0, np.inf))
SAMPLES = [
    ("exponential", CUT),
    ("gamma", GROUPED),
    ("pareto", Sample(np.array([1.0, 1.5, 4.0, 9.0]))),
    ("normal", Sample(np.array([1e200, 2e200, 4e200]))),
    ("poisson", Sample(np.array([0.0, 1.0, 5.0]), np.array([4.0, 3.0, 1.0]))),
    ("beta", Sample(np.array([3.0, 4.0]))),
]


def known(family: str, sample: Sample) -> Analysis:
    analysis = profiled(begun(sample, FAMILIES[family], {}))
    if analysis.fitted is None:
        return analysis
    return replace(analysis, profiles=curves(analysis), curved=True)


@pytest.mark.parametrize(("family", "sample"), SAMPLES)
@pytest.mark.parametrize("size", [(1, 1), (14, 5), (52, 8), (120, 30)])
def test_every_chart_fits_its_size(family: str, sample: Sample, size: tuple[int, int]) -> None:
    analysis = known(family, sample)
    pictures = [
        chart(FitView(analysis=analysis, chart=name, chosen=place), size, palette)
        for name in CHARTS
        for place in range(len(analysis.names))
        for palette in (DARK, LIGHT)
    ]
    pictures.append(interval_picture(analysis, 0, size, DARK, bootstrap=True))
    for picture in pictures:
        lines = picture.plain.split("\n")
        assert len(lines) <= size[1]
        assert max(map(len, lines)) <= size[0]
    assert summary(FitView(analysis=analysis), analysis, size[0], DARK).plain


def test_a_sample_from_the_law_lies_on_the_line_of_its_plots() -> None:
    training = bundled("ball-bearings", "weibull")
    analysis = known("weibull", training.sample)
    points = analysis.plotted
    assert points is not None
    assert np.corrcoef(points.quantiles, points.values)[0, 1] > 0.97
    rows = chart(FitView(analysis=analysis, chart="pp"), (60, 20), DARK).plain.split("\n")
    marks = [(row.index("•"), -i) for i, row in enumerate(rows) if "•" in row]
    assert len(marks) >= 10
    assert marks == sorted(marks, reverse=True)


def test_intervals_stand_where_they_end_and_an_open_end_is_an_arrow() -> None:
    analysis = known("weibull", bundled("ball-bearings", "weibull").sample)
    analysis.told["estimates"]["shape"]["profile"] = (None, 2.7)
    rows = interval_picture(analysis, 1, (60, 12), DARK, bootstrap=False).plain.split("\n")
    wald, profile = rows[1], rows[2]
    assert wald.count("├") == wald.count("●") == wald.count("┤") == 1
    assert profile.split()[1].startswith("◀")
    assert wald.index("●") == profile.index("●")
    assert profile.index("┤") < wald.index("┤")


def test_by_hand_the_points_stand_on_the_profile() -> None:
    analysis = known("weibull", bundled("ball-bearings", "weibull").sample)
    hand = held(analysis, 0)
    for errors in (1.0, 1.0, -0.5):
        found = moved(analysis, hand, errors)
        assert found is not None
        hand = found
    view = FitView(analysis=analysis, chart="profile", hand=hand)
    picture = chart(view, (80, 24), DARK).plain
    assert picture.count("•") == 3
    assert picture.count("●") == 1
    heights = [point.log_likelihood for point in hand.points]
    assert heights == sorted(heights, reverse=True)


def test_of_what_is_not_finite_no_axis_is_made() -> None:
    assert limits([np.nan, np.inf]) == (0.0, 1.0)
    low, high = limits([3.0])
    assert low < 3.0 < high
    plot = Plot((40, 12), DARK, (0.0, 1.0), (0.0, 1.0), ("x", "y"))
    assert "•" not in plot.points(np.array([np.nan]), np.array([0.5]), "#ffffff").text().plain
