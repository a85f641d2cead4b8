"""Laws that every schedule keeps, and rates worked out by hand."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fields import Number
from engine.schedules import (
    SCHEDULES,
    Constant,
    Cosine,
    Exponential,
    InverseTime,
    OneCycle,
    Plateau,
    StepDecay,
    WarmUpCosine,
)
from engine.settings import settings

RATES = st.floats(0, 1e6, exclude_min=True)
BUDGETS = st.integers(1, 10**9)
COUNTS = st.integers(0, 2 * 10**9)
VALUES = st.lists(st.floats(allow_nan=False, max_value=1e300), max_size=60)

every_schedule = pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)


def inside(kind):
    """Draw what a setting may hold, its bounds included where they are."""
    if isinstance(kind, Number):
        low, high = max(kind.low, -1e9), min(kind.high, 1e9)
        return st.floats(low, high, exclude_min=kind.open_low, exclude_max=kind.open_high)
    return st.integers(kind.low, kind.high)


@st.composite
def built(draw, schedule):
    """Draw a schedule with a rate, a budget and settings of its own."""
    own = {s.name: draw(inside(s.kind)) for s in settings(schedule)}
    return schedule(draw(RATES), draw(BUDGETS), **own)


def written(values):
    """Write numbers so that two are equal only if every bit is."""
    return [float(value).hex() for value in np.ravel(values)]


@every_schedule
def test_the_registry_names_each_schedule_as_it_names_itself(schedule):
    assert SCHEDULES[schedule.name] is schedule
    for line in (schedule.formula, schedule.reference):
        assert line.isprintable()
        assert line
    assert schedule.adaptive == (schedule is Plateau)


@every_schedule
def test_a_schedule_is_a_rate_a_budget_and_settings_of_its_own(schedule):
    names = [f.name for f in dataclasses.fields(schedule)]
    assert names == ["learning_rate", "epochs", *(s.name for s in settings(schedule))]
    assert schedule(0.1) == schedule(0.1, 10_000)
    for declared in settings(schedule):
        default = getattr(schedule(0.1), declared.name)
        assert declared.kind.check(default) == default
        assert declared.label
        assert declared.meaning
    with pytest.raises(dataclasses.FrozenInstanceError):
        schedule(0.1).learning_rate = 0.2


@every_schedule
@given(st.data())
def test_a_rate_is_finite_above_zero_and_at_most_the_learning_rate(schedule, data):
    at = data.draw(built(schedule))
    assert 0 < at(data.draw(COUNTS)) <= at.learning_rate


@every_schedule
@given(st.data())
def test_one_count_and_an_array_of_them_agree_to_the_bit(schedule, data):
    at = data.draw(built(schedule))
    counts = np.array(data.draw(st.lists(COUNTS, max_size=12)), dtype=np.int64)
    rates = at(counts)
    assert (rates.shape, rates.dtype) == (counts.shape, float)
    assert written(rates) == written([at(int(count)) for count in counts])
    assert written(rates) == written([at(count) for count in counts])
    table = np.stack([counts, counts[::-1]], axis=1)
    assert written(at(table)) == written(np.stack([rates, rates[::-1]], axis=1))


@every_schedule
@given(st.data())
def test_the_last_rate_is_held_beyond_the_budget(schedule, data):
    at = data.draw(built(schedule))
    assert written(at(at.epochs + data.draw(COUNTS))) == written(at(at.epochs))


@every_schedule
@given(st.data(), st.floats(1e-6, 1e6))
def test_rates_scale_with_the_learning_rate(schedule, data, rate):
    one = dataclasses.replace(data.draw(built(schedule)), learning_rate=1.0)
    count = data.draw(COUNTS)
    scaled = dataclasses.replace(one, learning_rate=rate)(count)
    assert scaled == pytest.approx(rate * one(count), rel=1e-15, abs=1e-300)


@every_schedule
@given(st.data())
def test_a_rate_rises_at_first_if_ever_and_then_falls(schedule, data):
    at = data.draw(built(schedule))
    turn = getattr(at, "turn", 0)
    assert at(turn) == at.learning_rate
    one, other = sorted(data.draw(st.tuples(COUNTS, COUNTS)))
    assert at(turn + one) >= at(turn + other)
    one, other = min(one, turn), min(other, turn)
    assert at(one) <= at(other)


@pytest.mark.parametrize(
    ("schedule", "rates"),
    [
        (Constant(3.0, 10), {0: 3.0, 7: 3.0, 10: 3.0}),
        (StepDecay(8.0, 100, 0.5, 10), {0: 8.0, 9: 8.0, 10: 4.0, 19: 4.0, 20: 2.0, 35: 1.0}),
        (StepDecay(1.0, 25, 0.1, 10), {24: 0.01, 25: 0.01, 30: 0.01}),
        (Exponential(8.0, 100, 10.0), {0: 8.0, 5: 8.0 / math.sqrt(2.0), 10: 4.0, 30: 1.0}),
        (InverseTime(6.0, 100, 10.0, 1.0), {0: 6.0, 5: 4.0, 10: 3.0, 20: 2.0, 50: 1.0}),
        (InverseTime(6.0, 100, 10.0, 0.5), {0: 6.0, 30: 3.0, 80: 2.0}),
        (Cosine(2.0, 12, 0.1), {0: 2.0, 4: 1.55, 6: 1.1, 8: 0.65, 12: 0.2}),
        (WarmUpCosine(2.0, 16, 0.25, 0.1), {0: 0.4, 1: 0.8, 3: 1.6, 4: 2.0, 8: 1.55, 10: 1.1}),
        (WarmUpCosine(2.0, 16, 0.0, 0.1), {0: 2.0, 8: 1.1, 16: 0.2}),
        (OneCycle(2.0, 16, 0.25, 0.2, 0.1), {0: 0.4, 1: 0.8, 2: 1.2, 4: 2.0, 8: 1.55, 16: 0.2}),
        (OneCycle(2.0, 16, 0.0, 0.2, 0.1), {0: 2.0, 8: 1.1, 16: 0.2}),
        (Plateau(2.0, 10), {0: 2.0, 10: 2.0}),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_rates_are_those_worked_out_by_hand(schedule, rates):
    assert schedule(np.array(list(rates))) == pytest.approx(list(rates.values()), rel=1e-15)


@given(RATES, BUDGETS, st.floats(1e-6, 1))
def test_a_cosine_ends_exactly_at_its_floor(rate, budget, floor):
    for at in (Cosine(rate, budget, floor), WarmUpCosine(rate, budget, floor=floor)):
        assert at(budget) == max(rate * floor, math.ulp(0.0))
    assert OneCycle(rate, budget, final=floor)(budget) == max(rate * floor, math.ulp(0.0))


@given(st.floats(1, 1e6), st.integers(0, 1000))
def test_a_half_life_is_what_it_says_and_a_time_constant_too(half_life, count):
    at = Exponential(0.1, half_life=half_life)
    tau = half_life / math.log(2.0)
    assert at(count) == pytest.approx(0.1 * math.exp(-count / tau), rel=1e-12, abs=1e-300)


@every_schedule
@given(st.data())
def test_a_run_of_a_single_update_has_a_rate(schedule, data):
    at = dataclasses.replace(data.draw(built(schedule)), epochs=1)
    assert 0 < at(0) <= at.learning_rate


@every_schedule
@given(st.data(), st.floats(allow_nan=False))
def test_the_first_step_is_left_at_the_plain_rate(schedule, data, value):
    at = data.draw(built(schedule))
    if not (schedule.adaptive and value == -math.inf):
        assert at.after(at.begin(), 0, value)[0] == at(0)


@given(st.data(), VALUES)
def test_what_is_not_adaptive_pays_no_heed_to_progress(data, values):
    deaf = [s for s in SCHEDULES.values() if not s.adaptive]
    at = data.draw(st.sampled_from(deaf).flatmap(built))
    assert followed(at, values) == (at(np.arange(len(values))).tolist(), None)


# Plateau: the rate follows the log-likelihood.


def followed(schedule, values, state=None):
    """Rates and the last state of a schedule that sees these values one after another."""
    state, rates = schedule.begin() if state is None else state, []
    for epoch, value in enumerate(values):
        rate, state = schedule.after(state, epoch, value)
        rates.append(rate)
    return rates, state


def test_a_plateau_cuts_the_rate_when_patience_ends():
    at = Plateau(8.0, factor=0.5, patience=2, threshold=0.1, floor=0.2)
    values = [-9.0, -8.0, -7.95, -7.95, -7.0, -7.0, -8.0, -6.95, -7.0, -6.8, -9.0, -9.0]
    rates, _ = followed(at, values)
    # a rise of the threshold is none; a cut waits anew; 8 × 0.2 is the floor
    assert rates == [8.0, 8.0, 8.0, 4.0, 4.0, 4.0, 2.0, 2.0, 1.6, 1.6, 1.6, 1.6]


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e3), st.floats(0, 1e-4))
def test_a_plateau_never_cuts_where_nothing_stalls(first, rise, threshold):
    at = Plateau(0.1, patience=1, threshold=threshold)
    rates, _ = followed(at, [first + rise * i for i in range(30)])
    assert rates == list(at(np.arange(30)))


@given(st.data(), VALUES)
def test_rates_on_a_plateau_only_fall_and_not_below_the_floor(data, values):
    at = data.draw(built(Plateau))
    rates, _ = followed(at, values)
    assert rates == sorted(rates, reverse=True)
    least = max(at.learning_rate * at.floor, math.ulp(0.0))
    assert all(least <= rate <= at.learning_rate for rate in rates)
    assert sum(a != b for a, b in zip([at.learning_rate, *rates], rates, strict=False)) <= (
        len(values) / at.patience
    )


@given(VALUES, st.integers(0, 60), st.integers(1, 5))
def test_a_run_on_a_plateau_may_branch_at_any_step(values, cut, patience):
    at = Plateau(0.1, patience=patience)
    rates, end = followed(at, values)
    first, branch = followed(at, values[:cut])
    followed(at, [0.0] * 20, branch)
    second, last = followed(at, values[cut:], branch)
    assert (first + second, last) == (rates, end)


def test_a_plateau_counts_what_is_no_number_as_no_better():
    at = Plateau(1.0, patience=2)
    rates, _ = followed(at, [-math.inf, math.nan, -1.0, math.nan])
    assert rates == [1.0, 0.5, 0.5, 0.5]


@given(st.integers(1, 10**6), st.floats(0, 0.9), st.floats(1e-6, 1), st.data())
def test_a_warm_up_is_a_rise_and_then_a_cosine(epochs, share, floor, data):
    whole = WarmUpCosine(0.1, epochs, share, floor)
    turn = whole.turn
    fall = Cosine(0.1, epochs - turn, floor)
    counts = np.array(data.draw(st.lists(st.integers(0, 2 * epochs), min_size=1)))
    counts = np.append(counts, [0, max(turn - 1, 0), turn, turn + 1, epochs, epochs + 1])
    rise = 0.1 * ((counts + 1) / (turn + 1))
    expected = np.where(counts < turn, rise, fall(np.maximum(counts - turn, 0)))
    assert written(whole(counts)) == written(expected)
