"""The surface is the likelihood itself, its regions are the textbook's, and windows hold."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.distributions import FAMILIES
from engine.domains import ABOVE_ONE, POSITIVE, REAL, UNIT, Domain
from engine.fits.curvature import standard_errors
from engine.fits.fitting import fit
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Sample
from engine.surfaces.axis import Axis
from engine.surfaces.bilinear import bilinear
from engine.surfaces.nuisance import profiled
from engine.surfaces.slices import slice_along, tangent
from engine.surfaces.surface import DROPS, Surface, drawn, drops, uphill
from engine.surfaces.window import pairs, region_window, window, window_along

from .helpers import derivative, moderate

SEVERAL = sorted(name for name, family in FAMILIES.items() if len(family.parameters()) > 1)
MANY = sorted(name for name, family in FAMILIES.items() if len(family.parameters()) > 2)
DOMAINS = st.sampled_from([REAL, POSITIVE, UNIT, ABOVE_ONE])


def likelihood_of(name: str, n: int = 60, seed: int = 5) -> Likelihood:
    member = moderate(FAMILIES[name])
    return Likelihood(type(member), Sample(member.draw(n, np.random.default_rng(seed))))


def last(surface: Surface, columns: int, rows: int) -> Any:
    *_, grid = surface.refined(columns, rows)
    return grid


def around_example(likelihood: Likelihood, places: tuple[int, int]) -> tuple[Axis, Axis]:
    at = likelihood.family.example
    return region_window(likelihood, places, at, [0.05 * (abs(v) or 1.0) for v in at])


@pytest.mark.parametrize("name", SEVERAL)
def test_every_cell_has_the_log_likelihood_at_its_centre(name: str) -> None:
    likelihood = likelihood_of(name)
    at = likelihood.family.example
    for places in pairs(len(at)):
        axes = around_example(likelihood, places)
        grid = last(Surface(likelihood, axes, at), 9, 7)
        x, y = axes[0].values(9), axes[1].values(7)
        for i, j in ((0, 0), (0, 8), (3, 4), (6, 0), (5, 7)):
            point = list(at)
            point[places[0]], point[places[1]] = x[j], y[6 - i]
            value = likelihood.value(point)
            assert grid[i, j] == (pytest.approx(value, rel=1e-13) if value > -math.inf else value)


@pytest.mark.parametrize("name", SEVERAL)
def test_every_grid_is_whole_and_without_nan(name: str) -> None:
    likelihood = likelihood_of(name, 30)
    grids = list(
        Surface(likelihood, around_example(likelihood, (0, 1)), likelihood.family.example).refined(
            35, 18
        )
    )
    assert len(grids) >= 5
    assert {grid.shape for grid in grids} == {(18, 35)}
    assert not np.isnan(grids).any()
    assert not np.isposinf(grids).any()


@pytest.mark.parametrize("name", MANY)
def test_a_profile_is_nowhere_below_what_it_maximises(name: str) -> None:
    likelihood = likelihood_of(name, 400)
    best = fit(likelihood.family, likelihood.sample)
    axes = region_window(likelihood, (0, 1), best.parameters)
    held = last(Surface(likelihood, axes, best.parameters), 14, 12)
    raised = last(Surface(likelihood, axes, best.parameters, profiled=True), 14, 12)
    assert (raised >= held - 1e-9 * np.abs(held)).all()
    assert raised.max() <= best.log_likelihood + 1e-6 * abs(best.log_likelihood)


@pytest.mark.parametrize("name", MANY)
def test_a_profile_is_highest_near_the_maximum(name: str) -> None:
    likelihood = likelihood_of(name, 2000)
    best = fit(likelihood.family, likelihood.sample).parameters
    axes = region_window(likelihood, (0, 1), best)
    grid = last(Surface(likelihood, axes, best, profiled=True), 20, 15)
    i, j = np.unravel_index(np.argmax(grid), grid.shape)
    # along a narrow ridge a farther cell may meet the ridge better than the nearest one
    fallen = grid.max() - likelihood.value(best)
    assert fallen > -0.5
    assert abs((j + 0.5) / 20 - axes[0].position(best[0])) <= 2.5 / 20
    assert abs(1 - (i + 0.5) / 15 - axes[1].position(best[1])) <= 2.5 / 15


@pytest.mark.parametrize("name", ["student-t", "generalized-gamma", "normal-mixture"])
def test_a_profiled_cell_is_a_fit_with_the_two_held(name: str) -> None:
    likelihood = likelihood_of(name, 800)
    best = fit(likelihood.family, likelihood.sample)
    axes = region_window(likelihood, (0, 1), best.parameters)
    grid = last(Surface(likelihood, axes, best.parameters, profiled=True), 12, 10)
    names = [p.name for p in likelihood.family.parameters()]
    fixed = {names[0]: axes[0].values(12)[8], names[1]: axes[1].values(10)[::-1][3]}
    constrained = fit(likelihood.family, likelihood.sample, fixed, best.parameters)
    assert grid[3, 8] == pytest.approx(constrained.log_likelihood, abs=2e-3)


def test_the_region_of_a_normal_is_the_textbooks() -> None:
    # −2 log Λ = n ((μ − x̄)²/v + s/v − log(s/v) − 1), s the variance of the sample
    likelihood = likelihood_of("normal", 500)
    x = likelihood.sample.values
    mean, variance = x.mean(), x.var()
    axes = region_window(likelihood, (0, 1), (mean, variance))
    grid = last(Surface(likelihood, axes, (mean, variance)), 60, 50)
    mu, v = np.meshgrid(axes[0].values(60), axes[1].values(50)[::-1])
    ratio = x.size * ((mu - mean) ** 2 / v + variance / v - np.log(variance / v) - 1)
    inside = grid >= likelihood.value((mean, variance)) - DROPS[1]
    assert 0.2 < inside.mean() < 0.5
    assert (inside == (ratio <= 5.991464547107979)).all()


def test_drops_are_half_chi_squared_quantiles() -> None:
    assert drops(1)[1] == pytest.approx(3.841458820694124 / 2)
    assert drops(2) == pytest.approx(DROPS)
    assert DROPS[2] == pytest.approx(9.21034037197618 / 2)


def test_a_mixture_has_no_likelihood_where_its_weights_exceed_one() -> None:
    family = FAMILIES["poisson-mixture"].knowing(3)
    member = family.at(family.example)
    likelihood = Likelihood(family, Sample(member.draw(200, np.random.default_rng(3))))
    names = [p.name for p in family.parameters()]
    places = names.index("weight_1"), names.index("weight_2")
    axes = tuple(Axis(place, UNIT, 0.05, 0.95) for place in places)
    for raised in (False, True):
        grid = last(Surface(likelihood, axes, family.example, raised), 12, 12)
        total = np.add.outer(axes[1].values(12)[::-1], axes[0].values(12))
        assert np.isneginf(grid[total > 1 + 1e-9]).all()
        assert np.isfinite(grid[total < 1 - 1e-9]).all()


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_a_slice_is_the_likelihood_along_it_and_its_tangent_the_derivative(name: str) -> None:
    likelihood = likelihood_of(name)
    at = likelihood.family.example
    places = (0, len(at) - 1)
    axis = around_example(likelihood, places)[1]
    values, heights = slice_along(likelihood, axis, 9, at)
    expected = [likelihood.value([*at[:-1], value]) for value in values]
    assert heights.tolist() == pytest.approx(expected, rel=1e-13)
    value, slope = tangent(likelihood, len(at) - 1, at)
    assert value == likelihood.value(at)
    if not likelihood.family.corner:
        numeric = derivative(lambda v: likelihood.value([*at[:-1], v]), at[-1], 1e-4 * abs(at[-1]))
        assert slope == pytest.approx(numeric, rel=1e-5, abs=1e-5 * likelihood.n)


def test_a_profiled_slice_falls_by_the_square_of_the_standard_errors() -> None:
    likelihood = likelihood_of("student-t", 5000)
    best = fit(likelihood.family, likelihood.sample)
    axis = region_window(likelihood, (0, 2), best.parameters)[1]
    values, heights = slice_along(likelihood, axis, 41, best.parameters, profiled=True)
    held = slice_along(likelihood, axis, 41, best.parameters)[1]
    assert best.standard_errors is not None
    distance = (values - best.parameters[2]) / best.standard_errors[2]
    near = np.abs(distance) < 1
    fallen = best.log_likelihood - heights[near]
    assert fallen == pytest.approx(distance[near] ** 2 / 2, rel=0.15, abs=1e-3)
    assert (heights >= held - 1e-6).all()


def test_what_cannot_be_evaluated_is_minus_infinity_and_not_climbed() -> None:
    likelihood = likelihood_of("uniform", 20)
    value, at = profiled(likelihood, {0: 1e9}, [(2.0, 5.0)])
    assert value == -math.inf
    assert at == (1e9, 5.0)


def test_nodes_are_drawn_where_no_picture_can_tell() -> None:
    likelihood = likelihood_of("gev", 60_000)
    assert drawn(likelihood, likelihood.family.example) is likelihood.condensed
    assert likelihood.condensed.size < 1000
    rough = likelihood_of("generalized-normal", 60_000)
    assert drawn(rough, (1.0, 2.0, 0.3)) is rough  # a cusp


def test_uphill_is_a_step_of_gradient_ascent() -> None:
    likelihood = likelihood_of("gamma")
    at = (2.0, 0.7)
    axes = (Axis(0, POSITIVE, 1.0, 5.0), Axis(1, POSITIVE, 0.1, 2.0, mapped=True))
    arrow = np.array(uphill(likelihood, axes, at))
    step = np.array(at) + 1e-7 * likelihood.score(at)
    moved = np.array([a.position(new) - a.position(old) for a, new, old in zip(axes, step, at)])  # noqa: B905
    assert arrow == pytest.approx(moved / np.hypot(*moved), rel=1e-4)


def test_uphill_leads_nowhere_from_the_maximum() -> None:
    likelihood = likelihood_of("gamma")
    best = fit(likelihood.family, likelihood.sample).parameters
    axes = (Axis(0, POSITIVE, 1.0, 5.0), Axis(1, POSITIVE, 0.1, 2.0))
    assert uphill(likelihood, axes, (best[0] * (1 + 1e-9), best[1])) is None
    assert uphill(likelihood, axes, (best[0] * (1 + 1e-4), best[1])) is not None


def test_interpolation_is_exact_for_planes_and_safe_beside_nothing() -> None:
    field = np.add.outer(np.arange(3.0), 10.0 * np.arange(4.0))
    between = bilinear(field, np.array([0.0, 0.25, 1.5, 9.0]), np.array([-1.0, 0.5, 2.75]))
    assert between == pytest.approx(np.add.outer([0.0, 0.25, 1.5, 2.0], [0.0, 5.0, 27.5]))
    field[0, 0] = -np.inf
    beside = bilinear(field, np.array([0.0, 0.4, 0.6]), np.array([0.0, 0.4, 0.6, 1.0]))
    assert not np.isnan(beside).any()
    assert np.isneginf(beside).sum() == 4


def inner(domain: Domain) -> st.SearchStrategy[float]:
    """Any number of a domain, moderate or at its edge."""
    if domain == REAL:
        return st.floats(-1e308, 1e308)
    return st.floats(domain.lower, min(domain.upper, 1e280))


@given(st.data(), DOMAINS, st.booleans())
def test_an_axis_never_leaves_its_domain(data: st.DataObject, domain: Domain, mapped: bool) -> None:
    a, b = (
        domain.unconstrain(v) if mapped else v
        for v in sorted(data.draw(inner(domain)) for _ in "ab")
    )
    axis = Axis.between(0, domain, a, b, mapped=mapped)
    factor = data.draw(st.floats(1e-6, 1e6))
    about = data.draw(inner(domain))
    for each in (
        axis,
        axis.zoomed(factor, about),
        axis.panned(data.draw(st.floats(-1e3, 1e3))),
        axis.zoomed(1e-6, about).panned(-0.5).zoomed(1e6, about),
    ):
        values = each.values(7)
        assert np.isfinite(values).all()
        assert each.low < each.high
        assert all(domain.contains(v) for v in (each.low, each.high, *values.tolist()))
        assert (np.diff(values) >= 0).all()
        assert (values >= each.low).all()
        assert (values <= each.high).all()
        assert domain.contains(each.value(-5.0))
        assert domain.contains(each.value(5.0))


@given(DOMAINS, st.floats(0.01, 0.9), st.floats(0.02, 3.0), st.floats(-0.5, 1.5), st.booleans())
def test_position_and_value_are_inverse_and_zooming_keeps_its_place(
    domain: Domain, low: float, width: float, fraction: float, mapped: bool
) -> None:
    low, high = (low + 1, low + 1 + width) if domain == ABOVE_ONE else (low, low + width)
    axis = Axis(0, domain, low, min(high, 0.99) if domain == UNIT else high, mapped)
    if not axis.low < axis.high:
        return
    value = axis.value(fraction)
    if domain.lower < value < domain.upper:
        assert axis.position(value) == pytest.approx(fraction, abs=1e-9)
        assert axis.positions(np.array([value, math.nan]))[0] == axis.position(value)
    middle = axis.value(0.3)
    step = 1e-3 * (middle - axis.low)
    assert derivative(axis.position, middle, step) == pytest.approx(axis.speed(middle), rel=1e-6)
    assert axis.zoomed(2.0, middle).position(middle) == pytest.approx(0.3, abs=1e-6)


@given(st.data(), st.sampled_from(SEVERAL), st.integers(0, 99))
def test_a_window_holds_start_maximum_and_four_standard_errors(
    data: st.DataObject, name: str, seed: int
) -> None:
    likelihood = likelihood_of(name, 50, seed)
    declared = likelihood.family.parameters()
    best = likelihood.family.example
    start = [
        data.draw(st.floats(-1e3, 1e3) if p.domain == REAL else inner(p.domain)) for p in declared
    ]
    errors = data.draw(st.none() | st.just([0.1 * (abs(v) or 1.0) for v in best]))
    wild = [math.nan, math.inf, -math.inf]
    junk = [[data.draw(st.sampled_from(wild)) for _ in best] for _ in range(2)]
    mapped = data.draw(st.sampled_from([None, False, True]))
    axes = window(likelihood, (0, 1), np.array([start, *junk, best]), errors, mapped)
    for axis in axes:
        for value in (start[axis.place], best[axis.place]):
            assert -1e-9 <= axis.position(value) <= 1 + 1e-9
        assert axis.domain.contains(axis.low)
        assert axis.domain.contains(axis.high)
        if errors and not axis.mapped:
            for sign in (-4, 4):
                end = best[axis.place] + sign * errors[axis.place]
                inside = axis.domain.lower < end < axis.domain.upper
                assert not inside or -1e-9 <= axis.position(end) <= 1 + 1e-9


def test_a_window_leaves_out_where_a_path_was_thrown() -> None:
    likelihood = likelihood_of("normal", 1000)
    best = (7.2, 7.84)
    errors = standard_errors(likelihood, best)
    points = np.array([[0.0, 1.0], [3.0, 2e-308], [1e17, 1e33], [6.0, 30.0], best])
    x, y = window(likelihood, (0, 1), points, errors)
    assert -2.0 < x.low < 0.0
    assert 7.2 < x.high < 9.0
    assert 0.0 < y.low < 1.0
    assert 30.0 < y.high < 100.0


def test_a_wide_positive_parameter_is_logarithmic_and_a_narrow_one_is_not() -> None:
    likelihood = likelihood_of("gamma")
    wide = window(likelihood, (0, 1), np.array([[0.1, 0.4], [3.0, 0.5]]), None)
    assert [axis.mapped for axis in wide] == [True, False]
    forced = window(likelihood, (1, 0), np.array([[0.1, 0.4], [3.0, 0.5]]), None, mapped=False)
    assert [(axis.place, axis.mapped) for axis in forced] == [(1, False), (0, False)]


@pytest.mark.parametrize("name", ["uniform", "pareto", "laplace"])
def test_the_region_at_a_corner_is_as_wide_as_the_likelihood_falls(name: str) -> None:
    likelihood = likelihood_of(name, 200)
    best = fit(likelihood.family, likelihood.sample).parameters
    axes = region_window(likelihood, (0, 1), best)
    grid = last(Surface(likelihood, axes, best), 40, 40)
    inside = grid > likelihood.value(best) - DROPS[2]
    assert 0.02 < inside.mean() < 0.6


def test_a_window_along_one_parameter_is_the_one_of_the_pair() -> None:
    likelihood = likelihood_of("exponential")
    points = np.array([[0.2], [0.5]])
    axis = window_along(likelihood, 0, points, [0.05])
    assert (axis, axis) == window(likelihood, (0, 0), points, [0.05])
    assert axis.low < 0.2
    assert axis.high > 0.7 - 1e-12


def test_pairs_are_all_and_each_once() -> None:
    assert pairs(2) == ((0, 1),)
    assert len({frozenset(pair) for pair in pairs(5)}) == len(pairs(5)) == 10
    assert pairs(1) == ()
