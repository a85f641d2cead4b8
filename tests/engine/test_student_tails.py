"""Tails of Student's t that reach beyond where SciPy's functions fail."""

import math

import numpy as np
import pytest
import scipy

from engine.distributions.student_tails import lower, quantile

DEGREES = (0.02, 0.1, 1.0, 4.0, 39.0, 41.0, 1e4)


@pytest.mark.parametrize("df", DEGREES)
def test_the_quantile_inverts_the_probability(df):
    p = np.concatenate([np.geomspace(1e-200, 0.4, 60), 1.0 - np.geomspace(1e-9, 0.4, 20)])
    z = quantile(df, p)
    held = np.isfinite(z)
    assert held.sum() > 10
    assert lower(df, z[held]) == pytest.approx(p[held], rel=1e-8)
    assert quantile(df, np.array([0.0, 0.5, 1.0])).tolist() == [-math.inf, 0.0, math.inf]


@pytest.mark.parametrize("df", DEGREES)
def test_where_scipy_s_function_does_not_fail_it_is_that(df):
    z = np.concatenate([-np.geomspace(1e-3, 1e100, 50), np.geomspace(1e-3, 1e100, 50)])
    assert lower(df, z) == pytest.approx(scipy.special.stdtr(df, z), rel=1e-12)


def test_a_tail_falls_as_a_power_of_the_distance():
    z = -np.geomspace(1e120, 1e300, 19)
    found = np.log(lower(0.03, z))
    slopes = np.diff(found) / np.diff(np.log(-z))
    assert slopes == pytest.approx(-0.03, rel=1e-9)
    assert np.abs(np.diff(found, 2)).max() < 1e-12
