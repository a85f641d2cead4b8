"""A sample far from 0 is fitted as well as near it, and what doubles do not hold there is said."""

import math
from dataclasses import replace

import numpy as np
import pytest

from engine.comparisons.ranking import try_families
from engine.comparisons.remedy import remedies
from engine.distributions import FAMILIES
from engine.fits.curvature import score_in_standard_errors
from engine.fits.diagnosis import diagnoses
from engine.fits.fitting import fit, maximum
from engine.fits.frame import Frame, locations
from engine.inference.intervals import profile
from engine.inference.profile_curve import profile_curve, profile_peak
from engine.samples.sample import Censored, Sample
from engine.samples.support import REAL_LINE

from .helpers import moderate

MOVED = [family for family in FAMILIES.values() if any(locations(family))]
FORMULA = [f for f in MOVED if f.name in {"normal", "laplace", "uniform"}]
SEARCHED = [f for f in MOVED if f not in FORMULA]
each_moved = pytest.mark.parametrize("family", MOVED, ids=lambda family: family.name)
each_formula = pytest.mark.parametrize("family", FORMULA, ids=lambda family: family.name)
each_searched = pytest.mark.parametrize("family", SEARCHED, ids=lambda family: family.name)
ORIGIN = 1e9


def near(family, n=60, digits=20):
    """A sample whose values keep their digits at ORIGIN; with 10 binary ones, at 10¹² too."""
    drawn = moderate(family).draw(n, np.random.default_rng(5))
    return Sample(np.round(drawn * 2.0**digits) / 2.0**digits)


def far(sample, origin=ORIGIN):
    return Frame(-origin).sample(sample)


def timestamps(n=60_000):
    return Sample(ORIGIN + np.random.default_rng(3).normal(2.0, 1.0, n))


@each_moved
@pytest.mark.parametrize("frame", [Frame(-(2.0**20)), Frame(2.0**30, 4.0)])
def test_what_is_moved_has_the_same_law(family, frame):
    member = moderate(family)
    x = np.round(member.quantile(np.array([0.1, 0.4, 0.8])) * 2.0**20) / 2.0**20
    seen = family.at(frame.inside(family, member.values()))
    found = seen.log_density(frame.sample(Sample(x)).values) - math.log(frame.unit)
    assert found == pytest.approx(member.log_density(x), rel=1e-6, abs=1e-6)
    assert frame.fall(Sample(x)) == pytest.approx(3.0 * math.log(frame.unit))


def test_families_of_the_real_line_are_moved_and_no_others():
    assert {f.name for f in MOVED} == {f.name for f in FAMILIES.values() if f.support == REAL_LINE}


@each_searched
@pytest.mark.parametrize("origin", [ORIGIN, -ORIGIN])
def test_a_fit_far_from_0_is_that_of_the_values_near_it(family, origin):
    expected, found = fit(family, near(family)), fit(family, far(near(family), origin))
    frame = found.frame
    assert frame == Frame(origin)
    assert found.inner.parameters == expected.parameters
    assert found.parameters == frame.outside(family, expected.parameters)
    assert found.standard_errors == expected.standard_errors
    assert found.evaluations == expected.evaluations
    assert found.log_likelihood == pytest.approx(expected.log_likelihood, abs=1e-6)
    value = found.likelihood.value(found.parameters)
    assert found.log_likelihood == pytest.approx(value, rel=1e-12)
    assert [frame.inside(family, h.parameters) for h in found.hills] == [
        pytest.approx(h.parameters, rel=1e-6, abs=1e-6) for h in expected.hills
    ]


@each_formula
@pytest.mark.parametrize("origin", [-ORIGIN, 1e12])
def test_a_formula_is_exact_wherever_the_values_are(family, origin):
    seen = near(family, digits=10)
    found, expected = fit(family, far(seen, origin)), fit(family, seen)
    assert found.converged
    assert found.inner is None
    outside = Frame(origin).outside(family, expected.parameters)
    assert found.parameters == pytest.approx(outside, rel=1e-14)
    assert found.log_likelihood == pytest.approx(expected.log_likelihood, rel=1e-13)
    last = family.parameters()[-1].name
    held = fit(family, far(seen, origin), {last: found.parameters[-1]})
    assert held.converged
    assert held.log_likelihood == pytest.approx(found.log_likelihood, rel=1e-13)


@each_searched
def test_the_score_is_that_of_the_doubles_next_to_the_maximum(family):
    sample = far(near(family))
    found = fit(family, sample)
    inside = found.frame.inside(family, found.parameters)
    exact = score_in_standard_errors(found.inner.likelihood, inside)
    assert found.score == pytest.approx(exact, rel=1e-3, abs=1e-12)
    assert found.converged == (found.inner.converged and exact <= 1e-6)


@each_moved
def test_moderately_far_every_family_has_its_maximum(family):
    drawn = moderate(family).draw(1000, np.random.default_rng(5))
    sample = Sample(1e6 * max(1.0, float(np.ptp(np.quantile(drawn, (0.25, 0.75))))) + drawn)
    assert fit(family, sample).converged


@each_moved
def test_nearer_than_a_million_spreads_nothing_is_moved(family):
    sample = near(family)
    spread = np.ptp(np.quantile(sample.values, (0.25, 0.75)))
    assert Frame.of(family, Sample(np.zeros(0))) is None
    for origin in (0.0, 2.0**19 * spread):
        moved = far(sample, origin)
        assert Frame.of(family, moved) is None
        assert fit(family, moved).inner is None


def test_a_heap_that_would_lose_its_digits_keeps_the_sample_where_it_is():
    random = np.random.default_rng(3)
    heap = 1e-9 * random.normal(2.0, 1.0, 20)
    sample = Sample(np.append(ORIGIN + random.normal(2.0, 1.0, 180), heap))
    assert Frame.of(FAMILIES["normal-mixture"], sample) is None
    zeros = Sample(np.append(sample.values[:180], np.zeros(20)))
    assert Frame.of(FAMILIES["normal-mixture"], zeros) == Frame(ORIGIN)


@pytest.mark.parametrize("origin", [ORIGIN, 1.7e12, -3e-5])
def test_no_value_loses_a_digit_and_the_origin_is_among_them(origin):
    values = origin + 1e-9 * origin * np.random.default_rng(3).normal(2.0, 1.0, 1000)
    frame = Frame.of(FAMILIES["logistic"], Sample(values))
    seen = frame.sample(Sample(values)).values
    assert (seen + frame.origin == values).all()
    assert np.abs(np.median(seen)) <= 10.0 * np.ptp(np.quantile(seen, (0.25, 0.75)))
    assert float(f"{frame.origin:.9g}") == frame.origin


def test_a_sample_is_moved_with_its_bounds_and_open_ones_stay_open():
    hidden = Censored(np.array([-np.inf, 1e9]), np.array([1e9 + 1, np.inf]), np.ones(2))
    sample = Sample(np.array([1e9 + 2]), np.array([3.0]), hidden, (1e9 - 4, np.inf), ("read",))
    seen = Frame(1e9, 2.0).sample(sample)
    assert seen.values.tolist() == [1.0]
    assert seen.weights.tolist() == [3.0]
    assert seen.censored.low.tolist() == [-np.inf, 0.0]
    assert seen.censored.high.tolist() == [0.5, np.inf]
    assert seen.truncation == (-2.0, np.inf)
    assert seen.notes == ("read",)


@pytest.mark.parametrize("name", ["normal", "logistic", "student-t", "gev", "laplace", "uniform"])
def test_censored_truncated_and_held_is_moved_along(name):
    family = FAMILIES[name]
    seen = Sample(near(family).values, np.linspace(1.0, 2.0, 60))
    low, high = np.quantile(seen.values, (0.2, 0.9)).round(3)
    hidden = Censored(np.array([-np.inf, high]), np.array([low, np.inf]), np.array([2.0, 5.0]))
    ends = (float(seen.values.min()) - 2.0, float(seen.values.max()) + 4.0)
    sample = replace(seen, censored=hidden, truncation=ends)
    place = 1 if name == "uniform" else 0
    held = {family.parameters()[place].name: ends[1] - 1.0 if place else 0.25}
    for fixed in ({}, held):
        expected = fit(family, sample, fixed)
        moved = {name: value + ORIGIN for name, value in fixed.items()}
        found = fit(family, far(sample), moved)
        inside = found.frame.inside(family, found.parameters)
        assert found.held == moved
        assert found.frame.origin == ORIGIN
        assert inside == pytest.approx(expected.parameters, rel=1e-5, abs=1e-5)
        assert found.log_likelihood == pytest.approx(expected.log_likelihood, rel=1e-6)


def test_a_parameter_is_held_to_the_last_digit_wherever_it_is():
    assert fit(FAMILIES["logistic"], timestamps(60), {"location": 0.1}).parameters[0] == 0.1


def test_a_start_is_moved_along():
    family = FAMILIES["logistic"]
    expected = fit(family, near(family), start=(0.5, 2.0))
    found = fit(family, far(near(family)), start=(ORIGIN + 0.5, 2.0))
    assert found.inner.parameters == expected.parameters
    assert found.evaluations == expected.evaluations


def test_a_sample_of_which_nothing_was_seen_is_moved_too():
    low = near(FAMILIES["logistic"]).values
    sample = Sample(np.zeros(0), None, Censored(low, low + 0.5, np.ones(low.size)))
    found, expected = (fit(FAMILIES["logistic"], each) for each in (far(sample), sample))
    assert found.frame == Frame(ORIGIN)
    assert found.inner.parameters == pytest.approx(expected.parameters, rel=1e-6)


def test_far_away_and_in_a_tiny_unit_both_are_undone():
    family, scale = FAMILIES["student-t"], 2.0**-400
    sample = near(family)
    found = fit(family, Frame(unit=1.0 / scale).sample(far(sample, 2.0**23)))
    expected = fit(family, sample)
    assert found.converged
    assert found.frame.unit < 2.0**-380
    assert found.frame.origin == pytest.approx(2.0**-377, rel=1e-5)
    location = found.parameters[0] / scale - 2.0**23
    assert location == pytest.approx(expected.parameters[0], abs=1e-8)
    assert found.parameters[1:] == pytest.approx(
        (expected.parameters[1] * scale, expected.parameters[2]), rel=1e-6
    )
    fall = sample.n * math.log(scale)
    assert found.log_likelihood == pytest.approx(expected.log_likelihood - fall, rel=1e-9)


@pytest.mark.parametrize("name", ["logistic", "gumbel", "cauchy", "gev"])
def test_where_doubles_do_not_come_to_the_maximum_that_is_said_with_a_remedy(name):
    found = fit(FAMILIES[name], timestamps())
    assert not found.converged
    assert 1e-6 < found.score < 1e-4
    assert found.verdict == (
        "This is as near to a maximum as doubles come so far from 0: the score is "
        f"{found.score:.2g} standard errors from vanishing; subtract 1000000000 from all values."
    )
    (told,) = (each for each in diagnoses(found) if each.name == "far-from-zero")
    assert f"{found.score:.2g} standard errors away" in told.finding
    assert told.advice == "Subtract 1000000000 from all values."
    (fix,) = remedies(found, told)
    assert fix.action == "subtract 1000000000"
    mended = fix.fit()
    assert mended.converged
    assert "far-from-zero" not in {each.name for each in diagnoses(mended)}


def test_a_remedy_moves_what_is_held():
    found = fit(FAMILIES["logistic"], timestamps(), {"scale": 0.5})
    (told,) = (each for each in diagnoses(found) if each.name == "far-from-zero")
    (fix,) = remedies(found, told)
    assert fix.fixed == {"scale": 0.5}
    assert fit(FAMILIES["logistic"], timestamps(), {"location": ORIGIN + 2.0}).converged


def test_a_family_that_runs_to_another_is_said_to_far_away_as_well():
    found = fit(FAMILIES["student-t"], timestamps())
    assert found.level == ("df",)
    assert "fit normal" in found.verdict


def test_next_to_a_maximum_it_serves_to_rank_and_to_start_from():
    sample = timestamps()
    family = FAMILIES["logistic"]
    found = fit(family, sample)
    (ranked,) = try_families([family], sample)
    assert maximum(family, sample) == found.parameters == ranked.parameters
    assert maximum(family, Sample(1e3 * sample.values + 1e18)) is None


@pytest.mark.parametrize("name", ["logistic", "student-t", "gev", "generalized-normal"])
def test_profiles_are_those_of_the_values_near_0(name):
    family = FAMILIES[name]
    expected, found = fit(family, near(family)), fit(family, far(near(family)))
    assert found.converged
    for place, moves in enumerate(locations(family)):
        origin = ORIGIN if moves else 0.0
        ends = profile(expected, place, 0.9)
        assert profile(found, place, 0.9) == tuple(end and end + origin for end in ends)
        curves = (profile_curve(each, place, n=9) for each in (expected, found))
        for one, other in zip(*curves, strict=True):
            assert other.value - origin == pytest.approx(one.value, rel=1e-5, abs=1e-6)
            assert other.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-4)
            assert other.parameters[place] == pytest.approx(other.value, rel=1e-15)
        peak = profile_peak(found, place)
        assert peak.parameters == found.parameters
        assert peak.log_likelihood == pytest.approx(found.log_likelihood, abs=1e-6)
