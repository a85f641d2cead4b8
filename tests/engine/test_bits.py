"""Sets of places as bits say what sets of numbers say."""

from itertools import chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.tables import bits

SIZE = 300
RUNS = st.lists(
    st.tuples(st.booleans(), st.integers(1, 150)).map(lambda run: [run[0]] * run[1]), max_size=12
)
"""Long runs, so that carries go through whole words."""
FLAGS = RUNS.map(lambda runs: [*chain(*runs)]) | st.lists(st.booleans(), max_size=SIZE)
SETS = FLAGS.map(lambda chosen: {i for i, is_in in enumerate(chosen[:SIZE]) if is_in})


def made(places):
    return bits.packed(np.isin(np.arange(SIZE), list(places)))


def those(words):
    return set(bits.listed(words).tolist())


def ahead(run, place):
    return next(i for i in range(place, 10**9) if i not in run)


@given(SETS)
def test_a_set_is_listed_flagged_and_turned_round(chosen):
    assert those(made(chosen)) == chosen
    assert set(np.flatnonzero(bits.flags(made(chosen), SIZE)).tolist()) == chosen
    assert those(bits.others(made(chosen), SIZE)) == set(range(SIZE)) - chosen


@given(SETS)
def test_places_move_by_one(chosen):
    assert those(bits.later(made(chosen), first=True)) == {0} | {i + 1 for i in chosen}
    assert those(bits.before(made(chosen))) == {i - 1 for i in chosen if i}


@given(SETS, SETS)
def test_sets_add_as_long_numbers(one, other):
    words = bits.added(made(one), made(other))
    total = sum(1 << i for i in one) + sum(1 << i for i in other)
    assert int.from_bytes(words.tobytes(), "little") == total % (1 << 64 * words.size)


@given(SETS, SETS)
def test_each_place_goes_through_a_run_to_its_end(run, chosen):
    assert those(bits.through(made(run), made(chosen))) == {ahead(run, i) for i in chosen}


@given(SETS)
def test_every_other_place_ends_what_the_one_before_begins(chosen):
    inside = {i for i in range(SIZE) if sum(j <= i for j in chosen) % 2}
    assert those(bits.odd_ones(made(chosen)) & made(range(SIZE))) == inside


@given(SETS, SETS)
def test_places_are_counted_and_looked_back_for(chosen, at):
    where = np.array(sorted(at), np.intp)
    words = made(chosen)
    assert bits.rank(words, where).tolist() == [sum(i < j for i in chosen) for j in sorted(at)]
    last = [max((i for i in chosen if i < j), default=-1) for j in sorted(at)]
    assert bits.previous(words, where).tolist() == last
