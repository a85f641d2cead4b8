"""Fixes: each diagnosis leads to a fit without it, or says that no key mends it."""

from functools import cache

import numpy as np
import pytest

from engine import Experiment, Training
from engine.comparisons.remedy import RULES, remedies
from engine.distributions import FAMILIES
from engine.distributions.families import family as made
from engine.fits.diagnosis import diagnoses
from engine.fits.fitted import NoFit
from engine.fits.fitting import fit
from engine.runs.run_diagnosis import run_diagnoses
from engine.samples.rounding import as_intervals, unit
from engine.samples.sample import Censored, Sample

from .helpers import record


def drawn(family, parameters, n, seed=7):
    return FAMILIES[family].at(parameters).draw(n, np.random.default_rng(seed))


def fixes(fitted, name):
    """Fixes of the diagnosis of a name, which there must be."""
    found = {each.name: each for each in diagnoses(fitted)}
    return remedies(fitted, found[name])


def fitted_to(family, values, **how):
    return fit(FAMILIES[family], Sample(np.asarray(values, dtype=float)), **how)


def test_a_parameter_that_runs_away_leads_to_the_limit():
    before = fitted_to("student-t", drawn("uniform", (0.0, 1.0), 200))
    (fix,) = fixes(before, "maximum-at-the-boundary")
    assert (fix.action, dict(fix.changes)) == ("fit normal instead", {"family": "normal"})
    after = fix.fit()
    assert not before.converged
    assert after.converged
    assert after.likelihood.family is FAMILIES["normal"]
    assert not diagnoses(after)


def test_a_simpler_family_has_a_parameter_less_and_a_lower_criterion():
    before = fitted_to("weibull", drawn("rayleigh", (3.0,), 200))
    (fix,) = fixes(before, "simpler-family")
    after = fix.fit()
    assert fix.changes == {"family": "rayleigh"}
    assert after.free == before.free - 1
    assert after.aicc < before.aicc
    assert after.log_likelihood <= before.log_likelihood + 1e-9


def test_a_ridge_leads_to_a_held_parameter():
    before = fitted_to("gompertz", 20.0 + drawn("weibull", (2.0, 3.0), 60))
    fix = fixes(before, "flat-ridge")[0]
    after = fix.fit()
    assert fix.action.startswith("hold ")
    assert after.held == dict(fix.changes["fixed"])
    assert "flat-ridge" not in {each.name for each in diagnoses(after)}


def test_few_observations_lead_to_fewer_parameters():
    before = fitted_to("gamma", [1.0, 2.0, 4.0])
    found = fixes(before, "too-few-observations")
    assert found[0].action == "fit exponential instead"
    assert all(each.fit().free < before.free for each in found)
    normal = fixes(fitted_to("normal", [1.0, 2.0, 4.0]), "too-few-observations")
    assert [each.action for each in normal] == ["hold variance at 1.6"]


def test_hills_lead_to_a_start_on_the_highest():
    values = [1.77, -0.23, 2.76, 3.8, 3.47, 56.75, -1.34, 4.24, -2.44, 3.29]
    values += [3.71, -2.4, 4.53, -0.07, -1.05, -13.87, -2.53, -1.75, 0.27, 43.21]
    before = fitted_to("cauchy", values, fixed={"scale": 1.0})
    (fix,) = fixes(before, "several-hills")
    after = fix.fit()
    assert fix.changes["start"] == dict(zip(("location", "scale"), before.parameters, strict=True))
    assert after.parameters == pytest.approx(before.parameters)
    assert before.log_likelihood > max(hill.value for hill in before.hills)


def test_a_collapsed_component_leads_to_fewer():
    flawed = Sample(np.array([0.0, 0.1, 0.2, 0.1, 5.0]))
    for components in (2, 3):
        family = made("normal-mixture", {"components": components})
        before = fit(family, flawed)
        found = {each.name: each for each in diagnoses(before)}
        if "unbounded-likelihood" in found:
            (fix,) = remedies(before, found["unbounded-likelihood"])
            expected = {"family": "normal"} if components == 2 else {"components": 2}
            assert fix.changes == expected
            assert fix.fit().free < before.free
            return
    pytest.fail("no mixture collapsed")


def test_ties_are_taken_as_intervals_of_their_rounding():
    exact = drawn("normal", (2.0, 1.0), 400)
    before = fitted_to("normal", np.round(exact * 2, 0) / 2 - 10.0)
    fix = fixes(before, "ties")[-1]
    assert fix.action == "take values as known to ±0.05"
    assert not fix.changes
    assert fix.apart
    after = fix.fit()
    assert after.converged
    assert "ties" not in {each.name for each in diagnoses(after)}


def test_intervals_take_off_what_rounding_adds_to_the_variance():
    """Sheppard's correction: a twelfth of the squared unit."""
    rounded = Sample(np.round(drawn("normal", (0.3, 4.0), 20_000)))
    before = fit(FAMILIES["normal"], rounded)
    after = fit(FAMILIES["normal"], as_intervals(rounded, 1.0))
    assert before.parameters[1] - after.parameters[1] == pytest.approx(1 / 12, abs=2e-3)
    assert after.parameters[0] == pytest.approx(before.parameters[0], abs=1e-3)


def test_counts_under_a_density_lead_to_families_of_counts():
    before = fitted_to("gamma", 1.0 + drawn("poisson", (3.0,), 300))
    found = fixes(before, "ties")
    assert found[0].changes == {"family": "negative-binomial"}
    assert "probability" in found[0].apart


@pytest.mark.parametrize(
    ("values", "expected"),
    [([10.0, 250.0], 10.0), ([1.0, 2.5], 0.1), ([0.125, 3.0], 0.001), ([0.1, 0.3], 0.1)],
)
def test_the_unit_of_rounded_values(values, expected):
    assert unit(Sample(np.array(values))) == pytest.approx(expected)


def test_values_that_are_not_rounded_have_no_unit():
    assert unit(Sample(drawn("normal", (0.0, 1.0), 50))) is None
    assert unit(Sample(np.zeros(3))) is None


def test_intervals_keep_weights_bounds_and_the_range():
    hidden = Censored(np.array([4.0]), np.array([np.inf]), np.array([2.0]))
    sample = Sample(np.array([0.0, 1.0]), np.array([3.0, 1.0]), hidden, (-1.0, 9.0))
    found = as_intervals(sample, 1.0, least=0.0)
    assert found.total == sample.total
    assert found.censored.low.tolist() == [0.0, 0.5, 4.0]
    assert found.censored.high.tolist() == [0.5, 1.5, np.inf]
    assert found.truncation == sample.truncation


def test_an_irregular_fit_has_no_fix():
    assert "irregular" not in RULES


@cache
def offered(name):
    """All fixes of a family's fits to a sample of its own and to the first three values of it."""
    family, found = FAMILIES[name], []
    values = family.at(family.example).draw(30, np.random.default_rng(3))
    for some in (values, values[:3]):
        try:
            before = fit(family, Sample(some))
        except NoFit:  # as of a mixture to three values
            continue
        found += [fix for each in diagnoses(before) for fix in remedies(before, each)]
    return tuple(found)


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_no_fix_leads_outside_the_support_or_to_a_family_that_cannot_be(name):
    for fix in offered(name):
        assert fix.family.support.holds(fix.sample)
        if fix.changes and not set(fix.changes) & {"fixed", "start"}:
            assert fix.family.name != name or "components" in fix.changes


def test_most_families_are_offered_fixes():
    """Else the law above would hold of nothing."""
    counts = [len(offered(name)) for name in FAMILIES]
    assert sum(count > 0 for count in counts) > len(FAMILIES) / 2
    assert sum(counts) >= 50


def test_a_run_that_stops_short_and_bad_scales_are_found_and_mended():
    fields = {"n": 200, "true": {"mean": 900.0, "variance": 1e6}, "epochs": 50, "seed": 4}
    training = Training(Experiment.of(fields))
    tape = record(training)
    fitted = fit(training.family, training.sample)
    found = {d.name: (d, fix) for d, fix in run_diagnoses(fitted, training, tape.stop)}
    assert set(found) == {"badly-scaled", "run-stopped-short"}
    assert found["run-stopped-short"][0].finding == tape.stop.reason
    changes = {k: v for _, (fix,) in found.values() for k, v in fix.changes.items()}
    assert changes == {"coordinates": "standardized", "optimizer": "newton"}
    mended = Training(Experiment.of(fields | changes))
    after = record(mended)
    assert after.stop.converged
    assert run_diagnoses(fitted, mended, after.stop) == ()


def test_the_ends_of_rounded_values_have_a_decimal_more():
    found = as_intervals(Sample(np.array([46.0, 33.4, 51.1])), 0.1).censored
    assert found.low.tolist() == [45.95, 33.35, 51.05]
    assert found.high.tolist() == [46.05, 33.45, 51.15]
