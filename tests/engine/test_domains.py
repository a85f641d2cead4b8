"""A domain's map, its slope and its edges agree with one another."""

import math
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domains import POSITIVE, REAL, UNIT

from .helpers import derivative, inside

DOMAINS = pytest.mark.parametrize("domain", [REAL, POSITIVE, UNIT], ids=lambda d: type(d).__name__)


@DOMAINS
@given(st.data())
def test_there_and_back(domain, data):
    value = data.draw(inside(domain))
    assert domain.constrain(domain.unconstrain(value)) == pytest.approx(value, rel=1e-13, abs=1e-13)


@DOMAINS
@given(coordinate=st.floats(-20, 20))
def test_back_and_there(domain, coordinate):
    value = domain.constrain(coordinate)
    assert domain.contains(value)
    assert domain.unconstrain(value) == pytest.approx(coordinate, rel=1e-6, abs=1e-12)


@DOMAINS
@given(coordinate=st.floats(-10, 10))
def test_slope_is_the_derivative_of_the_map(domain, coordinate):
    slope = derivative(domain.constrain, coordinate, 1e-3)
    assert domain.slope(domain.constrain(coordinate)) == pytest.approx(slope, rel=1e-8)


@DOMAINS
@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_clamping_gives_the_nearest_member(domain, value):
    member = domain.clamp(value)
    assert domain.contains(member)
    assert member == value or not domain.contains(value)
    assert domain.clamp(member) == member


@DOMAINS
@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_every_member_has_a_finite_coordinate(domain, value):
    assert math.isfinite(domain.unconstrain(domain.clamp(value)))


@DOMAINS
@given(coordinate=st.floats(allow_nan=False, allow_infinity=False))
def test_every_coordinate_is_a_member_or_overflows(domain, coordinate):
    try:
        value = domain.constrain(coordinate)
    except OverflowError:
        return
    assert domain.contains(value)


@DOMAINS
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_no_domain_contains_what_is_not_finite(domain, value):
    assert not domain.contains(value)


@pytest.mark.parametrize("value", [0.0, -0.0, -1.0, -sys.float_info.min])
def test_positive_and_unit_exclude_what_is_not_above_zero(value):
    assert not POSITIVE.contains(value)
    assert not UNIT.contains(value)


def test_unit_ends_just_below_one():
    assert UNIT.upper == math.nextafter(1.0, 0.0)
    assert UNIT.contains(UNIT.upper)
    assert not UNIT.contains(1.0)


@pytest.mark.parametrize("domain", [POSITIVE, UNIT])
def test_the_least_member_is_the_least_normal_double(domain):
    assert domain.contains(sys.float_info.min)
    assert domain.clamp(-3.0) == sys.float_info.min
