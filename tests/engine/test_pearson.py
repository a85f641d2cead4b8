"""Pearson's chi-squared against a textbook's cells, SciPy's law, and repetition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from engine.distributions import FAMILIES
from engine.inference.pearson import chi_squared
from engine.samples.sample import Censored, Sample

POISSON = FAMILIES["poisson"]
HORSE_KICKS = Sample(np.arange(5.0), np.array([109.0, 65.0, 22.0, 3.0, 1.0]))


def test_the_horse_kicks_have_their_cells():
    found = chi_squared(POISSON(0.61), HORSE_KICKS, 1)
    expected = 200 * stats.poisson.pmf([0, 1, 2], 0.61)
    # 3 deaths or more are expected 4.9 times, too few for a cell of their own
    expected[2] = 200 - expected[:2].sum()
    observed = np.array([109.0, 65.0, 26.0])
    assert (found.cells, found.df) == (3, 1)
    assert found.statistic == pytest.approx(np.sum((observed - expected) ** 2 / expected))
    assert found.p_value == pytest.approx(stats.chi2.sf(found.statistic, 1), rel=1e-12)


@given(st.floats(0.5, 60.0), st.integers(30, 400), st.integers(0, 2**32 - 1))
def test_every_cell_expects_five(mean, n, seed):
    x = POISSON(mean).draw(n, np.random.default_rng(seed))
    found = chi_squared(POISSON(mean), Sample(x), 0)
    # were all n in the rarest cell, the statistic would be at its largest, n (n/E − 1)
    assert found is None or found.statistic <= n * (n / 5 - 1)
    assert found is None or 2 <= found.cells <= n / 5


def test_many_cells_have_the_law_of_chi_squared():
    random = np.random.default_rng(6)
    found = [
        chi_squared(POISSON(4.0), Sample(POISSON(4.0).draw(300, random)), 0) for _ in range(400)
    ]
    assert {each.df for each in found} == {9}
    assert stats.kstest([each.statistic for each in found], stats.chi2(9).cdf).pvalue > 0.01


def test_weights_are_repetitions():
    repeated = Sample(np.repeat(HORSE_KICKS.values, HORSE_KICKS.weights.astype(int)))
    one, other = (chi_squared(POISSON(0.61), each, 1) for each in (HORSE_KICKS, repeated))
    assert one.statistic == pytest.approx(other.statistic)


@pytest.mark.parametrize(
    ("family", "values"), [("zeta", (1.5,)), ("negative-binomial", (0.1, 1e5))]
)
def test_wide_ranges_take_no_longer(family, values):
    member = FAMILIES[family].at(values)
    found = chi_squared(member, Sample(member.draw(3000, np.random.default_rng(2))), 0)
    assert 20 <= found.cells <= 600
    assert found.p_value > 0.01


def test_a_censored_observation_is_never_divided():
    # five or more are told as more than four: one cell, as if it had been told of all
    told = np.array([10.0, 30.0, 45.0, 45.0, 34.0, 36.0])
    hidden = Censored(np.array([4.0]), np.array([np.inf]), told[-1:])
    found = chi_squared(POISSON(3.0), Sample(np.arange(5.0), told[:-1], hidden), 1)
    expected = 200 * np.append(stats.poisson.pmf(np.arange(5), 3.0), stats.poisson.sf(4, 3.0))
    assert found.statistic == pytest.approx(np.sum((told - expected) ** 2 / expected))
    assert (found.cells, found.df) == (6, 4)


def test_truncation_leaves_conditional_probabilities():
    counts, told = np.arange(1.0, 5.0), np.array([60.0, 70.0, 40.0, 30.0])
    sample = Sample(counts, told, truncation=(1.0, 4.0))
    shares = stats.poisson.pmf(counts, 2.0)
    expected = 200 * shares / shares.sum()
    found = chi_squared(POISSON(2.0), sample, 1)
    assert found.statistic == pytest.approx(np.sum((told - expected) ** 2 / expected))


@pytest.mark.parametrize("n", [1, 4, 9])
def test_too_few_counts_have_none(n):
    assert chi_squared(POISSON(3.0), Sample(np.full(n, 3.0)), 1) is None


def test_without_degrees_of_freedom_there_is_no_p_value():
    found = chi_squared(POISSON(1.0), Sample(np.array([0.0, 1.0]), np.array([6.0, 8.0])), 1)
    assert (found.cells, found.df, found.p_value) == (2, 0, None)


def test_a_density_has_none():
    assert chi_squared(FAMILIES["normal"](0.0, 1.0), Sample(np.zeros(90)), 0) is None
