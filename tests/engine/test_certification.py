"""What was found on nodes is a maximum of the sample itself, or the nodes are given up."""

from dataclasses import replace

import numpy as np
import pytest

from engine.distributions import FAMILIES
from engine.fits.certification import certified
from engine.fits.curvature import score_in_standard_errors
from engine.fits.fitting import fit
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Sample
from engine.stopping import VANISHING

from .helpers import moderate


def off(fitted, errors):
    """Parameters so many standard errors off a fit's."""
    return tuple(np.add(fitted.parameters, errors * np.array(fitted.standard_errors)).tolist())


@pytest.mark.parametrize("name", ["weibull", "negative-binomial"])
def test_the_score_vanishes_on_the_sample_whatever_the_nodes_were(name):
    """The nodes' third derivatives are those of another sample, which a first step may miss."""
    one, other = (
        Sample(moderate(FAMILIES[name]).draw(400, np.random.default_rng(i))) for i in (1, 2)
    )
    best, likelihood = fit(FAMILIES[name], other), Likelihood(FAMILIES[name], other)
    rough = replace(fit(FAMILIES[name], one), parameters=off(best, 0.1))
    found = certified(likelihood, rough)
    assert score_in_standard_errors(likelihood, found.parameters) <= VANISHING
    assert found.parameters == pytest.approx(best.parameters, rel=1e-6)


def test_nodes_whose_steps_only_halve_the_way_are_given_up():
    sample = Sample(np.random.default_rng(3).normal(3.0, 2.0, 400))
    best = fit(FAMILIES["logistic"], sample)
    likelihood = Likelihood(FAMILIES["logistic"], sample)
    rough = replace(best, parameters=off(best, 3.0 * VANISHING))
    assert certified(likelihood, rough).score <= VANISHING
    assert certified(likelihood, replace(rough, covariance=best.covariance / 2.0)) is None
