"""Profiles point by point, and the ellipse of two estimates."""

import math

import numpy as np
import pytest

from engine.distributions import FAMILIES
from engine.fits.fitting import fit
from engine.inference.ellipse import correlation, ellipse
from engine.inference.intervals import profile
from engine.inference.profile_curve import cutoff, profile_curve, profile_point
from engine.samples.sample import Sample
from engine.tables.observations import read_observations
from engine.tables.roles import Roles

NORMAL, WEIBULL, GAMMA = FAMILIES["normal"], FAMILIES["weibull"], FAMILIES["gamma"]


@pytest.fixture(scope="module")
def bearings():
    return fit(WEIBULL, read_observations("ball-bearings", Roles()))


def test_the_cutoff_is_half_of_chi_squared() -> None:
    assert cutoff(0.95) == pytest.approx(3.841458820694124 / 2)


def test_a_normal_means_profile_has_a_formula() -> None:
    x = np.array([1.0, 2.0, 4.0, 9.0])
    fitted = fit(NORMAL, Sample(x))
    for value in (2.0, 4.0, 7.5):
        point = profile_point(fitted, 0, value)
        variance = float(np.mean((x - value) ** 2))
        assert point.parameters == pytest.approx((value, variance), rel=1e-7)
        top = -2.0 * (math.log(2.0 * math.pi * variance) + 1.0)
        assert point.log_likelihood == pytest.approx(top, rel=1e-12)


def test_a_point_is_the_fit_with_the_parameter_held(bearings) -> None:
    point = profile_point(bearings, 0, 1.7)
    held = fit(WEIBULL, bearings.likelihood.sample, {"shape": 1.7})
    assert point.parameters == pytest.approx(held.parameters, rel=1e-7)
    assert point.log_likelihood == pytest.approx(held.log_likelihood, rel=1e-12)


@pytest.mark.parametrize("place", [0, 1])
def test_a_curve_crosses_the_cutoff_where_the_interval_ends(bearings, place) -> None:
    ends = profile(bearings, place, 0.95)
    curve = profile_curve(bearings, place, ends)
    values = [point.value for point in curve]
    drops = np.array([bearings.log_likelihood - point.log_likelihood for point in curve])
    assert values == sorted(values)
    assert (drops > -1e-9).all()
    assert bearings.parameters[place] in values
    inside = [ends[0] <= value <= ends[1] for value in values]
    assert (drops < cutoff(0.95)).tolist() == inside
    assert not inside[0]
    assert not inside[-1]


def test_what_is_fixed_stays_fixed() -> None:
    fitted = fit(GAMMA, Sample(np.array([1.0, 2.0, 4.0, 9.0])), {"shape": 2.0})
    assert {point.parameters[0] for point in profile_curve(fitted, 1)} == {2.0}
    assert profile_curve(fitted, 0) == ()


def test_outside_the_domain_there_is_no_point(bearings) -> None:
    assert profile_point(bearings, 0, -1.0) is None
    assert profile_point(bearings, 0, 0.0) is None


def test_the_ellipse_is_where_its_distance_is_chi_squared(bearings) -> None:
    points = ellipse(bearings, (0, 1), 0.95)
    away = points - np.array(bearings.parameters)
    distances = np.einsum("ni,ij,nj->n", away, np.linalg.inv(bearings.covariance), away)
    assert distances == pytest.approx(np.full(len(points), 5.991464547107979))
    assert points[0] == pytest.approx(points[-1])
    assert correlation(bearings, (0, 1)) == pytest.approx(
        bearings.covariance[0, 1] / math.prod(bearings.standard_errors)
    )


def test_a_fixed_parameter_has_no_ellipse() -> None:
    fitted = fit(GAMMA, Sample(np.array([1.0, 2.0, 4.0, 9.0])), {"shape": 2.0})
    assert ellipse(fitted, (0, 1), 0.95) is None
