"""Whatever is held, a climb begins where there is a likelihood, if there is one anywhere."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.datasets import datasets
from engine.distributions import FAMILIES
from engine.fits.fitting import NoFit, fit
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Sample
from engine.tables.observations import read_observations
from engine.tables.roles import Roles

from .helpers import inside, moderate


@pytest.mark.parametrize("shape", [-0.5, 0.5])
@pytest.mark.parametrize("name", datasets())
def test_a_gev_whose_shape_is_held_is_fitted(name, shape):
    fitted = fit(FAMILIES["gev"], read_observations(name, Roles()), {"shape": shape})
    assert fitted.converged
    assert fitted.parameters[2] == shape


@pytest.mark.parametrize("held", [{"shape": 1.5}, {"scale": 0.1}, {"location": -100.0}])
def test_a_gev_is_fitted_from_where_every_value_is_likely(held):
    fitted = fit(FAMILIES["gev"], read_observations("ball-bearings", Roles()), held)
    assert math.isfinite(fitted.log_likelihood)
    assert fitted.held == held


def test_a_gompertz_with_a_steep_hazard_needs_a_tiny_shape():
    fitted = fit(FAMILIES["gompertz"], read_observations("nist-units", Roles()), {"rate": 0.5})
    assert 0.0 < fitted.parameters[0] < 1e-100


@given(st.sampled_from(sorted(FAMILIES)), st.integers(0, 2**16), st.data())
@settings(max_examples=80)
def test_whatever_is_held_is_refused_only_without_a_likelihood(name, seed, data):
    family, random = FAMILIES[name], np.random.default_rng(seed)
    member, declared = moderate(family), FAMILIES[name].parameters()
    sample = Sample(member.draw(15, random))
    place = data.draw(st.integers(0, len(declared) - 1))
    value = data.draw(inside(declared[place].domain))
    try:
        fitted = fit(family, sample, {declared[place].name: value})
    except NoFit as reason:
        if "no parameters" in str(reason):
            assert not likely(family, sample, place, value, random)
    else:
        assert math.isfinite(fitted.log_likelihood)
        assert fitted.parameters[place] == value


def likely(family, sample, place, value, random):
    """Whether one of many places about an unremarkable member has a likelihood."""
    likelihood = Likelihood(family, sample)
    for _ in range(200):
        values = list(moderate(family).values())
        for i, p in enumerate(family.parameters()):
            z = p.domain.unconstrain(values[i])
            values[i] = p.domain.constrain(z + random.normal(scale=4.0))
        values[place] = value
        if math.isfinite(likelihood.value(values)):
            return True
    return False
