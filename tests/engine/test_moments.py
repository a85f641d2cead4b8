"""Mean and variance hold to the last digits, against exact rational arithmetic."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.samples.moments import Moments

finite = st.floats(-1e100, 1e100)


def exact(values):
    """Mean and variance in whole numbers of the least common power of two."""
    ratios = [v.as_integer_ratio() for v in values.tolist()]
    unit = max(below for _, below in ratios)
    x = [above * (unit // below) for above, below in ratios]
    n, total = len(x), sum(x)
    mean = Fraction(total, n * unit)
    return mean, Fraction(n * sum(v * v for v in x) - total * total, (n * unit) ** 2)


def off(found, expected):
    return float(abs(Fraction(found) - expected) / abs(expected))


def alternating(first, low, high):
    return np.array([first, *[low, high] * 500])


SAMPLES = {
    "numacc3": alternating(1000000.2, 1000000.1, 1000000.3),
    "numacc4": alternating(10000000.2, 10000000.1, 10000000.3),
    "outlier-first": np.append(1e10, np.random.default_rng(1).normal(size=4999)),
    "outliers-first": np.append(np.full(600, 1e10), np.random.default_rng(2).normal(size=4000)),
    "small-and-far": 1e8 + 1e-3 * np.random.default_rng(3).normal(size=2000),
    "several-chunks": 1e6 + np.random.default_rng(4).normal(size=70_001),
    "far-first": np.random.default_rng(7).normal(np.repeat([1e4, 0.0], [1100, 150_000])),
    "sorted": np.sort(np.random.default_rng(8).normal(5.0, 2.0, 60_000)),
    "tiny": 1e-100 * np.random.default_rng(5).normal(size=100),
    "huge": 1e140 * np.random.default_rng(6).normal(size=100),
}


@pytest.mark.parametrize("values", SAMPLES.values(), ids=SAMPLES)
def test_fifteen_digits(values):
    mean, variance = exact(values)
    found = Moments.of(values)
    assert found.n == values.size
    assert off(found.mean, mean) < 1e-15
    assert off(found.variance, variance) < 2e-15


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=200), st.integers(-40, 40))
def test_variance_does_not_feel_a_shift(values, power):
    x = np.array(values, float)
    here, there = Moments.of(x), Moments.of(x + 2.0**40)
    assert there.variance == here.variance
    assert there.mean == pytest.approx(here.mean + 2.0**40, rel=1e-15)
    scaled = Moments.of(x * 2.0**power)
    assert (scaled.mean, scaled.variance) == (here.mean * 2.0**power, here.variance * 4.0**power)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=100))
def test_moments_are_those_of_exact_arithmetic(values):
    x = np.array(values)
    mean, variance = exact(x)
    found = Moments.of(x)
    size = max(map(abs, values))
    assert found.mean == pytest.approx(float(mean), rel=1e-15, abs=1e-15 * size)
    assert found.variance == pytest.approx(float(variance), rel=1e-14, abs=1e-300)


@given(finite)
def test_one_value_is_its_own_mean_and_has_no_variance(value):
    assert Moments.of(np.array([value])) == Moments(1.0, value, 0.0)


def test_the_values_stay_as_they_are():
    values = np.arange(10.0)
    values.flags.writeable = False
    assert Moments.of(values).mean == 4.5
