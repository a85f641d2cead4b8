"""Student's t has hills on heaps of values, a normal as its limit, and spikes on single ones."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import FAMILIES, Sample, fit
from engine.distributions.centre import shortest
from engine.fits.climbing import climb
from engine.fits.curvature import score_in_standard_errors
from engine.fits.diagnosis import diagnoses
from engine.fits.free_surface import FreeSurface
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Censored

T = FAMILIES["student-t"]


def heaps(n, seed):
    random = np.random.default_rng(seed)
    return np.concatenate([random.normal(size=n - n // 3), random.normal(20.0, 1.0, n // 3)])


def normal_log_likelihood(x):
    return -0.5 * x.size * (math.log(2.0 * math.pi * np.var(x)) + 1.0)


def tops(x):
    """Log-likelihoods of the hills that are found from many places."""
    likelihood = Likelihood(T, Sample(x))
    surface = FreeSurface(likelihood, {})
    unit = np.ptp(np.quantile(x, (0.25, 0.75)))
    with np.errstate(all="ignore"):
        for location in np.quantile(x, np.linspace(0.0, 1.0, 8)).tolist():
            for df in (0.7, 4.0, 60.0):
                for scale in (unit, unit / 10.0):
                    top = climb(surface, (location, scale, df), patience=200.0)
                    score = score_in_standard_errors(likelihood, top.parameters)
                    if score < 1e-5 and not likelihood.flaw(top.parameters):
                        yield top.value


@pytest.mark.parametrize("n", [10, 20, 50, 200])
@pytest.mark.parametrize("seed", range(3))
def test_of_two_heaps_it_stands_on_the_one_that_makes_it_likeliest(n, seed):
    x = heaps(n, seed)
    fitted = fit(T, Sample(x))
    assert fitted.log_likelihood >= max(*tops(x), normal_log_likelihood(x)) - 1e-9


@pytest.mark.parametrize("n", [30_000, 100_000])
def test_so_it_does_in_a_large_sample(n):
    fitted = fit(T, Sample(heaps(n, 1)))
    assert fitted.converged
    assert abs(fitted.parameters[0]) < 0.2
    assert fitted.parameters[2] < 1.0


def test_where_a_normal_is_likelier_than_every_hill_it_is_told_to_be_the_limit():
    x = np.array([0.01, 0.0, 3.0, 5.0, -4.0, 6.5, -2.5])
    fitted = fit(T, Sample(x))
    assert fitted.level == ("df",)
    assert fitted.hills[0].value < fitted.log_likelihood
    assert fitted.log_likelihood == pytest.approx(normal_log_likelihood(x), rel=1e-12)
    (named,) = T.limits(T.condense(Sample(x)))
    assert named == ("df", pytest.approx(normal_log_likelihood(x), rel=1e-12))


def test_a_spike_on_a_value_is_no_estimate():
    fitted = fit(T, Sample(np.array([0.0, 1.0, 5.0])))
    assert not fitted.converged
    with np.errstate(all="ignore"):
        statistics = T.condense(Sample(np.array([0.0, 1.0, 5.0])))
        assert "grows without bound" in T.flaw(statistics, (1.0, 1e-9, 0.1)).finding
    assert T.flaw(statistics, (1.0, 1e-9, 0.6)) is None
    assert T.flaw(statistics, (1.0, 1.0, 0.1)) is None


@given(st.lists(st.integers(-9, 9), min_size=2, max_size=12), st.sampled_from([0.25, 0.5, 0.75]))
def test_the_shortest_interval_is_the_shortest_of_all(values, share):
    x = np.array(values, float)
    many = max(math.ceil(share * x.size), 2)
    inside = [
        (high - low, low) for low in x for high in x if np.sum((x >= low) & (x <= high)) >= many
    ]
    [(middle, length)] = shortest(Sample(x), share)
    assert length == min(inside)[0]
    assert np.sum(np.abs(x - middle) <= length / 2.0) >= many


def test_weights_count_as_repetitions_there():
    x, weights = np.array([0.0, 1.0, 3.0, 3.5]), np.array([1.0, 5.0, 2.0, 1.0])
    for share in (0.25, 0.5, 0.75):
        whole = Sample(np.repeat(x, weights.astype(int)))
        assert shortest(Sample(x, weights), share) == shortest(whole, share)


def test_a_generalized_normal_below_the_uniform_is_told_to_be_so():
    x = np.array([2.0, 2.0, 3.0, 3.0, 3.0, 3.0, 4.0, 4.0, 4.0, 4.0, 6.0, 7.0])
    fitted = fit(FAMILIES["generalized-normal"], Sample(x))
    assert fitted.converged
    told = {each.name: each.finding for each in diagnoses(fitted)}
    assert f"rises to {-x.size * math.log(np.ptp(x)):.6f}" in told["several-hills"]


def test_it_stands_on_a_heap_that_is_seen_in_bins():
    random = np.random.default_rng(47)
    x = np.concatenate([random.gamma(2.0, 1.0, 27), random.gamma(50.0, 1.0, 13)])
    width = np.std(x) / 3.0
    low = np.floor(x / width) * width
    sample = Sample(np.zeros(0), None, Censored(low, low + width, np.ones(x.size)))
    fitted = fit(T, sample)
    assert fitted.converged
    assert fitted.log_likelihood > fit(FAMILIES["normal"], sample).log_likelihood + 5.0


def test_a_spike_is_told_by_its_value():
    fitted = fit(T, Sample(np.array([-17.0, -4, -1, -0.0, -0.0, 0, 0, 0, 1, 1, 2, 4])))
    assert not fitted.converged
    assert "at the value 0;" in fitted.verdict
