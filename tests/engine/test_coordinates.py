"""Every system of coordinates maps there and back, and holds the gradient by the chain rule."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.distributions import FAMILIES
from engine.likelihoods.coordinates import COORDINATES, Unconstrained
from engine.likelihoods.likelihood import Likelihood
from engine.samples.sample import Sample

from .helpers import ROUGH, derivative, members, moderate, samples

SYSTEMS = pytest.mark.parametrize("system", COORDINATES.values(), ids=COORDINATES)
FAMILY = pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)


@SYSTEMS
@FAMILY
@given(st.data())
def test_score_is_the_gradient_in_the_coordinates(family, system, data):
    if family.name in ROUGH:
        pytest.skip("the likelihood has kinks")
    likelihood = Likelihood(family, data.draw(samples(family)))
    coordinates = system(likelihood, data.draw(members(family)).values())
    z = coordinates.place(data.draw(members(family)).values())

    def mean_at(i, value):
        place = np.array([[*z[:i], value, *z[i + 1 :]]])
        return likelihood.values(coordinates.parameters(place))[0] / likelihood.n

    for i, found in enumerate(coordinates.score(*z)):
        with np.errstate(invalid="ignore"):
            slope = derivative(lambda v, i=i: mean_at(i, v), z[i], 1e-4 * (1 + abs(z[i])))
        assume(np.isfinite(slope))  # else a value is outside of a support that moves
        assert found == pytest.approx(slope, rel=1e-5, abs=1e-5)


@SYSTEMS
@FAMILY
def test_value_and_curvature_are_those_of_the_surface(family, system):
    if family.name in ROUGH:
        pytest.skip("the likelihood has kinks")
    member = moderate(family)
    sample = Sample(member.draw(200, np.random.default_rng(3)))
    likelihood = Likelihood(family, sample)
    coordinates = system(likelihood, member.values())
    z = coordinates.place(member.values())
    assert coordinates.value(z) == pytest.approx(likelihood.value(member.values()) / 200)
    curvature = coordinates.curvature(z)
    for i, value in enumerate(z):
        bend = derivative(
            lambda v, i=i: np.array(coordinates.score(*z[:i], v, *z[i + 1 :])), value, 1e-4
        )
        assert curvature[i] == pytest.approx(-bend, rel=1e-4, abs=1e-5)


def test_outside_the_bounds_and_where_doubles_end_there_is_no_value():
    normal = FAMILIES["normal"]
    likelihood = Likelihood(normal, Sample(np.array([1.0, 2.0, 4.0])))
    assert COORDINATES["written"](likelihood, (1.0, 1.0)).value((1.0, -1.0)) == -np.inf
    assert COORDINATES["unconstrained"](likelihood, (1.0, 1.0)).value((1.0, 1e4)) == -np.inf


@SYSTEMS
@FAMILY
@given(st.data())
def test_places_map_to_parameters_row_by_row_and_back(family, system, data):
    likelihood = Likelihood(family, data.draw(samples(family)))
    rows = [m.values() for m in data.draw(st.lists(members(family), min_size=1, max_size=5))]
    coordinates = system(likelihood, rows[0])
    places = np.array([coordinates.place(row) for row in rows])
    parameters = coordinates.parameters(places)
    assert parameters == pytest.approx(np.array(rows), rel=1e-12, abs=1e-12)
    again = np.array([coordinates.place(row) for row in parameters.tolist()])
    assert again == pytest.approx(places, rel=1e-12, abs=1e-12)
    assert coordinates.parameters(places[:0]).shape == (0, len(rows[0]))


@SYSTEMS
@FAMILY
def test_bounds_are_the_edges_of_the_domains(family, system):
    member = moderate(family)
    likelihood = Likelihood(family, Sample(member.draw(50, np.random.default_rng(3))))
    coordinates = system(likelihood, member.values())
    domains = [p.domain for p in family.parameters()]
    assert all(
        (low, high) == (domains[i].lower, domains[i].upper) for i, low, high in coordinates.bounds
    )
    assert not (isinstance(coordinates, Unconstrained) and coordinates.bounds)


@FAMILY
@given(st.data())
def test_standardized_coordinates_have_unit_curvature_at_the_maximum(family, data):
    likelihood = Likelihood(family, data.draw(samples(family)))
    best = likelihood.maximum()
    if best is None or family.corner:
        pytest.skip(f"{family.name} has no formula for a maximum with curvature")
    coordinates = COORDINATES["standardized"](likelihood, best)
    z = coordinates.place(best)
    for i, value in enumerate(z):
        bend = derivative(lambda v, i=i: coordinates.score(*z[:i], v, *z[i + 1 :])[i], value, 1e-3)
        assert bend == pytest.approx(-1.0, rel=1e-4)
