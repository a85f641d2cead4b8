"""Running totals give the sums over the values, wherever one looks from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.samples.ranks import Ranks
from engine.samples.sample import Sample

numbers = st.floats(-1e6, 1e6).map(lambda v: round(v, 2))


@given(st.lists(st.tuples(numbers, st.integers(1, 4)), min_size=1, max_size=40), numbers)
def test_distance_and_balance_are_the_sums(pairs, at):
    values, weights = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    ranks = Ranks.of(Sample(values, weights))
    size = weights @ np.abs(values) + abs(at) * weights.sum()
    for point in (at, float(values[0])):
        distance = weights @ np.abs(values - point)
        assert ranks.distance(point) == pytest.approx(distance, rel=1e-10, abs=1e-12 * size)
        assert ranks.balance(point) == weights @ np.sign(values - point)


def test_many_places_at_once():
    ranks = Ranks.of(Sample(np.array([1.0, 2.0, 4.0])))
    assert ranks.distance(np.array([0.0, 2.0, 5.0])).tolist() == [7.0, 3.0, 8.0]
