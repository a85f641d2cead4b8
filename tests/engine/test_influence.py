"""What each observation pulls: sums, closed forms, exact refits, weights, censoring, truncation."""

import math

import numpy as np
import pytest

from engine.distributions import FAMILIES
from engine.fits.fitting import fit
from engine.inference.influence import influence, refitted
from engine.likelihoods.likelihood import Likelihood
from engine.likelihoods.rows import rows, without
from engine.samples.sample import Censored, Sample

from .helpers import ROUGH, moderate, refusal

SMOOTH = sorted(set(FAMILIES) - ROUGH)


def drawn(name, n=400, seed=3):
    return Sample(moderate(FAMILIES[name]).draw(n, np.random.default_rng(seed)))


def hidden(n=200, seed=5):
    """Weibull values of which those above 4 are censored, some known to a unit, some below 1."""
    values = FAMILIES["weibull"].at((1.7, 3.0)).draw(n, np.random.default_rng(seed))
    seen, late = values[(values > 1) & (values < 4)], values[values >= 4]
    exact, binned = seen[::2], np.floor(seen[1::2])
    early = np.sum(values <= 1)
    low = np.concatenate([np.full(late.size, 4.0), binned, np.full(early, -math.inf)])
    high = np.concatenate([np.full(late.size, math.inf), binned + 1, np.full(early, 1.0)])
    weights = np.random.default_rng(1).integers(1, 4, low.size).astype(float)
    return Sample(exact, None, Censored(low, high, weights))


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_rows_add_up_to_the_likelihood_and_its_score(name):
    family, sample = FAMILIES[name], drawn(name)
    at = moderate(family).values()
    found, whole = rows(family, sample, at), Likelihood(family, sample)
    assert found.log_likelihood.sum() == pytest.approx(whole.value(at), rel=1e-12)
    scale = np.abs(found.score).sum(axis=0)
    assert np.abs(found.score.sum(axis=0) - whole.score(at)) == pytest.approx(
        0, abs=1e-10 * scale.max()
    )


@pytest.mark.parametrize(
    "sample",
    [
        hidden(),
        Sample(np.array([1.0, 2.0, 2.5, 4.0]), np.array([3.0, 1.0, 2.0, 5.0]), None, (0.5, 6.0)),
        Sample(hidden().values, None, hidden().censored, (0.2, 7.5)),
    ],
    ids=["censored", "truncated with weights", "censored and truncated"],
)
def test_weights_censoring_and_truncation_add_up_too(sample):
    family, at = FAMILIES["weibull"], (1.6, 3.1)
    found, whole = rows(family, sample, at), Likelihood(family, sample)
    assert found.weight @ found.log_likelihood == pytest.approx(whole.value(at), rel=1e-12)
    assert found.weight @ found.score == pytest.approx(whole.score(at), rel=1e-7, abs=1e-7)
    fitted = fit(family, sample)
    pull = influence(fitted).pull
    assert pull.sum(axis=0) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("name", SMOOTH)
def test_pulls_add_up_to_nothing_at_a_maximum(name):
    fitted = fit(FAMILIES[name], drawn(name))
    assert fitted.converged
    found = influence(fitted)
    assert np.abs(found.pull.sum(axis=0)).max() < 1e-6 * max(1.0, found.largest.sum())


def test_the_normals_closed_form():
    x = np.array([1.0, 2.0, 4.0, 9.0])
    n, mean, variance = 4, 4.0, float(np.var(x))
    found = influence(fit(FAMILIES["normal"], Sample(x)))
    errors = math.sqrt(variance / n), variance * math.sqrt(2 / n)
    assert found.pull[:, 0] == pytest.approx((x - mean) / n / errors[0])
    assert found.pull[:, 1] == pytest.approx(((x - mean) ** 2 - variance) / n / errors[1])
    assert found.rows.log_likelihood == pytest.approx(
        -0.5 * np.log(2 * np.pi * variance) - (x - mean) ** 2 / 2 / variance
    )
    exact = refitted(fit(FAMILIES["normal"], Sample(x)), [3])
    assert exact.parameters == pytest.approx((7 / 3, np.var(x[:3])))


@pytest.mark.parametrize("name", ["gamma", "weibull", "gumbel", "negative-binomial", "student-t"])
def test_one_step_becomes_the_exact_change_as_samples_grow(name):
    """The relative error of one step falls as 1/n."""
    misses = []
    for n in (100, 1_600):
        fitted = fit(FAMILIES[name], drawn(name, n))
        found = influence(fitted)
        place = int(np.argsort(found.largest)[-max(n // 50, 1)])
        exact = np.subtract(fitted.parameters, refitted(fitted, [place]).parameters)
        exact /= fitted.standard_errors
        misses.append(np.abs(exact - found.pull[place]).max() / np.abs(exact).max())
    assert misses[1] < 0.05
    assert misses[1] < misses[0] / 3


def test_a_row_of_weight_w_is_w_equal_rows():
    x, w = np.array([1.0, 2.0, 3.5, 7.0, 9.0]), np.array([4.0, 1.0, 3.0, 2.0, 1.0])
    together = fit(FAMILIES["gamma"], Sample(x, w))
    apart = fit(FAMILIES["gamma"], Sample(np.repeat(x, w.astype(int))))
    one, other = influence(together), influence(apart)
    assert one.pull[0] == pytest.approx(4 * other.pull[0], rel=1e-6)
    assert one.rows.log_likelihood[0] == pytest.approx(other.rows.log_likelihood[0])
    left = refitted(together, [0]).parameters
    assert left == pytest.approx(refitted(apart, [0, 1, 2, 3]).parameters, rel=1e-6)


def test_a_fixed_parameter_is_not_pulled():
    fitted = fit(FAMILIES["gamma"], drawn("gamma"), {"rate": 0.5})
    pull = influence(fitted).pull
    assert not pull[:, 1].any()
    assert pull[:, 0].any()
    assert refitted(fitted, [0]).parameters[1] == 0.5


def test_a_corner_has_no_pull_but_an_exact_refit():
    fitted = fit(FAMILIES["uniform"], Sample(np.array([1.0, 2.0, 7.0])))
    found = influence(fitted)
    assert found.pull is None
    assert found.largest is None
    assert refitted(fitted, [2]).parameters == (1.0, 2.0)


def test_leaving_out_values_and_bounds():
    sample = hidden()
    n = sample.values.size
    less = without(sample, [0, n, n + 1])
    assert less.n == sample.n - 3
    assert less.values.tolist() == sample.values[1:].tolist()
    assert less.censored.low.tolist() == sample.censored.low[2:].tolist()
    assert without(sample, range(n, sample.n)).censored is None
    assert "keep one" in refusal(ValueError, without, sample, range(sample.n))


def test_too_few_rows_are_refused():
    fitted = fit(FAMILIES["normal"], Sample(np.array([1.0, 2.0, 4.0])))
    assert refusal(ValueError, refitted, fitted, [0, 1]) == (
        "2 parameters need at least as many rows, not 1"
    )
