"""The band of QQ and PP plots is SciPy's beta, and holds as many points as it says."""

import math

import numpy as np
import pytest
from scipy import stats

from engine.distributions import FAMILIES
from engine.inference.curves import plotted
from engine.inference.order_band import OrderBand, missing, order_band
from engine.samples.sample import Censored, Sample

EXPONENTIAL, NORMAL, POISSON = (FAMILIES[name] for name in ("exponential", "normal", "poisson"))


def band_of(law, sample: Sample, level: float = 0.95) -> OrderBand:
    found = order_band(law, sample, plotted(law, sample), level)
    assert found is not None
    return found


@pytest.mark.parametrize("n", [1, 2, 23, 400])
@pytest.mark.parametrize("level", [0.5, 0.95, 0.999])
def test_shares_are_quantiles_of_a_beta(n: int, level: float) -> None:
    x = np.random.default_rng(n).exponential(size=n)
    found = band_of(EXPONENTIAL(2.0), Sample(x), level)
    each = stats.beta(np.arange(1, n + 1), np.arange(n, 0, -1))
    low, high = each.ppf((1 - level) / 2), each.isf((1 - level) / 2)
    assert found.low == pytest.approx(low, rel=1e-9)
    assert found.high == pytest.approx(high, rel=1e-9)
    assert found.lowest == pytest.approx(stats.expon.ppf(low, scale=0.5), rel=1e-9)
    assert found.highest == pytest.approx(stats.expon.ppf(high, scale=0.5), rel=1e-9)


def test_of_very_many_points_those_that_are_drawn_have_their_own_ranks() -> None:
    x = np.sort(np.random.default_rng(1).normal(size=20_000))
    points = plotted(NORMAL(0.0, 1.0), Sample(x))
    found = order_band(NORMAL(0.0, 1.0), Sample(x), points, 0.95)
    assert found is not None
    rank = np.searchsorted(x, points.values) + 1
    low = stats.beta(rank, x.size + 1 - rank).ppf(0.025)
    assert found.low == pytest.approx(low, rel=1e-9)


def test_a_weight_stands_for_as_many_observations() -> None:
    law = NORMAL(0.0, 1.0)
    found = band_of(law, Sample(np.array([-1.0, 0.5, 2.0]), np.array([3.0, 1.0, 5.0])))
    middle = np.array([2, 4, 7])
    assert found.low == pytest.approx(stats.beta(middle, 10 - middle).ppf(0.025))
    again = band_of(law, Sample(np.repeat([-1.0, 0.5, 2.0], [3, 1, 5])))
    assert again.highest == pytest.approx(found.highest, rel=1e-12)


def test_each_point_is_in_the_band_as_often_as_the_level_says() -> None:
    law, level, times = FAMILIES["weibull"](1.5, 3.0), 0.9, 4_000
    draws = np.sort(law.draw(12 * times, np.random.default_rng(7)).reshape(times, 12), axis=1)
    found = band_of(law, Sample(draws[0]), level)
    shares = ((draws >= found.lowest) & (draws <= found.highest)).mean(axis=0)
    assert np.abs(shares - level).max() < 4 * math.sqrt(level * (1 - level) / times)
    under = law.cdf(draws.ravel()).reshape(draws.shape)
    inside = ((under >= found.low) & (under <= found.high)).mean(axis=0)
    assert inside == pytest.approx(shares)


def test_a_truncated_sample_has_the_order_of_what_could_be_observed() -> None:
    sample = Sample(np.array([1.5, 3.0]), None, None, (1.0, math.inf))
    found = band_of(EXPONENTIAL(1.0), sample)
    assert found.lowest == pytest.approx(1.0 - np.log1p(-found.low))


def test_there_is_a_band_only_where_it_is_true() -> None:
    counts = Sample(np.array([0.0, 1.0, 1.0]))
    hidden = Sample(np.array([2.0]), None, Censored(np.ones(1), np.full(1, np.inf), np.ones(1)))
    for law, sample in ((POISSON(1.0), counts), (EXPONENTIAL(1.0), hidden)):
        assert order_band(law, sample, plotted(law, sample), 0.95) is None
    assert "counts" in missing(POISSON, counts)
    assert "censored" in missing(EXPONENTIAL, hidden)
    assert missing(EXPONENTIAL, counts) == ""
