"""Fisher information by quadrature, against formulas and the mean of observed information."""

import numpy as np
import pytest
from scipy import special

from engine.distributions import FAMILIES
from engine.likelihoods.fisher import fisher_information
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Sample

from .helpers import ROUGH, moderate

FORMULAS = {
    "normal": ((1.0, 4.0), [[0.25, 0.0], [0.0, 1.0 / 32.0]]),
    "exponential": ((2.0,), [[0.25]]),
    "poisson": ((3.0,), [[1.0 / 3.0]]),
    "gamma": ((2.0, 3.0), [[special.polygamma(1, 2.0), -1.0 / 3.0], [-1.0 / 3.0, 2.0 / 9.0]]),
    "cauchy": ((1.0, 2.0), [[0.125, 0.0], [0.0, 0.125]]),
    "logistic": ((0.0, 1.0), [[1.0 / 3.0, 0.0], [0.0, (3.0 + np.pi**2) / 9.0]]),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_formulas(name):
    values, expected = FORMULAS[name]
    found = fisher_information(FAMILIES[name].at(values))
    assert found == pytest.approx(np.array(expected), rel=1e-5, abs=1e-7)


@pytest.mark.parametrize(
    "family",
    [f for f in FAMILIES.values() if f.name not in ROUGH],
    ids=lambda family: family.name,
)
def test_it_is_what_many_observations_show(family):
    member = moderate(family)
    x = member.draw(40_000, np.random.default_rng(2))
    observed = Likelihood(family, Sample(x)).information(member.values()) / x.size
    expected = fisher_information(member)
    sizes = np.sqrt(np.outer(np.diag(expected), np.diag(expected)))
    assert np.abs((observed - expected) / sizes).max() < 0.15
