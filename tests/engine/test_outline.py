"""An outline stands for a column: it reaches as low and as high everywhere, in few points."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.tapes.outline import LONG, MOST, Outline
from engine.tapes.recall import STRETCH


def column(length: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.cumsum(rng.normal(size=length))


def part(values: np.ndarray) -> Callable[[int, int], np.ndarray]:
    return lambda begin, end: values[begin:end]


def test_a_short_part_stands_for_itself() -> None:
    values = column(3 * LONG, 1)
    places, found = Outline().of(part(values), 100, 100 + LONG - 1)
    assert places.tolist() == list(range(100, 100 + LONG - 1))
    assert found.tolist() == values[100 : 100 + LONG - 1].tolist()


@settings(max_examples=30, deadline=None)
@given(
    seed=st.integers(0, 9),
    begin=st.integers(0, 3000),
    length=st.integers(LONG, 2 * LONG),
    grown=st.integers(0, 3 * LONG),
)
def test_it_reaches_as_far_everywhere(seed: int, begin: int, length: int, grown: int) -> None:
    values = column(3 * LONG, seed)
    outline = Outline()
    outline.of(part(values[:grown]), 0, grown)
    end = min(begin + length, len(values))
    places, found = outline.of(part(values), begin, end)
    assert begin % STRETCH == 0 or found[0] == values[begin]
    assert len(found) <= 2 * (end - begin) / STRETCH + 2 * STRETCH
    assert np.all(np.diff(places) >= 0)
    for low in range(begin, end - 2 * STRETCH, 5 * STRETCH):
        high = low + 2 * STRETCH
        piece = found[(places >= low - STRETCH) & (places < high)]
        assert piece.min() <= values[low:high].min()
        assert piece.max() >= values[low:high].max()
    assert found.min() == values[begin:end].min()
    assert found.max() == values[begin:end].max()


def test_what_is_not_finite_does_not_hide_the_rest() -> None:
    values = np.zeros(LONG)
    values[1000] = np.nan
    values[5000] = 7.0
    _, found = Outline().of(part(values), 0, LONG)
    assert np.nanmax(found) == 7.0
    assert found == pytest.approx(np.where(found == 7.0, 7.0, 0.0))


def test_of_very_many_values_it_tells_no_more_than_of_many() -> None:
    values = column(5 * MOST * STRETCH + 777, 3)
    outline = Outline()
    places, found = outline.of(part(values), 100, len(values))
    assert len(found) <= 2 * MOST + 2 * 6 + 2 * STRETCH
    assert np.all(np.diff(places) >= 0)
    assert (found[0], found[-1]) == (values[100], values[-1])
    low, high = int(np.argmin(values[100:])) + 100, int(np.argmax(values[100:])) + 100
    for place in (low, high):
        near = (places > place - 6 * STRETCH) & (places <= place)
        assert values[place] in found[near]
