"""Curves of a sample beside its law: exact where there is a formula or a published table."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.distributions import FAMILIES
from engine.inference.curves import plotted, steps
from engine.samples.histogram import histogram
from engine.samples.sample import Censored, Sample
from engine.tables.observations import read_observations
from engine.tables.roles import Roles

EXPONENTIAL, POISSON = FAMILIES["exponential"], FAMILIES["poisson"]
NONE = np.zeros(0)


def test_remissions_survive_as_published() -> None:
    """Freireich et al. (1963), the 6-MP arm; survival as Gehan (1965) and others print it."""
    found = steps(read_observations("remissions", Roles()), 0.95)
    assert found.x.tolist() == [6, 7, 10, 13, 16, 22, 23]
    survival = [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    assert 1.0 - found.cdf == pytest.approx(np.array(survival), abs=5e-5)
    # what R's survfit prints with conf.type = "log-log"
    assert 1.0 - found.high[0] == pytest.approx(0.620, abs=5e-4)
    assert 1.0 - found.low[0] == pytest.approx(0.952, abs=5e-4)
    assert found.band == "pointwise band"


def test_the_first_step_of_greenwoods_band_has_a_formula() -> None:
    sample = Sample(
        np.array([2.0]), None, Censored(np.full(3, 5.0), np.full(3, np.inf), np.ones(3))
    )
    found = steps(sample, 0.9)
    variance = 1.0 / (4.0 * 3.0)
    reach = math.exp(1.6448536269514722 * math.sqrt(variance) / -math.log(0.75))
    assert 1.0 - found.high[0] == pytest.approx(0.75**reach, rel=1e-12)
    assert 1.0 - found.low[0] == pytest.approx(0.75 ** (1.0 / reach), rel=1e-12)


def test_left_censoring_is_right_censoring_from_above() -> None:
    hidden = Censored(np.full(2, -np.inf), np.array([4.0, 5.0]), np.ones(2))
    found = steps(Sample(np.array([3.0, 4.0, 4.0, 7.0]), None, hidden), 0.95)
    assert found.x.tolist() == [3.0, 4.0, 7.0]
    # of six, one is 7; of the five below, one is only known to be below 5; of four, two are 4
    assert found.cdf == pytest.approx([5 / 6 / 3, 5 / 6, 1.0])
    at_four = 1 / (6 * 5)
    reach = math.exp(1.959963984540054 * math.sqrt(at_four) / -math.log(5 / 6))
    assert found.low[1] == pytest.approx((5 / 6) ** reach, rel=1e-9)
    at_three = at_four + 2 / (3 * 1)
    reach = math.exp(1.959963984540054 * math.sqrt(at_three) / -math.log(5 / 18))
    assert found.high[0] == pytest.approx((5 / 18) ** (1 / reach), rel=1e-9)
    assert (found.low[2], found.high[2]) == (1.0, 1.0)


def test_the_simultaneous_band_is_as_wide_as_massart_says() -> None:
    found = steps(Sample(np.array([1.0, 2.0]), np.array([30.0, 70.0])), 0.95)
    half = math.sqrt(math.log(40.0) / 200.0)
    assert found.cdf.tolist() == [0.3, 1.0]
    assert found.low == pytest.approx([0.3 - half, 1.0 - half])
    assert found.high == pytest.approx([0.3 + half, 1.0])


def test_intervals_have_no_band() -> None:
    hidden = Censored(np.array([0.0, 1.0]), np.array([2.0, 3.0]), np.ones(2))
    found = steps(Sample(NONE, None, hidden), 0.95)
    assert found.band == ""
    assert np.isnan(found.low).all()


@given(st.lists(st.floats(0.001, 1e3), min_size=1, max_size=40), st.data())
def test_a_band_holds_its_curve(values: list[float], data: st.DataObject) -> None:
    flags = data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values)))
    x, seen = np.array(values), np.array(flags)
    hidden = Censored(x[~seen], np.full((~seen).sum(), np.inf), np.ones((~seen).sum()))
    found = steps(Sample(x[seen], None, hidden), 0.95)
    assert (found.low <= found.cdf + 1e-12).all()
    assert (found.high >= found.cdf - 1e-12).all()
    assert (found.low >= 0.0).all()
    assert (found.high <= 1.0).all()


def test_qq_and_pp_points_of_an_exponential_have_formulas() -> None:
    found = plotted(EXPONENTIAL(2.0), Sample(np.array([4.0, 1.0, 3.0, 2.0])))
    shares = np.array([1, 3, 5, 7]) / 8
    assert found.values.tolist() == [1.0, 2.0, 3.0, 4.0]
    assert found.shares == pytest.approx(shares)
    assert found.quantiles == pytest.approx(-np.log1p(-shares) / 2.0)
    assert found.cdf == pytest.approx(-np.expm1(-2.0 * found.values))


def test_counts_stand_in_the_middle_of_their_steps() -> None:
    found = plotted(POISSON(1.0), Sample(np.array([0.0, 1.0]), np.array([3.0, 1.0])))
    assert found.shares == pytest.approx([0.375, 0.875])
    assert found.cdf == pytest.approx([math.exp(-1) / 2, 1.5 * math.exp(-1)])


def test_a_truncated_law_is_that_of_what_could_be_observed() -> None:
    sample = Sample(np.array([1.5, 3.0]), None, None, (1.0, math.inf))
    found = plotted(EXPONENTIAL(1.0), sample)
    assert found.cdf == pytest.approx(-np.expm1(-(found.values - 1.0)))
    assert found.quantiles == pytest.approx(1.0 - np.log1p(-np.array([0.25, 0.75])))


def test_of_very_many_points_the_ends_are_kept() -> None:
    x = np.sort(np.random.default_rng(1).exponential(size=20_000))
    found = plotted(EXPONENTIAL(1.0), Sample(x))
    assert found.values.size < 1_000
    assert found.values[:30].tolist() == x[:30].tolist()
    assert found.values[-30:].tolist() == x[-30:].tolist()


def test_a_histogram_of_counts_has_their_shares() -> None:
    sample = Sample(np.array([0.0, 1.0, 3.0]), np.array([5.0, 3.0, 2.0]))
    heights, edges = histogram(sample, 40, whole=True)
    assert heights == pytest.approx([0.5, 0.3, 0.0, 0.2])
    assert edges.tolist() == [-0.5, 0.5, 1.5, 2.5, 3.5]


def test_a_histogram_holds_all_that_is_known_to_be_somewhere() -> None:
    values = read_observations("remissions", Roles())
    heights, edges = histogram(values, 40, whole=False)
    assert heights @ np.diff(edges) == pytest.approx(1.0 - 0.4482, abs=5e-5)
    grouped = Sample(NONE, None, Censored(np.array([0.0, 4.0]), np.array([4.0, 8.0]), np.ones(2)))
    heights, edges = histogram(grouped, 40, whole=False)
    assert heights @ np.diff(edges) == pytest.approx(1.0)


@pytest.mark.parametrize("total", [1e-6, 0.2, 0.95, 1.0])
def test_a_histogram_of_shares_has_all_of_their_mass(total: float) -> None:
    heights, edges = histogram(Sample(np.arange(4.0), np.full(4, total / 4)), 40, whole=False)
    assert heights @ np.diff(edges) == pytest.approx(1.0)


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=60))
def test_a_histogram_has_no_more_mass_than_there_is(values: list[int]) -> None:
    heights, edges = histogram(Sample(np.array(values, dtype=float)), 40, whole=False)
    assert 0.5 < heights @ np.diff(edges) <= 1.0 + 1e-12
    assert (heights >= 0).all()
