"""Coordinates that hold parameters: their derivatives, and every optimizer in them."""

import dataclasses
import itertools

import numpy as np
import pytest

from engine import Experiment, InvalidExperiment, Training
from engine.distributions import FAMILIES
from engine.fits.fitting import fit
from engine.likelihoods.coordinates import COORDINATES
from engine.likelihoods.likelihood import Likelihood
from engine.optimizers import OPTIMIZERS
from engine.reports.report import report
from engine.runs.holding import Holding
from engine.samples.sample import Sample

from .helpers import derivative, record, refusal

CASES = [
    (family, system, held)
    for family in ("normal", "gamma", "student-t", "negative-binomial")
    for system in COORDINATES
    for k in [len(FAMILIES[family].parameters())]
    for size in range(1, k)
    for held in itertools.combinations(range(k), size)
]
GAMMA = Experiment.of({"family": "gamma", "n": 300, "validation": 0.0, "epochs": 3000})
HOPPING = {"rmsprop", "nadam", "lion", "adadelta"}
"""Methods that need a schedule that decays, or very long, to come to rest."""


def held_over(family, system, held):
    """Coordinates over a small sample, away from the maximum, and a place in them."""
    made = FAMILIES[family]
    sample = Sample(made.at(made.example).draw(60, np.random.default_rng(5)))
    start = tuple(1.1 * value for value in made.example)
    likelihood = Likelihood(made, sample)
    inner = COORDINATES[system](likelihood, start)
    coordinates = Holding(inner, start, {i: start[i] for i in held})
    return coordinates, np.array(coordinates.place(start))


def along(function, z, i):
    """A function of one coordinate."""

    def moved(value):
        return function([*z[:i], value, *z[i + 1 :]])

    return moved


@pytest.mark.parametrize(("family", "system", "held"), CASES)
def test_the_score_and_the_curvature_are_derivatives(family, system, held):
    coordinates, place = held_over(family, system, held)
    z = place.tolist()
    free = len(z)
    assert free == len(FAMILIES[family].parameters()) - len(held)
    score = coordinates.score(*z)
    step = 1e-3
    slope = [derivative(along(coordinates.value, z, i), z[i], step * z[i]) for i in range(free)]
    assert score == pytest.approx(slope, rel=1e-6, abs=1e-8)
    curvature = coordinates.curvature(z)
    bend = [
        derivative(along(lambda p: coordinates.score(*p), z, i), z[i], step * z[i])
        for i in range(free)
    ]
    assert curvature.shape == (free, free)
    assert curvature == pytest.approx(-np.array(bend), rel=1e-5, abs=1e-7)


@pytest.mark.parametrize(("family", "system", "held"), CASES)
def test_the_expected_curvature_is_that_of_the_free_ones(family, system, held):
    coordinates, place = held_over(family, system, held)
    whole = coordinates.inner.expected(coordinates.inner.place(coordinates.constrain(place)))
    free = list(coordinates.free)
    assert coordinates.expected(place) == pytest.approx(whole[np.ix_(free, free)], rel=1e-9)


@pytest.mark.parametrize(("family", "system", "held"), CASES)
def test_places_and_parameters_are_each_others_inverse(family, system, held):
    coordinates, place = held_over(family, system, held)
    parameters = coordinates.constrain(place.tolist())
    assert coordinates.place(parameters) == pytest.approx(place, rel=1e-12)
    (row,) = coordinates.parameters(place[None, :]).tolist()
    assert row == pytest.approx(parameters, rel=1e-14)
    for i in held:
        assert row[i] == parameters[i] == coordinates.held[i]
    assert all(0 <= i < len(place) for i, _, _ in coordinates.bounds)
    other = coordinates.over(Likelihood(coordinates.likelihood.family, Sample(np.array([2.0, 3]))))
    assert other.constrain(place.tolist()) == parameters


@pytest.mark.parametrize("system", COORDINATES)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_learns_what_is_free_or_says_that_it_cannot(name, system):
    rate = OPTIMIZERS[name].rate
    experiment = dataclasses.replace(
        GAMMA, optimizer=name, learning_rate=rate, coordinates=system, fixed={"shape": 1.5}
    )
    told = refusal(InvalidExperiment, Training, experiment)
    assert bool(told) == (name == "em")
    if told:
        assert told == (
            "optimizer: the EM algorithm holds no parameter; free it or choose another one."
        )
        return
    training = Training(experiment)
    tape = record(training)
    assert set(tape.parameters()[:, 0].tolist()) == {1.5}
    if system == "written":
        return  # where a rate may be too large for the scale of a parameter
    best = fit(training.family, training.sample, fixed={"shape": 1.5})
    reached = tape[tape.stop.best]
    assert best.log_likelihood - reached.train < (5.0 if name in HOPPING else 1e-6)


@pytest.mark.parametrize(
    ("fixed", "told"),
    [
        ({"shape": 1.0, "rate": 1.0}, "fixed holds every parameter; leave one free to be learned."),
        ({"nix": 1.0}, "fixed.nix is not a parameter of gamma, which has shape and rate."),
        ({"shape": -1.0}, "fixed.shape must be a number above 0, not -1."),
    ],
)
def test_what_cannot_be_held_is_told(fixed, told):
    assert refusal(InvalidExperiment, lambda: dataclasses.replace(GAMMA, fixed=fixed)) == told


def test_a_report_compares_with_the_maximum_of_what_is_free():
    training = Training(Experiment(fixed={"mean": 0.0}, n=500, optimizer="newton"))
    tape = record(training)
    whole = fit(training.family, training.sample, {"mean": 0.0})
    part = fit(training.family, training.ground.trained, {"mean": 0.0})
    told = report(training, tape)
    assert told.sample_mle == pytest.approx(whole.parameters, rel=1e-12)
    assert told.early == pytest.approx((0.0, 0.0), abs=1e-4)
    assert told.standard_errors == pytest.approx(part.standard_errors, rel=1e-6)
    assert told.price.training_distance < 1e-4
    assert Training(Experiment(n=500)).sample_mle[0] > 6.0
