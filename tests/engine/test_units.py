"""A sample in another unit is fitted as well, in as many steps, and only the scale is another."""

import functools
import math
from dataclasses import replace

import numpy as np
import pytest

from engine.distributions import FAMILIES
from engine.experiments.experiment import Experiment, InvalidExperiment
from engine.fits.diagnosis import diagnoses
from engine.fits.fitting import NoFit, fit
from engine.fits.frame import Frame
from engine.fits.units import factors
from engine.inference.intervals import profile
from engine.runs.race import Race
from engine.runs.training import Training
from engine.samples.sample import Censored, Sample

from .helpers import moderate, record, refusal

SCALED = [family for family in FAMILIES.values() if any(p.power for p in family.parameters())]
LINEAR = [f for f in SCALED if max(abs(p.power) for p in f.parameters()) == 1]
each_scaled = pytest.mark.parametrize("family", SCALED, ids=lambda family: family.name)
each_linear = pytest.mark.parametrize("family", LINEAR, ids=lambda family: family.name)


def rescaled(sample, unit):
    return Frame(unit=unit).sample(sample)


def drawn(family, n=60):
    return Sample(moderate(family).draw(n, np.random.default_rng(5)))


@each_scaled
def test_parameters_are_rescaled_in_powers_of_the_unit(family):
    member, scale = moderate(family), 3.7
    x = member.quantile(np.array([0.1, 0.4, 0.8]))
    other = family.at(np.array(member.values()) * factors(family, scale))
    found = other.log_density(scale * x) + math.log(scale)
    assert found == pytest.approx(member.log_density(x), rel=1e-9, abs=1e-9)


def test_families_of_values_without_a_unit_have_no_powers():
    without = {name for name, family in FAMILIES.items() if family not in SCALED}
    whole = {name for name, family in FAMILIES.items() if family.support.whole}
    assert without - whole == {"chi-squared", "lognormal", "beta", "kumaraswamy", "von-mises"}


@each_linear
def test_a_fit_is_the_same_at_any_scale_and_costs_as_much(family):
    sample = drawn(family)
    near, large, small = (fit(family, rescaled(sample, by)) for by in (1.0, 2.0**-900, 2.0**900))
    for one, scale in ((large, 2.0**900), (small, 2.0**-900)):
        expected = near.parameters * factors(family, scale)
        assert not near.converged or one.parameters == pytest.approx(expected, rel=1e-6)
        assert one.log_likelihood == pytest.approx(
            near.log_likelihood - sample.n * math.log(scale), rel=1e-9
        )
        assert one.likelihood.value(one.parameters) == pytest.approx(one.log_likelihood, rel=1e-9)
    assert large.evaluations == small.evaluations
    by = factors(family, 2.0**900)
    assert (np.array(large.parameters) / by).tolist() == (np.array(small.parameters) * by).tolist()


@each_linear
def test_what_is_far_but_held_has_standard_errors_and_intervals(family):
    sample = drawn(family)
    near, far = fit(family, sample), fit(family, rescaled(sample, 2.0**-400))
    assert far.converged == near.converged
    if near.converged and near.covariance is not None:
        by = factors(family, 2.0**400)
        errors = np.array(near.standard_errors) * by
        assert far.standard_errors == pytest.approx(errors, rel=1e-5)
        ends, expected = profile(far, 0, 0.9), profile(near, 0, 0.9)
        for end, other in zip(ends, expected, strict=True):
            assert (end and end / by[0]) == (other and pytest.approx(other, rel=1e-5))


def test_where_no_double_holds_a_curvature_that_is_said():
    found = fit(FAMILIES["cauchy"], rescaled(drawn(FAMILIES["cauchy"]), 1e-300))
    assert found.score <= 1e-6
    assert found.covariance is None
    assert not found.converged
    assert found.verdict.startswith("This is a maximum, but double precision does not hold")
    assert [each.name for each in diagnoses(found)] == ["not-converged"]


def test_what_is_held_censored_and_truncated_is_in_the_unit_as_well():
    family, seen = FAMILIES["weibull"], drawn(FAMILIES["weibull"])
    hidden = Censored(np.array([1.0, 0.5]), np.array([np.inf, 2.0]), np.array([1.0, 2.0]))
    sample = replace(seen, censored=hidden, truncation=(1e-3, 1e3))
    near = fit(family, sample, {"scale": 1.5})
    far = fit(family, rescaled(sample, 2.0**-300), {"scale": 1.5 * 2.0**300})
    assert far.parameters[1] == 1.5 * 2.0**300
    assert far.fixed == {"scale"}
    assert far.parameters[0] == pytest.approx(near.parameters[0], rel=1e-9)
    assert far.standard_errors == pytest.approx(near.standard_errors, rel=1e-6)


def test_a_variance_that_no_double_holds_is_told():
    with pytest.raises(NoFit, match="variance is beyond the largest double"):
        fit(FAMILIES["normal"], rescaled(drawn(FAMILIES["normal"]), 1e-300))


def test_a_sample_of_which_nothing_was_seen_has_a_unit_too():
    low = drawn(FAMILIES["weibull"]).values
    hidden = Censored(low, 1.1 * low, np.ones(low.size))
    near = fit(FAMILIES["weibull"], Sample(np.zeros(0), None, hidden))
    far = fit(FAMILIES["weibull"], rescaled(Sample(np.zeros(0), None, hidden), 2.0**-900))
    assert far.parameters[0] == pytest.approx(near.parameters[0], rel=1e-6)
    assert far.parameters[1] == pytest.approx(near.parameters[1] * 2.0**900, rel=1e-6)


def test_a_score_without_a_value_is_told_without_a_number():
    found = replace(fit(FAMILIES["gamma"], drawn(FAMILIES["gamma"])), converged=False)
    lost = replace(found, score=math.inf)
    for told in (lost.verdict, *(each.finding for each in diagnoses(lost))):
        assert "inf" not in told
    assert "2 standard errors from vanishing" in replace(found, score=2.0).verdict


def ended(family, values, optimizer="newton"):
    """The end of a run on values: its stop and its estimate, or why there is none."""
    fields = {"family": family.name, "optimizer": optimizer, "data": "x", "epochs": 100}
    try:
        tape = record(Training(Experiment.of(fields), Sample(values)))
    except InvalidExperiment as fault:
        return str(fault), None
    return tape.stop, np.array(tape[tape.stop.best].parameters)


@functools.cache
def ended_near(family):
    """The end of a run on values in the unit that they were drawn in."""
    return ended(family, drawn(family).values)


@each_scaled
@pytest.mark.parametrize("exponent", [-300, -100, -10, 10, 100, 300])
def test_a_run_is_as_in_another_unit_or_says_which_unit_to_use(family, exponent):
    scale = 2.0 ** round(exponent / math.log10(2.0))
    near, expected = ended_near(family)
    far, found = ended(family, drawn(family).values * scale)
    if found is None:
        assert abs(exponent) >= 100
        assert "double" in far
        assert "unit" in far or "grows without bound" in far or "greater than 0" in far
        return
    assert far.converged == near.converged
    if near.converged:
        assert found / factors(family, scale) == pytest.approx(expected, rel=1e-5)


def test_a_race_in_an_impossible_unit_says_which_to_use():
    values = drawn(FAMILIES["gamma"]).values
    for by, unit in ((1e300, "larger"), (1e-300, "smaller")):
        experiment = Experiment.of({"family": "gamma", "data": "x"})
        sample = Sample(values * by)
        told = refusal(InvalidExperiment, Race, experiment, ["newton"], None, "seconds", sample)
        assert told.startswith("data: gamma: double precision does not hold the curvature")
        assert told.endswith(f"use a {unit} unit.")
