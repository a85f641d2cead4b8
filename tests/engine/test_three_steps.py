"""The first three steps of the methods with curvature, against their recurrences written anew."""

import numpy as np
import pytest

from engine.distributions import FAMILIES
from engine.likelihoods.coordinates import COORDINATES
from engine.likelihoods.likelihood import Likelihood
from engine.optimizers import OPTIMIZERS
from engine.samples.sample import Sample

GAMMA = FAMILIES["gamma"]
X = GAMMA(3.0, 0.5).draw(200, np.random.default_rng(1))
START = (2.5, 0.45)


def walked(name, family=GAMMA, start=START, sample=X, steps=3):
    """Places, gradients and moves of the first steps in the parameters as written."""
    surface = COORDINATES["written"](Likelihood(family, Sample(sample)), start)
    rule, z = OPTIMIZERS[name](), list(start)
    state = rule.init(surface, z)
    places, gradients, moves = [], [], []
    for _ in range(steps):
        gradient = surface.score(*z)
        move, state, _ = rule.step(surface, z, gradient, state)
        places.append(np.array(z))
        gradients.append(np.array(gradient))
        moves.append(np.array(move))
        z = [a + b for a, b in zip(z, move, strict=True)]
    return surface, places, gradients, moves


@pytest.mark.parametrize(
    ("name", "matrix"), [("newton", "curvature"), ("fisher-scoring", "expected")]
)
def test_newton_and_fisher_solve_for_the_step(name, matrix):
    surface, places, gradients, moves = walked(name)
    for z, g, move in zip(places, gradients, moves, strict=True):
        expected = np.linalg.solve(getattr(surface, matrix)(z.tolist()), g)
        assert move == pytest.approx(expected, rel=1e-9, abs=1e-14)


def parallel(one, other):
    return one @ other / np.linalg.norm(one) / np.linalg.norm(other)


@pytest.mark.parametrize("name", ["bfgs", "lbfgs"])
def test_bfgs_goes_along_its_inverse_curvature(name):
    """Both begin with a multiple of the identity; limited memory takes the newest pair's."""
    _, places, gradients, moves = walked(name)
    pairs = [
        (places[i + 1] - places[i], gradients[i] - gradients[i + 1]) for i in range(len(moves) - 1)
    ]
    for i, move in enumerate(moves):
        inverse = np.eye(2)
        if i:
            s, y = pairs[i - 1] if name == "lbfgs" else pairs[0]
            inverse *= (s @ y) / (y @ y)
        for s, y in pairs[:i]:
            left = np.eye(2) - np.outer(s, y) / (y @ s)
            inverse = left @ inverse @ left.T + np.outer(s, s) / (y @ s)
        assert parallel(move, inverse @ gradients[i]) == pytest.approx(1.0, abs=1e-10)


def test_conjugate_gradient_adds_the_last_direction():
    _, _, gradients, moves = walked("conjugate-gradient")
    direction = gradients[0]
    assert parallel(moves[0], direction) == pytest.approx(1.0, abs=1e-12)
    for i in (1, 2):
        new, old = gradients[i], gradients[i - 1]
        beta = max(0.0, new @ (new - old) / (old @ old))
        direction = new + beta * direction
        direction = direction if direction @ new > 0 else new
        assert parallel(moves[i], direction) == pytest.approx(1.0, abs=1e-9)


def test_em_takes_the_textbooks_steps():
    mixture = FAMILIES["poisson-mixture"]
    x = np.random.default_rng(3).poisson(np.repeat([2.0, 8.0], 100)).astype(float)
    start = (0.4, 1.5, 7.0)
    _, places, _, moves = walked("em", mixture, start, x)
    weight, first, second = start
    for z, move in zip(places, moves, strict=True):
        a = weight * np.exp(-first) * first**x
        b = (1 - weight) * np.exp(-second) * second**x
        share = a / (a + b)
        weight = share.mean()
        first, second = share @ x / share.sum(), (1 - share) @ x / (1 - share).sum()
        assert z + move == pytest.approx([weight, first, second], rel=1e-10)


def test_coordinate_ascent_climbs_one_after_the_other():
    surface, places, _, moves = walked("coordinate-ascent")
    for z, move in zip(places, moves, strict=True):
        here = z.copy()
        for i in range(2):
            slope = surface.score(*here)[i]
            here[i] += slope / surface.curvature(here.tolist())[i, i]
        assert z + move == pytest.approx(here, rel=1e-9)
