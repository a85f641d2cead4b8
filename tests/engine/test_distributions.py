"""Laws that every family keeps, whatever its formulas."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate

from engine.distributions import FAMILIES
from engine.sample import GENERATORS, generator

from .helpers import derivative, members, moderate, shifted

PROBABILITIES = np.array([0.001, 0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98, 0.999])

pytestmark = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)


def test_the_registry_names_each_family_as_it_names_itself(family):
    assert FAMILIES[family.name] is family
    assert family.reference


def test_every_parameter_is_declared_in_full(family):
    names = [p.name for p in family.parameters()]
    assert len(set(names)) == len(names) > 0
    for parameter in family.parameters():
        assert parameter.name.isidentifier()
        assert parameter.symbol
        assert parameter.meaning
        assert parameter.domain.description


@given(st.data())
def test_a_member_gives_back_its_parameters(family, data):
    member = data.draw(members(family))
    assert family.at(member.values()) == member
    assert all(
        p.domain.contains(v) for p, v in zip(family.parameters(), member.values(), strict=True)
    )


@given(st.data())
def test_score_is_the_derivative_of_the_log_density(family, data):
    member = data.draw(members(family))
    x = member.quantile(PROBABILITIES)
    score = member.score(x)
    assert score.shape == (len(family.parameters()), x.size)
    for i, value in enumerate(member.values()):
        slope = derivative(
            lambda v, i=i: shifted(member, i, v).log_density(x), value, 1e-3 * abs(value) + 1e-6
        )
        assert score[i] == pytest.approx(slope, rel=1e-6, abs=1e-6)


@given(st.data())
def test_cdf_is_the_integral_of_the_density(family, data):
    member = data.draw(members(family))
    ends = member.quantile(PROBABILITIES)
    for low, high in itertools.pairwise(ends):
        mass, _ = integrate.quad(
            lambda t: math.exp(member.log_density(np.array([t]))[0]), low, high, epsabs=1e-12
        )
        rise = np.diff(member.cdf(np.array([low, high])))[0]
        assert rise == pytest.approx(mass, rel=1e-8)


@given(st.data())
def test_quantile_inverts_the_cdf(family, data):
    member = data.draw(members(family))
    x = member.quantile(PROBABILITIES)
    assert np.all(np.diff(x) > 0)
    assert member.cdf(x) == pytest.approx(PROBABILITIES, rel=1e-10)


@pytest.mark.parametrize("name", GENERATORS)
def test_draws_follow_the_cdf(family, name):
    n, member = 20_000, moderate(family)
    x = member.draw(n, generator(name, 7))
    assert x.shape == (n,)
    grid = np.arange(n) / n
    u = member.cdf(np.sort(x))
    distance = max(np.max(u - grid), np.max(grid + 1 / n - u))
    assert math.sqrt(n) * distance < 1.63


@pytest.mark.parametrize("name", GENERATORS)
def test_a_seed_gives_the_same_draws(family, name):
    first = moderate(family).draw(100, generator(name, 5))
    again = moderate(family).draw(100, generator(name, 5))
    other = moderate(family).draw(100, generator(name, 6))
    assert first.tolist() == again.tolist() != other.tolist()
