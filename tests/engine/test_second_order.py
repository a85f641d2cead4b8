"""Optimizers that look at more than the gradient: what they promise, by hand and on families."""

import copy
import math

import numpy as np
import pytest
import scipy

from engine.distributions import FAMILIES
from engine.fits.curvature import score_in_standard_errors
from engine.fits.fitting import fit
from engine.likelihoods.coordinates import COORDINATES
from engine.likelihoods.likelihood import Likelihood
from engine.optimizers.barzilai_borwein import BarzilaiBorwein
from engine.optimizers.bfgs import BFGS
from engine.optimizers.conjugate_gradient import ConjugateGradient
from engine.optimizers.coordinate_ascent import CoordinateAscent
from engine.optimizers.em import EM
from engine.optimizers.fisher_scoring import FisherScoring
from engine.optimizers.lbfgs import LBFGS
from engine.optimizers.line_search import Line, backtracking, climbing, strong_wolfe
from engine.optimizers.nelder_mead import NelderMead, Simplex
from engine.optimizers.newton import Newton
from engine.runs.ascent import ascend
from engine.samples.sample import Sample
from engine.stopping import VANISHING

LEARNING = (ConjugateGradient, BarzilaiBorwein, BFGS, LBFGS)
CURVED = (Newton, FisherScoring, CoordinateAscent)
CLIMBING = (*LEARNING, *CURVED, NelderMead)
METHODS = (*CLIMBING, EM)
EVERY = pytest.mark.parametrize("method", METHODS, ids=lambda m: m.name)
ALL_BUT_EM = pytest.mark.parametrize("method", CLIMBING, ids=lambda m: m.name)

LATENT = ("student-t", "normal-mixture", "poisson-mixture")
FIVE = ("normal", "gamma", "weibull", "negative-binomial", "student-t")
SYSTEMS = ("standardized", "unconstrained")

ON_A_PARABOLOID = {
    ConjugateGradient: 5,
    BarzilaiBorwein: 60,
    BFGS: 8,
    LBFGS: 8,
    Newton: 1,
    FisherScoring: 1,
    CoordinateAscent: 60,
}
"""Epochs to the top of a paraboloid over four coordinates."""

TO_THE_VALUE = {
    ConjugateGradient: 15,
    BarzilaiBorwein: 55,
    BFGS: 12,
    LBFGS: 12,
    Newton: 10,
    FisherScoring: 12,
    CoordinateAscent: 60,
    NelderMead: 180,
    EM: 20,
}
"""Epochs to a log-likelihood within 1e-8 of the highest, from a guess and from afar."""

TO_THE_TOP = {
    ConjugateGradient: 30,
    BarzilaiBorwein: 60,
    BFGS: 16,
    LBFGS: 16,
    Newton: 12,
    FisherScoring: 14,
    CoordinateAscent: 120,
    EM: 45,
}
"""Epochs to a score that vanishes."""


class Surface:
    """A surface from functions that stands in for coordinates, and counts what is asked of it."""

    def __init__(self, value, score, curvature=None, bounds=()):
        self.asked = 0
        self.bounds = bounds
        self._value, self._score, self._curvature = value, score, curvature

    def value(self, z):
        self.asked += 1
        return float(self._value(np.array(z)))

    def score(self, *z):
        self.asked += 1
        return tuple(float(g) for g in self._score(np.array(z)))

    def curvature(self, z):
        self.asked += 1
        return self._curvature(np.array(z))

    def expected(self, z):
        return self._curvature(np.array(z))


def paraboloid(matrix, top):
    """−½ (z − top)ᵀ matrix (z − top)."""
    matrix = np.array(matrix, dtype=float)
    return Surface(
        lambda z: -0.5 * (z - top) @ matrix @ (z - top),
        lambda z: -matrix @ (z - top),
        lambda z: matrix,
    )


def steep():
    """A paraboloid over four coordinates with curvatures from 1 to 20, and turned."""
    turn = np.linalg.qr(np.random.default_rng(2).normal(size=(4, 4)))[0]
    return paraboloid(turn @ np.diag([1.0, 3.0, 9.0, 20.0]) @ turn.T, np.array([1.0, -2, 3, 0.5]))


def rosenbrock():
    """Minus Rosenbrock's banana."""
    f, g, h = scipy.optimize.rosen, scipy.optimize.rosen_der, scipy.optimize.rosen_hess
    return Surface(lambda z: -f(z), lambda z: -g(z), h)


class Counting:
    """Coordinates that count the passes over their sample."""

    def __init__(self, coordinates):
        self.asked = 0
        self.free, self.bounds = coordinates.free, coordinates.bounds
        self.likelihood = coordinates.likelihood
        self.expected = coordinates.expected
        for name in ("value", "score", "curvature", "improved"):
            setattr(self, name, self._counted(getattr(coordinates, name)))

    def _counted(self, function):
        def counted(*arguments):
            self.asked += 1
            return function(*arguments)

        return counted


def drawn(name, n=2000):
    """Likelihood of a sample of a family's example."""
    family = FAMILIES[name]
    draws = family.at(family.example).draw(n, np.random.default_rng(1))
    return Likelihood(family, Sample(np.asarray(draws, dtype=float)))


def far(family):
    """Return parameters a long way from the example."""
    values = []
    for declared, value in zip(family.parameters(), family.example, strict=True):
        if declared.domain.lower == -math.inf:
            values.append(4 * value + 3)
        else:
            values.append(0.5 * value if declared.domain.upper == 1 else 5 * value)
    return tuple(values)


def walk(optimizer, surface, z, epochs):
    """Places that ascent visits, from the start on."""
    path = ascend(surface, optimizer, [1.0] * epochs, z, optimizer.init(surface, z))
    return path.visited


def uphill(optimizer, surface, z):
    """Take one step: the place it leads to, the state after it, and its evaluations."""
    state = optimizer.init(surface, z)
    return after(optimizer, surface, z, state)


def after(optimizer, surface, z, state):
    direction, state, extra = optimizer.step(surface, z, surface.score(*z), state)
    return [a + d for a, d in zip(z, direction, strict=True)], state, extra


@EVERY
def test_a_method_says_what_it_is(method):
    optimizer = method()
    assert optimizer.rate == 1.0
    assert optimizer.update
    assert optimizer.reference
    assert set(optimizer.needs) <= {"value", "score", "curvature", "expectation"}


@pytest.mark.parametrize("method", ON_A_PARABOLOID, ids=lambda m: m.name)
def test_the_top_of_a_paraboloid_is_reached(method):
    surface, z = steep(), [0.0, 0.0, 0.0, 0.0]
    last = walk(method(), surface, z, ON_A_PARABOLOID[method])[-1]
    assert surface.score(*last) == pytest.approx([0.0] * 4, abs=1e-7)


def test_nelder_and_mead_reach_the_top_of_a_paraboloid():
    surface = steep()
    last = walk(NelderMead(), surface, [0.0, 0.0, 0.0, 0.0], 300)[-1]
    assert surface.value(last) == pytest.approx(0.0, abs=1e-10)


def test_newton_divides_by_the_curvature():
    z, _, extra = uphill(Newton(), paraboloid([[2, 0], [0, 8]], [0.0, 3.0]), [1.0, 1.0])
    assert z == pytest.approx([0.0, 3.0], abs=1e-12)
    assert extra == 3  # the curvature, the value here and there


def test_newton_turns_around_where_the_surface_is_not_concave():
    # the saddle -x² + 4y² at (1, 1/8): g = (-2, 1) and |J| = diag(2, 8)
    surface = paraboloid([[2, 0], [0, -8]], [0.0, 0.0])
    z, _, _ = uphill(Newton(), surface, [1.0, 0.125])
    assert z == pytest.approx([0.0, 0.25])


def test_fisher_divides_by_the_expected_information():
    # of a normal with variance v it is diag(1/v, 1/2v²), so that the step leads to the mean
    # and to the mean square around where it begins: (1 + 0 + 1 + 16)/4
    likelihood = Likelihood(FAMILIES["normal"], Sample(np.array([1.0, 2.0, 3.0, 6.0])))
    coordinates = COORDINATES["written"](likelihood, (2.0, 4.0))
    z, _, extra = uphill(FisherScoring(), coordinates, [2.0, 4.0])
    assert z == pytest.approx([3.0, 4.5], rel=1e-5)
    assert extra == 2


def test_barzilai_and_borwein_divide_by_the_last_curvature():
    # g = (-1, -4), so s = g/√17 and sᵀs/sᵀy = 17/(1 + 4 · 16)
    surface, rule = paraboloid([[1, 0], [0, 4]], [0.0, 0.0]), BarzilaiBorwein()
    first, state, _ = uphill(rule, surface, [1.0, 1.0])
    assert first == pytest.approx([1 - 1 / 17**0.5, 1 - 4 / 17**0.5])
    second, _, _ = after(rule, surface, first, state)
    assert second == pytest.approx([first[0] * (1 - 17 / 65), first[1] * (1 - 4 * 17 / 65)])


@pytest.mark.parametrize("rule", [BFGS(), LBFGS()], ids=lambda r: r.name)
def test_bfgs_learns_the_curvature(rule):
    # the first line has its top at 0.4, where g = (-0.24, 0.24); s = (-0.16, -0.16) and
    # y = (-0.16, -0.64) give H g = 5/17 (-0.384, 0.096), which points to the top
    surface = paraboloid([[1, 0], [0, 4]], [0.0, 0.0])
    first, state, _ = uphill(rule, surface, [0.4, 0.1])
    assert first == pytest.approx([0.24, -0.06])
    second, state, _ = after(rule, surface, first, state)
    assert second == pytest.approx([0.0, 0.0], abs=1e-12)
    if isinstance(rule, BFGS):
        turned = np.array(state.inverse) @ state.gradient
        assert turned == pytest.approx([-5 / 17 * 0.384, 5 / 17 * 0.096])
    else:
        assert np.array(state.pairs) == pytest.approx(np.array([[[-0.16, -0.16], [-0.16, -0.64]]]))


def test_the_second_conjugate_direction_leads_to_the_top():
    # β = 0.1152/0.32, d = (-0.24, 0.24) + β (-0.4, -0.4) = (-0.384, 0.096)
    surface, rule = paraboloid([[1, 0], [0, 4]], [0.0, 0.0]), ConjugateGradient()
    first, state, _ = uphill(rule, surface, [0.4, 0.1])
    assert first == pytest.approx([0.24, -0.06])
    second, state, _ = after(rule, surface, first, state)
    assert state.direction == pytest.approx([-0.384, 0.096])
    assert second == pytest.approx([0.0, 0.0], abs=1e-12)


def test_limited_memory_is_bfgs_while_there_is_one_pair():
    z = [-1.2, 1.0]
    full, limited = (walk(rule, rosenbrock(), z, 2) for rule in (BFGS(), LBFGS()))
    assert np.array(full) == pytest.approx(np.array(limited), rel=1e-9)


def test_limited_memory_forgets():
    surface, rule, z = rosenbrock(), LBFGS(memory=3), [-1.2, 1.0]
    state = rule.init(surface, z)
    for _ in range(10):
        z, state, _ = after(rule, surface, z, state)
    assert len(state.pairs) == 3


def test_nelder_and_mead_go_the_published_way():
    # Mathews & Fink, Numerical Methods Using MATLAB, example 8.6, in two stretches: at its
    # fifth triangle two points of equal value leave the way to rounding
    def f(z):
        return z[0] ** 2 - 4 * z[0] + z[1] ** 2 - z[1] - z[0] * z[1]

    surface = Surface(lambda z: -f(z), lambda z: (0.0, 0.0))
    stretches = [
        [
            ((1.2, 0.0), (0.0, 0.8), (0.0, 0.0)),
            ((1.8, 1.2), (1.2, 0.0), (0.0, 0.8)),
            ((1.8, 1.2), (3.0, 0.4), (1.2, 0.0)),
            ((3.6, 1.6), (1.8, 1.2), (3.0, 0.4)),
            ((3.6, 1.6), (2.4, 2.4), (1.8, 1.2)),
        ],
        [
            ((2.4, 1.6), (2.4, 2.4), (3.6, 1.6)),
            ((3.0, 1.8), (2.4, 1.6), (2.4, 2.4)),
            ((3.0, 1.8), (2.55, 2.05), (2.4, 1.6)),
            ((3.0, 1.8), (3.15, 2.25), (2.55, 2.05)),
            ((3.0, 1.8), (2.8125, 2.0375), (3.15, 2.25)),
        ],
    ]
    for first, *published in stretches:
        z, state = list(first[0]), Simplex(first, tuple(-f(v) for v in first))
        for vertices in published:
            z, state, _ = after(NelderMead(), surface, z, state)
            assert {tuple(round(a, 10) for a in v) for v in state.vertices} == set(vertices)
            assert f(z) == pytest.approx(f(vertices[0]))


@EVERY
def test_a_step_changes_nothing_that_it_was_given(method):
    likelihood = drawn("student-t", 100)
    start = far(likelihood.family)
    coordinates = COORDINATES["standardized"](likelihood, start)
    rule, z = method(), list(coordinates.place(start))
    state = rule.init(coordinates, z)
    for _ in range(6):
        gradient = coordinates.score(*z)
        kept = copy.deepcopy((z, gradient, state))
        direction, following, extra = rule.step(coordinates, z, gradient, state)
        assert (z, gradient, state) == kept
        assert rule.step(coordinates, z, gradient, state) == (direction, following, extra)
        z, state = [a + d for a, d in zip(z, direction, strict=True)], following


@EVERY
@pytest.mark.parametrize("system", COORDINATES)
def test_every_evaluation_is_counted(method, system):
    likelihood = drawn("student-t", 200)
    start = far(likelihood.family)
    coordinates = Counting(COORDINATES[system](likelihood, start))
    rule = method()
    z = COORDINATES[system](likelihood, start).place(start)
    state, told = rule.init(coordinates, z), 0
    coordinates.asked = 0
    for _ in range(25):
        z, state, extra = after(rule, coordinates, z, state)
        told += 1 + extra
    unused = 25 if method in (NelderMead, EM) else 0
    assert coordinates.asked - unused == told


@pytest.mark.parametrize("method", TO_THE_VALUE, ids=lambda m: m.name)
@pytest.mark.parametrize("name", FIVE)
def test_the_fit_is_reached_from_near_and_far(method, name):
    if method is EM and name not in LATENT:
        pytest.skip("no EM algorithm")
    likelihood = drawn(name)
    family = likelihood.family
    best = fit(family, likelihood.sample).log_likelihood
    for start in (family.guess(likelihood.sample).values(), far(family)):
        for system in SYSTEMS:
            coordinates = COORDINATES[system](likelihood, start)
            epochs = TO_THE_TOP.get(method, TO_THE_VALUE[method])
            places = walk(method(), coordinates, coordinates.place(start), epochs)
            parameters = coordinates.parameters(np.array(places)).tolist()
            near = likelihood.value(parameters[TO_THE_VALUE[method]])
            assert near == pytest.approx(best, rel=1e-8), (start, system)
            if method in TO_THE_TOP:
                score = min(score_in_standard_errors(likelihood, p) for p in parameters[-5:])
                assert score <= VANISHING, (start, system)


@pytest.mark.parametrize("name", LATENT)
def test_a_step_of_em_never_lowers_the_likelihood(name):
    likelihood = drawn(name, 300)
    family = likelihood.family
    starts = [family.guess(likelihood.sample).values(), family.example]
    if name == "student-t":
        starts += [far(family), (-20.0, 0.3, 0.05), (0.0, 1.0, 1e5)]
    for start in starts:
        values = likelihood.values(em_path(likelihood, start, 60))
        assert np.isfinite(values).all()
        assert (np.diff(values) >= -1e-12 * np.abs(values[1:])).all()
        assert values[-1] > values[0]


def em_path(likelihood, start, epochs):
    """Parameters that the EM algorithm goes through."""
    coordinates = COORDINATES["unconstrained"](likelihood, start)
    places = walk(EM(), coordinates, coordinates.place(start), epochs)
    return coordinates.parameters(np.array(places))


def test_em_of_a_t_weighs_what_is_far_off_down():
    # ν = 2, z = (-1, 0, 1, 4): the weights 3/(2 + z²) are 1, 3/2, 1 and 1/6
    family, x = FAMILIES["student-t"], np.array([-1.0, 0.0, 1.0, 4.0])
    points = family.condense(Sample(x))
    location, scale, df = family.improved(points, (0.0, 1.0, 2.0))
    weights = np.array([1, 1.5, 1, 1 / 6])
    assert location == pytest.approx((4 / 6) / (11 / 3))
    assert scale == pytest.approx(math.sqrt(weights @ (x - location) ** 2 / 4))
    assert family.mean_score(points, location, scale, df)[2] == pytest.approx(0.0, abs=1e-10)


def test_em_of_a_t_bounds_the_degrees_of_freedom():
    # uniform values have lighter tails than any t
    points = FAMILIES["student-t"].condense(Sample(np.linspace(-1.0, 1.0, 99)))
    assert FAMILIES["student-t"].improved(points, (0.0, 1.0, 5.0))[2] == pytest.approx(1e4)


def test_a_family_without_em_says_so():
    likelihood = drawn("gamma", 50)
    start = FAMILIES["gamma"].example
    coordinates = COORDINATES["written"](likelihood, start)
    message = "^gamma has no EM algorithm; choose another optimizer$"
    with pytest.raises(ValueError, match=message):
        EM().init(coordinates, coordinates.place(start))


@pytest.mark.parametrize("at", [(-1.2, 1.0), (0.0, 0.0), (2.0, 2.0), (-1.0, -3.0)])
@pytest.mark.parametrize("flat", [0.9, 0.1])
@pytest.mark.parametrize("first", [1e-5, 1e-3, 1.0, 1e3])
def test_strong_wolfe_finds_a_length_with_both_conditions(at, flat, first):
    surface = rosenbrock()
    g = surface.score(*at)
    line, surface.asked = Line(surface, at, g, g), 0
    length, evaluations = strong_wolfe(line, first=first, flat=flat)
    assert evaluations == surface.asked
    here = line.at(length)
    assert surface.value(here) >= surface.value(at) + 1e-4 * length * line.slope
    assert abs(line.slope_at(here)) <= flat * line.slope


@pytest.mark.parametrize("search", [backtracking, strong_wolfe])
def test_a_search_stays_where_there_is_a_value(search):
    # log z - z has none at z <= 0
    surface = Surface(
        lambda z: np.log(z[0]) - z[0] if z[0] > 0 else -np.inf, lambda z: 1 / z - 1, bounds=()
    )
    length, evaluations = search(Line(surface, [3.0], (-2 / 3,), [-100.0]))
    assert 0 < length < 0.03
    assert evaluations == surface.asked
    bounded = Surface(surface._value, surface._score, bounds=((0, 0.0, math.inf),))
    length, _ = search(Line(bounded, [3.0], (-2 / 3,), [-3.2]))
    assert 3.0 - 3.2 * length > 0
    length, _ = search(Line(bounded, [3.0], (-2 / 3,), [-1.0]))
    assert length == 1.0


@pytest.mark.parametrize("search", [backtracking, strong_wolfe])
def test_a_search_finds_nothing_where_nothing_rises(search):
    surface = paraboloid([[1.0]], [0.0])
    assert search(Line(surface, [1.0], (-1.0,), [1.0])) == (0.0, 0)
    assert search(Line(surface, [1.0], (math.nan,), [1.0])) == (0.0, 0)
    lying = Surface(lambda z: -abs(z[0]), lambda z: (-1.0 if z[0] > 0 else 1.0,))
    length, evaluations = search(Line(lying, [0.0], (1.0,), [1.0]))
    assert length <= 1e-14
    assert evaluations == lying.asked


def test_climbing_falls_back_on_the_gradient():
    surface = paraboloid([[1.0, 0.0], [0.0, 1.0]], [0.0, 0.0])
    line = Line(surface, [3.0, 4.0], (-3.0, -4.0), [math.nan, 1.0])
    step, length, evaluations = climbing(backtracking, line)
    assert step == pytest.approx([-0.6, -0.8])
    assert length == pytest.approx(0.2)
    assert evaluations == surface.asked


@ALL_BUT_EM
def test_no_direction_is_nan(method):
    nowhere = Surface(
        lambda z: -math.inf, lambda z: z * math.nan, lambda z: np.full((2, 2), math.nan)
    )
    z, _, _ = uphill(method(), nowhere, [1.0, 2.0])
    assert z == [1.0, 2.0]


@pytest.mark.parametrize("method", [*LEARNING, *CURVED], ids=lambda m: m.name)
def test_a_method_goes_on_by_the_gradient_where_values_are_rounding(method):
    # a rise of 1e-16 at a value of -1e3 is not seen
    matrix = np.diag([1.0, 2.0])
    surface = Surface(
        lambda z: -1e3 - 0.5 * z @ matrix @ z, lambda z: -matrix @ z, lambda z: matrix
    )
    last = walk(method(), surface, [1e-8, -1e-8], 12)[-1]
    assert surface.score(*last) == pytest.approx([0.0, 0.0], abs=1e-11)
