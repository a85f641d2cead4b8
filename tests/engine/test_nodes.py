"""Large samples on nodes: as good as the sample, checked there, and left where they are not."""

import numpy as np
import pytest

from engine.distributions import FAMILIES
from engine.distributions.pointwise import Pointwise
from engine.fits.climbing import climb
from engine.fits.curvature import covariance, score_in_standard_errors
from engine.fits.fitting import fit
from engine.fits.free_surface import FreeSurface
from engine.likelihoods.likelihood import Likelihood
from engine.samples.nodes import condensed
from engine.samples.sample import Sample
from engine.samples.support import REAL_LINE

from .helpers import moderate

N = 60_000
smooth = [
    family
    for family in FAMILIES.values()
    if issubclass(family, Pointwise) and not family.support.whole and not family.corner
]
each_smooth = pytest.mark.parametrize("family", smooth, ids=lambda family: family.name)


def drawn(family, n=N, seed=5):
    return Sample(moderate(family).draw(n, np.random.default_rng(seed)))


@each_smooth
def test_nodes_are_few_and_keep_weight_and_mean(family):
    sample = drawn(family)
    nodes = condensed(sample, family.support)
    assert nodes.values.size < 4000
    assert (nodes.frequencies > 0).all()
    assert family.support.holds(nodes)
    assert nodes.total == pytest.approx(N, rel=1e-12)
    middle = np.clip(sample.values, *np.quantile(sample.values, (0.01, 0.99)))
    ends = middle.min(), middle.max()
    assert nodes.average(np.clip(nodes.values, *ends)) == pytest.approx(middle.mean(), rel=1e-3)


@each_smooth
def test_a_fit_of_many_values_is_the_maximum_on_the_values_themselves(family):
    sample = drawn(family)
    fitted = fit(family, sample)
    plain = Likelihood(family, sample)
    assert fitted.converged
    assert fitted.likelihood.size == N
    assert score_in_standard_errors(plain, fitted.parameters) <= 1.01e-6
    assert fitted.log_likelihood == pytest.approx(plain.value(fitted.parameters), rel=1e-12)
    exact = climb(FreeSurface(plain, {}), fitted.parameters)
    errors = np.sqrt(np.diag(covariance(plain, exact.parameters)))
    off = np.abs(np.subtract(fitted.parameters, exact.parameters)) / errors
    assert off.max() <= 1e-6
    assert fitted.standard_errors == pytest.approx(errors, rel=5e-5)


HARD = {
    "heavy tails": lambda r: r.standard_cauchy(N) * 3.0 + 1e4,
    "rounded": lambda r: np.round(r.normal(3.0, 2.0, N), 1),
    "two far heaps": lambda r: np.where(
        r.uniform(size=N) < 0.4, r.normal(-50, 0.1, N), r.normal(90, 5, N)
    ),
    "tiny": lambda r: 1e-9 * r.normal(2.0, 1.0, N),
    "far": lambda r: 1e9 + r.normal(2.0, 1.0, N),
    "one wild value": lambda r: np.append(r.normal(size=N), 1e12),
}


@pytest.mark.parametrize("name", HARD)
@pytest.mark.parametrize("family", ["logistic", "student-t", "gumbel"])
def test_hard_samples_are_fitted_as_on_the_values_or_not_said_to_be(family, name):
    sample = Sample(HARD[name](np.random.default_rng(3)))
    family = FAMILIES[family]
    fitted = fit(family, sample)
    exact = score_in_standard_errors(Likelihood(family, sample), fitted.parameters)
    assert fitted.converged == (exact <= 1.01e-6 and not fitted.level)


def test_weights_count_as_repetitions():
    values = np.random.default_rng(1).normal(size=50_000)
    weights = np.random.default_rng(2).integers(1, 4, values.size)
    once = condensed(Sample(values, weights.astype(float)), REAL_LINE)
    again = condensed(Sample(np.repeat(values, weights)), REAL_LINE)
    assert [once.total, again.total] == pytest.approx([weights.sum()] * 2, rel=1e-12)
    for power in (1, 2, 3, 4):
        moment = again.average(again.values**power)
        assert once.average(once.values**power) == pytest.approx(moment, rel=1e-6, abs=1e-9)


def test_a_sample_without_spread_stays_as_it_is():
    sample = Sample(np.full(50_000, 3.0))
    assert condensed(sample, REAL_LINE) is sample


def test_where_nodes_do_not_serve_the_values_do():
    kinked = FAMILIES["generalized-normal"]
    likelihood = Likelihood(kinked, drawn(kinked))
    assert likelihood.condensed.size < N
    assert likelihood.standing_in((0.3, 1.0, 1.05)) is likelihood
    smooth = Likelihood(FAMILIES["logistic"], drawn(FAMILIES["logistic"]))
    assert smooth.standing_in((0.0, 1.0)) is smooth.condensed


@pytest.mark.parametrize(
    "family", [f for f in FAMILIES.values() if issubclass(f, Pointwise)], ids=lambda f: f.name
)
def test_sums_are_those_of_densities_and_scores(family):
    member = moderate(family)
    x = member.draw(500, np.random.default_rng(4))
    weights = np.random.default_rng(5).uniform(0.5, 2.0, x.size)
    near = [
        v * (0.99 if v * 1.01 > p.domain.upper else 1.01)
        for v, p in zip(member.values(), family.parameters(), strict=True)
    ]
    member = family.at(near)
    with np.errstate(all="ignore"):
        x = x[np.isfinite(member.log_density(x))]
        weights = weights[: x.size]
        value, slopes = family.sums(x, weights, *near)
        assert value == pytest.approx(weights @ member.log_density(x), rel=1e-12)
        size = np.abs(member.score(x)) @ weights
        assert np.abs(slopes - member.score(x) @ weights).max() <= 1e-12 * size.max()
        assert family.slopes(x, weights, *near) == pytest.approx(slopes, rel=1e-12)


def test_the_histogram_of_counts_is_the_same_dense_and_sparse():
    counts = np.random.default_rng(6).poisson(5.0, 3000).astype(float)
    far = Sample(np.append(counts, 1e12))
    dense = Pointwise.condense.__func__(FAMILIES["poisson"], Sample(counts))
    sparse = Pointwise.condense.__func__(FAMILIES["poisson"], far)
    assert sparse.values[:-1].tolist() == dense.values.tolist()
    assert sparse.weights[:-1].tolist() == dense.weights.tolist()
