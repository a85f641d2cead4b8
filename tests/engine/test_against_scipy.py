"""No fit is below SciPy's, on the same sample with the same parameters free."""

import numpy as np
import pytest
from scipy import stats

from engine.distributions import FAMILIES
from engine.fits.fitting import fit
from engine.samples.sample import Sample

from .helpers import moderate

AT_ZERO = {"floc": 0.0}
PEERS = {
    "normal": (stats.norm, {}),
    "laplace": (stats.laplace, {}),
    "logistic": (stats.logistic, {}),
    "cauchy": (stats.cauchy, {}),
    "gumbel": (stats.gumbel_r, {}),
    "student-t": (stats.t, {}),
    "skew-normal": (stats.skewnorm, {}),
    "generalized-normal": (stats.gennorm, {}),
    "gev": (stats.genextreme, {}),
    "exponential": (stats.expon, AT_ZERO),
    "gamma": (stats.gamma, AT_ZERO),
    "inverse-gamma": (stats.invgamma, AT_ZERO),
    "weibull": (stats.weibull_min, AT_ZERO),
    "frechet": (stats.invweibull, AT_ZERO),
    "lognormal": (stats.lognorm, AT_ZERO),
    "loglogistic": (stats.fisk, AT_ZERO),
    "inverse-gaussian": (stats.invgauss, AT_ZERO),
    "birnbaum-saunders": (stats.fatiguelife, AT_ZERO),
    "rayleigh": (stats.rayleigh, AT_ZERO),
    "half-normal": (stats.halfnorm, AT_ZERO),
    "maxwell": (stats.maxwell, AT_ZERO),
    "nakagami": (stats.nakagami, AT_ZERO),
    "chi-squared": (stats.chi2, {"floc": 0.0, "fscale": 1.0}),
    "gompertz": (stats.gompertz, AT_ZERO),
    "generalized-gamma": (stats.gengamma, AT_ZERO),
    "lomax": (stats.lomax, AT_ZERO),
    "generalized-pareto": (stats.genpareto, AT_ZERO),
    "pareto": (stats.pareto, AT_ZERO),
    "beta": (stats.beta, {"floc": 0.0, "fscale": 1.0}),
    "von-mises": (stats.vonmises, {"fscale": 1.0}),
    "uniform": (stats.uniform, {}),
}


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("name", PEERS)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_fit_is_at_least_as_high_as_scipys(name, seed):
    family, (peer, fixed) = FAMILIES[name], PEERS[name]
    x = moderate(family).draw(150, np.random.default_rng(seed))
    fitted = fit(family, Sample(x))
    theirs = float(np.sum(peer.logpdf(x, *peer.fit(x, **fixed))))
    assert fitted.converged
    assert fitted.log_likelihood >= theirs - 1e-8 * abs(theirs)
