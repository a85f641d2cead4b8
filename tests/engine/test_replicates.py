"""Replicates: what they count, what they keep, and that their p-values tell families apart."""

import numpy as np
import pytest

from engine.distributions import FAMILIES
from engine.fits.fitting import fit
from engine.inference.replicates import Replicate, Replicates, replicates, statistics
from engine.samples.sample import Sample

from .test_goodness import right_censored


def source(seed=0):
    return np.random.default_rng(seed)


def measured(family, sample, number=199):
    fitted = fit(FAMILIES[family], sample)
    drawn = Replicates.of(replicates(fitted, sample, source(), number))
    found = statistics(fitted, sample)
    return {name: drawn.p_value(name, value) for name, value in found.items()}


def test_a_p_value_counts_what_is_as_large():
    found = [Replicate((0.0,), {"ks": value}) for value in (1.0, 2.0, 3.0, 3.0)]
    drawn = Replicates.of(found)
    for observed, larger in ((0.5, 4), (2.0, 3), (3.0, 2), (3.1, 0)):
        assert drawn.p_value("ks", observed) == (1 + larger) / 5
    assert drawn.p_value("ks", None) is None
    assert drawn.p_value("ad", 1.0) is None


def test_what_is_less_by_rounding_alone_is_as_large():
    drawn = Replicates.of([Replicate({}, {"ks": 0.3})])
    assert 0.3 < 0.1 + 0.2
    assert drawn.p_value("ks", 0.1 + 0.2) == 1.0


def test_failures_are_left_out_and_counted():
    one = Replicate((0.0,), {"ks": 1.0})
    drawn = Replicates.of([*[one] * 18, None, None])
    assert (drawn.failed, drawn.p_value("ks", 2.0)) == (2, 1 / 19)
    drawn = Replicates.of([*[one] * 17, None, None, None])
    assert (drawn.failed, drawn.p_value("ks", 2.0)) == (3, None)


def test_the_critical_values_of_a_fitted_normal_are_the_published_ones():
    # Lilliefors (1967, revised), and D'Agostino & Stephens, table 4.7; variance with n − 1
    n, number = 20, 4000
    fitted = fit(FAMILIES["normal"], Sample(source().normal(size=n)))
    drawn = list(replicates(fitted, Sample(np.zeros(n)), source(), number))
    ad = np.array([each.statistics["ad"] for each in drawn]) * (1 + 0.75 / n + 2.25 / n**2)
    assert np.quantile(ad, 0.95) == pytest.approx(0.752, abs=0.03)
    ks = [each.statistics["ks"] for each in drawn]
    assert np.quantile(ks, 0.95) == pytest.approx(0.192, abs=0.005)


def test_a_fits_own_family_is_kept_and_another_refused():
    x = source(5).normal(10.0, 2.0, 60)
    assert min(measured("normal", Sample(x)).values()) > 0.1
    assert max(measured("normal", Sample(np.exp(x / 2))).values()) == 1 / 200


def test_so_they_are_under_right_censoring():
    random = source(6)
    x, c = random.exponential(size=80), random.uniform(0.3, 3.0, 80)
    assert min(measured("exponential", right_censored(x, c), 99).values()) > 0.1
    assert max(measured("exponential", right_censored(1 + x, 1 + c), 99).values()) == 0.01


def test_counts_have_a_chi_squared():
    poisson, other = source(7).poisson(3.0, 80), source(7).negative_binomial(1, 0.25, 80)
    kept = measured("poisson", Sample(poisson.astype(float)), 99)
    assert list(kept) == ["chi_squared"]
    assert kept["chi_squared"] > 0.1
    assert measured("poisson", Sample(other.astype(float)), 99) == {"chi_squared": 0.01}


def test_what_is_fixed_stays_so_and_a_seed_repeats():
    sample = Sample(source(8).gamma(2.0, size=40))
    fitted = fit(FAMILIES["gamma"], sample, {"shape": 2.0})
    one, other = (list(replicates(fitted, sample, source(3), 20)) for _ in range(2))
    assert one == other
    assert {each.estimates["shape"] for each in one} == {2.0}
    assert len({each.estimates["rate"] for each in one}) == 20
    unmeasured = list(replicates(fitted, sample, source(3), 20, measured=False))
    assert [each.estimates for each in unmeasured] == [each.estimates for each in one]
    assert {len(each.statistics) for each in unmeasured} == {0}


def test_a_replicate_without_a_maximum_is_none():
    # of two draws both are often equal, and a negative binomial then has no maximum
    sample = Sample(np.array([0.0, 7.0, 1.0]))
    fitted = fit(FAMILIES["negative-binomial"], sample)
    found = list(replicates(fitted, sample, source(), 30, measured=False))
    assert None in found
    assert len(found) == 30
