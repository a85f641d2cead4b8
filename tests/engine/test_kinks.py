"""Maxima at an observation, where a generalized normal has a cusp, against looking at them all."""

import math

import numpy as np
import pytest

from engine.distributions import FAMILIES
from engine.fits.climbing import climb
from engine.fits.fitting import fit
from engine.fits.free_surface import FreeSurface
from engine.fits.kinks import peaked
from engine.inference.intervals import profile
from engine.inference.profile_curve import profile_curve
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Censored, Sample
from engine.tables.observations import read_observations
from engine.tables.roles import Roles

FAMILY = FAMILIES["generalized-normal"]


def highest(likelihood, shapes=(0.5, 1.0, 1.3), fixed=()):
    """Highest log-likelihood with the location at any observation, from several shapes."""
    found = -math.inf
    for location in likelihood.sample.values.tolist():
        surface = FreeSurface(likelihood, {0: location, **dict(fixed)})
        starts = {(location, 1.0, dict(fixed).get(2, shape)) for shape in shapes}
        for start in starts:
            summit = climb(surface, start)
            if not likelihood.flaw(summit.parameters):
                found = max(found, summit.value)
    return found


@pytest.mark.parametrize("shape", [0.4, 0.7, 1.0, 1.1, 1.4])
@pytest.mark.parametrize("seed", range(4))
def test_no_location_among_the_observations_is_likelier(shape, seed):
    x = FAMILY(1.0, 2.0, shape).draw(60, np.random.default_rng(seed))
    fitted = fit(FAMILY, Sample(x))
    assert fitted.converged
    assert fitted.log_likelihood >= highest(fitted.likelihood) - 1e-9
    for factor in (1e-7, -1e-7, 1e-3, -1e-3):
        for place in range(3):
            moved = list(fitted.parameters)
            moved[place] += factor * fitted.parameters[1]
            assert fitted.likelihood.value(moved) < fitted.log_likelihood + 1e-10


def test_a_cusp_is_told_as_a_corner_and_the_smooth_top_as_a_maximum():
    x = FAMILY(1.0, 2.0, 0.5).draw(300, np.random.default_rng(2))
    cusp, smooth = fit(FAMILY, Sample(x)), fit(FAMILY, Sample(np.sign(x) * np.sqrt(np.abs(x))))
    assert cusp.parameters[0] in x
    assert peaked(FreeSurface(cusp.likelihood, {}), cusp.parameters)
    assert "exact maximum" in cusp.verdict
    assert cusp.covariance is None
    assert smooth.score <= 1e-6
    assert smooth.covariance is not None


def test_a_million_ulps_from_an_observation_is_no_peak():
    x = FAMILY(1.0, 2.0, 0.5).draw(50, np.random.default_rng(3))
    fitted = fit(FAMILY, Sample(x))
    location, *others = fitted.parameters
    assert not peaked(FreeSurface(fitted.likelihood, {}), (location * (1 + 1e-10), *others))


@pytest.mark.parametrize("factor", [1e-6, 1e6])
def test_a_cusp_moves_with_the_unit(factor):
    x = FAMILY(1.0, 2.0, 0.7).draw(80, np.random.default_rng(4))
    one, other = fit(FAMILY, Sample(x)), fit(FAMILY, Sample(x * factor))
    expected = one.parameters[0] * factor, one.parameters[1] * factor, one.parameters[2]
    assert other.parameters == pytest.approx(expected, rel=1e-9)
    assert other.converged


def test_weights_are_the_values_repeated():
    x = FAMILY(1.0, 2.0, 0.7).draw(40, np.random.default_rng(5))
    weights = np.tile([1.0, 2.0], 20)
    one, other = fit(FAMILY, Sample(x, weights)), fit(FAMILY, Sample(np.repeat(x, [1, 2] * 20)))
    assert one.parameters == pytest.approx(other.parameters, rel=1e-9)


def test_a_cusp_is_found_beside_censored_observations_and_with_a_shape_held():
    x = FAMILY(1.0, 2.0, 0.7).draw(40, np.random.default_rng(6))
    hidden = Censored(np.full(5, 4.0), np.full(5, np.inf), np.ones(5))
    sample = Sample(x[x < 4.0], censored=hidden)
    fitted = fit(FAMILY, sample)
    assert fitted.converged
    assert fitted.parameters[0] in x
    assert fitted.log_likelihood >= highest(fitted.likelihood) - 1e-9
    held = fit(FAMILY, sample, {"shape": 0.9})
    assert held.converged
    assert held.log_likelihood >= highest(held.likelihood, fixed=[(2, 0.9)]) - 1e-9


def test_a_large_sample_has_its_cusp_at_an_observation():
    x = FAMILY(1.0, 2.0, 0.8).draw(20_000, np.random.default_rng(7))
    fitted = fit(FAMILY, Sample(x))
    assert fitted.converged
    assert fitted.parameters[0] in x
    assert fitted.parameters[2] == pytest.approx(0.8, abs=0.03)


def test_ties_are_told_to_make_the_likelihood_unbounded():
    fitted = fit(FAMILY, read_observations("red-mites", Roles()))
    assert not fitted.converged
    assert "grows without bound" in fitted.verdict


def test_a_profile_goes_on_below_a_shape_of_1():
    fitted = fit(FAMILY, read_observations("sea-levels", Roles()))
    low, high = profile(fitted, 2, 0.95)
    assert low < 1.0 < high
    surface = Likelihood(FAMILY, fitted.likelihood.sample)
    drop = fitted.log_likelihood - highest(surface, fixed=[(2, low)])
    assert 2.0 * drop == pytest.approx(3.841458820694124, rel=1e-7)


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_a_censored_laplace_has_its_location_at_the_likeliest_observation(seed, whole):
    random = np.random.default_rng(seed)
    x = random.binomial(10, 0.4, 40).astype(float) if whole else random.laplace(2.0, 1.0, 40)
    cut = float(np.quantile(x, 0.8))
    hidden = Censored(np.full(8, cut), np.full(8, np.inf), np.ones(8))
    fitted = fit(FAMILIES["laplace"], Sample(x[x <= cut], None, hidden))
    assert fitted.converged
    for location in np.linspace(x.min(), cut, 60):
        held = fit(FAMILIES["laplace"], fitted.likelihood.sample, {"location": float(location)})
        assert held.log_likelihood <= fitted.log_likelihood + 1e-9


def test_profiles_of_a_laplace_end_where_its_likelihood_ratio_says():
    x = read_observations("ball-bearings", Roles()).values
    fitted = fit(FAMILIES["laplace"], Sample(x))
    assert fitted.covariance is None
    factor = math.exp(3.841458820694124 / 2.0 / x.size)
    for end in profile(fitted, 0, 0.95):
        assert np.abs(x - end).mean() == pytest.approx(fitted.parameters[1] * factor, rel=1e-7)
    for end in profile(fitted, 1, 0.95):
        ratio = fitted.parameters[1] / end
        drop = -x.size * (math.log(ratio) + 1.0 - ratio)
        assert 2.0 * drop == pytest.approx(3.841458820694124, rel=1e-7)


def test_profiles_at_a_cusp_are_those_of_what_has_none():
    x = FAMILY(1.0, 2.0, 0.7).draw(200, np.random.default_rng(0))
    fitted = fit(FAMILY, Sample(x))
    assert fitted.covariance is None
    assert profile(fitted, 0, 0.95) is None
    for place in (1, 2):
        low, high = profile(fitted, place, 0.95)
        assert low < fitted.parameters[place] < high
    low, high = profile(fitted, 2, 0.95)
    for end in (low, high):
        drop = fitted.log_likelihood - highest(fitted.likelihood, fixed=[(2, end)])
        assert 2.0 * drop == pytest.approx(3.841458820694124, rel=1e-6)
    points = profile_curve(fitted, 2, (low, high))
    assert max(point.log_likelihood for point in points) == pytest.approx(fitted.log_likelihood)
    assert profile_curve(fitted, 0) == ()


def test_a_profile_at_a_kink_keeps_what_is_fixed():
    x = read_observations("ball-bearings", Roles()).values
    fitted = fit(FAMILIES["laplace"], Sample(x), {"scale": 30.0})
    for end in profile(fitted, 0, 0.95):
        drop = (np.abs(x - end).sum() - np.abs(x - np.median(x)).sum()) / 30.0
        assert 2.0 * drop == pytest.approx(3.841458820694124, rel=1e-7)
    assert profile(fitted, 1, 0.95) is None


def test_a_truncation_may_hide_the_place_where_it_is_likeliest():
    x = np.exp(np.random.default_rng(11).normal(0.9, 1.0, 200))
    sample = Sample(x[x > 3.0], truncation=(3.0, math.inf))
    family = FAMILIES["generalized-normal"]
    held = fit(family, sample, {"shape": 0.3})
    assert held.converged
    assert held.parameters[0] < 3.0
    among = max(
        fit(family, sample, {"shape": 0.3, "location": value}).log_likelihood
        for value in np.sort(sample.values)[:10].tolist()
    )
    assert held.log_likelihood > among
    free = fit(family, sample)
    assert free.log_likelihood >= held.log_likelihood
