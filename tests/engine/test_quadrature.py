"""Gauss rules keep the moments of what they replace."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.samples.quadrature import gauss_rules


def measure(seed, size):
    random = np.random.default_rng(seed)
    return random.normal(size=(5, size)), random.uniform(0.1, 3.0, (5, size))


@given(st.integers(0, 2**32 - 1), st.integers(4, 40))
def test_six_moments_stay(seed, size):
    points, weights = measure(seed, size)
    nodes, shares = gauss_rules(points, weights)
    assert nodes.shape == shares.shape == (5, 3)
    for power in range(6):
        before = np.sum(weights * points**power, axis=1)
        assert np.sum(shares * nodes**power, axis=1) == pytest.approx(before, rel=1e-8, abs=1e-8)


@given(st.integers(0, 2**32 - 1), st.integers(4, 40))
def test_nodes_lie_among_the_points_and_weigh_something(seed, size):
    points, weights = measure(seed, size)
    nodes, shares = gauss_rules(points, weights)
    assert (shares > 0).all()
    assert (nodes > points.min(axis=1, keepdims=True)).all()
    assert (nodes < points.max(axis=1, keepdims=True)).all()


def test_three_points_are_their_own_rule():
    nodes, shares = gauss_rules(np.array([[1.0, 2.0, 4.0]]), np.array([[3.0, 1.0, 2.0]]))
    order = np.argsort(nodes[0])
    assert nodes[0][order] == pytest.approx([1.0, 2.0, 4.0])
    assert shares[0][order] == pytest.approx([3.0, 1.0, 2.0])


def test_fewer_than_three_points_have_none():
    points = np.array([[1.0, 2.0, 0.0], [5.0, 5.0, 5.0]])
    nodes, _ = gauss_rules(points, np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0]]))
    assert np.isnan(nodes).any(axis=1).all()
