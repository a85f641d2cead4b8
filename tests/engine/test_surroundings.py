"""Where a climb ended the likelihood falls all around, or it is seen that it does not."""

import numpy as np

from engine.distributions import FAMILIES
from engine.fits.curvature import inverted
from engine.fits.free_surface import FreeSurface
from engine.fits.surroundings import Surroundings, look_around
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Sample


def around(family, x, parameters):
    surface = FreeSurface(Likelihood(FAMILIES[family], Sample(x)), {})
    information = surface.slopes(parameters)[1]
    return look_around(surface, parameters, information, inverted(information, surface.free))


def test_a_lomax_far_on_its_way_to_an_exponential_is_level_in_both_parameters_together():
    """Its mean stays while both grow; a scaled eigenvalue of 4e-7 is all that is left to fall."""
    x = np.arange(1, 11) / 10.0
    assert around("lomax", x, (1e6, 1e6 * float(x.mean()))).level == (0, 1)


def test_below_a_maximum_the_likelihood_falls_all_around():
    x = np.arange(1, 11) / 10.0
    assert around("normal", x, (float(x.mean()), float(x.var()))) == Surroundings()
