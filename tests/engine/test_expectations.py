"""Means and variances are the integrals they stand for, and absent where these diverge."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.distributions import FAMILIES
from engine.expectations import mean_and_variance, summary

from .helpers import members, moderate

STEP, END = 0.04, 600.0
T = np.arange(-40.0, END, STEP)
ON_THE_LINE = {name for name in FAMILIES if name != "von-mises"}
COUNTED = {name for name in ON_THE_LINE if FAMILIES[name].support.whole}


def logistic(t):
    """1/(1 + exp(−t)) and its logarithmic slope, both without overflow."""
    grown = np.logaddexp(0.0, -t)
    return np.exp(-grown), -t - 2.0 * grown


def half(member, centre, end):
    """Values from the centre to an end of the support, finite or not, and log dx/dt."""
    if math.isfinite(end):
        share, log_slope = logistic(-T)
        return end + (centre - end) * share, math.log(abs(end - centre)) + log_slope
    return centre + np.copysign(np.exp(T), end), T


def integrals(member, centre, about, power):
    """∫ (x − about)^power f(x) dx over each half, on all of it and up to its last stretch."""
    with np.errstate(all="ignore"):
        ends = member.quantile(np.array([0.0, 1.0])).tolist()
        for end in ends:
            x, log_slope = half(member, centre, end)
            inside = (x > ends[0]) & (x < ends[1])
            logs = np.where(inside, member.log_density(x), -np.inf) + log_slope
            logs += power * np.log(np.abs(x - about))
            terms = STEP * np.copysign(1.0, x - about) ** power * np.exp(logs)
            yield np.nansum(terms), np.nansum(terms[T < END / 2])


def median(member):
    return member.quantile(np.array([0.5]))[0]


def counted(member):
    """Mean and variance by summation."""
    low = member.support.low
    last = 2e6 if member.name == "zeta" else 2 * member.quantile(np.array([1 - 1e-12]))[0] + 20
    k = np.arange(low, last)
    masses = np.exp(member.log_density(k))
    sums = [float(masses @ k**r) for r in (1, 2)]
    if member.name == "zeta":
        s = member.exponent
        scale = masses[-1] * k[-1] ** s
        # the rest of the sum, as an integral
        rests = [scale * (last - 0.5) ** (r + 1 - s) / (s - r - 1) for r in (1, 2)]
        sums = [a + b for a, b in zip(sums, rests, strict=True)]
    return sums[0], sums[1] - sums[0] ** 2


@pytest.mark.parametrize("name", sorted(ON_THE_LINE - COUNTED))
@settings(max_examples=20)
@given(st.data())
def test_they_are_the_integrals_of_the_density(name, data):
    member = data.draw(members(FAMILIES[name]))
    mean, variance = mean_and_variance(member)
    centre = median(member)
    for power, about, found in ((1, 0.0, mean), (2, mean, variance)):
        if about is None:
            continue
        parts = list(integrals(member, centre, about, power))
        whole, most = (sum(each) for each in zip(*parts, strict=True))
        size = sum(abs(part) for part, _ in parts)
        if found is None:
            # what diverges goes on growing however far out it is taken
            assert any(abs(part - before) > 1e-3 * abs(before) for part, before in parts)
        else:
            assume(abs(whole - most) < 1e-9 * size)
            assert found == pytest.approx(whole, rel=1e-6, abs=1e-6 * size)


@pytest.mark.parametrize("name", sorted(COUNTED))
@settings(max_examples=20)
@given(st.data())
def test_those_of_counts_are_sums(name, data):
    member = data.draw(members(FAMILIES[name]))
    mean, variance = mean_and_variance(member)
    assume(name != "zeta" or member.exponent > 3.3)
    expected = counted(member)
    assert (mean, variance) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("name", sorted(ON_THE_LINE - {"cauchy"}))
def test_every_family_has_a_mean(name):
    mean, _ = mean_and_variance(moderate(FAMILIES[name]))
    assert mean is not None


@pytest.mark.parametrize(
    ("name", "parameters", "finite"),
    [
        ("cauchy", (0, 1), 0),
        ("student-t", (0, 1, 1), 0),
        ("student-t", (0, 1, 2), 1),
        ("student-t", (0, 1, 2.01), 2),
        ("pareto", (1, 1), 0),
        ("pareto", (1, 2), 1),
        ("pareto", (1, 2.01), 2),
        ("lomax", (1, 1), 0),
        ("lomax", (2, 1), 1),
        ("lomax", (2.01, 1), 2),
        ("gev", (0, 1, 1), 0),
        ("gev", (0, 1, 0.5), 1),
        ("gev", (0, 1, 0.49), 2),
        ("generalized-pareto", (1, 1), 0),
        ("generalized-pareto", (1, 0.5), 1),
        ("generalized-pareto", (1, 0.49), 2),
        ("frechet", (1, 1), 0),
        ("frechet", (2, 1), 1),
        ("frechet", (2.01, 1), 2),
        ("loglogistic", (1, 1), 0),
        ("loglogistic", (2, 1), 1),
        ("loglogistic", (2.01, 1), 2),
        ("inverse-gamma", (1, 1), 0),
        ("inverse-gamma", (2, 1), 1),
        ("inverse-gamma", (2.01, 1), 2),
        ("burr", (0.5, 2, 1), 0),
        ("burr", (1, 2, 1), 1),
        ("burr", (1.01, 2, 1), 2),
        ("zeta", (2,), 0),
        ("zeta", (3,), 1),
        ("zeta", (3.01,), 2),
        ("lognormal", (0, 30), 1),
    ],
)
def test_moments_end_where_the_tail_is_too_heavy(name, parameters, finite):
    found = mean_and_variance(FAMILIES[name].at(map(float, parameters)))
    assert sum(moment is not None for moment in found) == finite


@pytest.mark.parametrize("shape", [1e2, 1e4, 1e6, 1e9])
def test_nothing_cancels_where_a_family_is_narrow(shape):
    # one over the shape in powers, to the first order in which they vary
    for name, parameters, spread in (
        ("weibull", (shape, 2.0), math.pi**2 / 6),
        ("frechet", (shape, 2.0), math.pi**2 / 6),
        ("loglogistic", (shape, 2.0), math.pi**2 / 3),
        ("burr", (1.0, shape, 2.0), math.pi**2 / 3),
    ):
        _, variance = mean_and_variance(FAMILIES[name].at(parameters))
        assert variance * (shape / 2) ** 2 == pytest.approx(spread, rel=6 / shape)
    mean, variance = mean_and_variance(FAMILIES["nakagami"].at((shape, 4.0)))
    assert variance * shape == pytest.approx(1.0, rel=1 / shape)
    assert mean**2 + variance == pytest.approx(4.0, rel=1e-14)
    mean, variance = mean_and_variance(FAMILIES["generalized-gamma"].at((shape, 1.0, 2.0)))
    assert (mean, variance) == pytest.approx((2 * shape, 4 * shape), rel=1e-12)
    _, variance = mean_and_variance(FAMILIES["gompertz"].at((shape, 1.0)))
    assert variance * shape**2 == pytest.approx(1.0, rel=6 / shape)


@pytest.mark.parametrize("shape", [1e-15, -1e-12, 1e-8, -1e-5, 0.0])
def test_extreme_values_pass_into_gumbels(shape):
    gumbel = mean_and_variance(FAMILIES["gumbel"].at((1.0, 2.0)))
    found = mean_and_variance(FAMILIES["gev"].at((1.0, 2.0, shape)))
    assert found == pytest.approx(gumbel, rel=3 * abs(shape) + 1e-14)


@pytest.mark.parametrize("name", ["weibull", "nakagami", "generalized-gamma", "gamma"])
def test_two_ways_through_the_gamma_function_agree_where_they_meet(name):
    near = [
        mean_and_variance(FAMILIES[name].at([s, *FAMILIES[name].example[1:]]))[1]
        for s in (1 - 1e-9, 1.0, 1 + 1e-9, 2 - 1e-9, 2.0, 2 + 1e-9)
    ]
    assert near[:3] == pytest.approx([near[1]] * 3, rel=1e-7)
    assert near[3:] == pytest.approx([near[4]] * 3, rel=1e-7)


def test_on_the_circle_there_are_a_direction_and_a_circular_variance():
    member = FAMILIES["von-mises"].at((0.5, 2.0))
    assert mean_and_variance(member) == (None, None)
    angles = np.linspace(-math.pi, math.pi, 4001)[1:]
    weights = np.exp(member.log_density(angles)) * (angles[1] - angles[0])
    vector = weights @ np.exp(1j * angles)
    assert summary(member) == pytest.approx(
        {"mean direction": np.angle(vector), "circular variance": 1 - abs(vector)}, rel=1e-10
    )


def test_the_standard_deviation_is_the_variances_root():
    assert summary(FAMILIES["exponential"].at((0.5,)))["standard deviation"] == 2.0
    assert set(summary(FAMILIES["cauchy"].at((0.0, 1.0))).values()) == {None}
