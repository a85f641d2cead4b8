"""Patience stops where the article's rule stops, and a stop is told in one sentence."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.stopping import VANISHING, Cause, Patience, reason

series = st.lists(st.sampled_from([-3.0, -2.0, -1.0, -1.0 - 1e-9, -1.0 - 1e-3, 0.0]), max_size=60)
tolerances = st.sampled_from([0.0, 1e-12, 1e-8, 1e-2, 1.5])


def article(values, patience, tolerance):
    """The article's loop: the epoch it leaves at, or None, and the epoch of its best."""
    best_val_ll, best, counter = -math.inf, 0, 0
    for epoch, val_ll in enumerate(values):
        if val_ll > best_val_ll:
            best_val_ll, best, counter = val_ll, epoch, 0
        else:
            counter += 1
            if counter >= patience or abs(val_ll - best_val_ll) < tolerance:
                return epoch, best
    return None, best


@given(series, st.integers(1, 20), tolerances)
def test_patience_is_the_articles_rule(values, patience, tolerance):
    watch = Patience(patience, tolerance)
    stop = watch.watch(0, values)
    assert (stop and stop[0], watch.best_epoch) == article(values, patience, tolerance)


@given(series, st.integers(0, 20), tolerances, st.data())
def test_it_makes_no_difference_how_a_series_comes_in(values, patience, tolerance, data):
    cut = data.draw(st.integers(0, len(values)))
    whole, parts = Patience(patience, tolerance), Patience(patience, tolerance)
    expected = whole.watch(0, values)
    assert (parts.watch(0, values[:cut]) or parts.watch(cut, values[cut:])) == expected
    assert (parts.best, parts.best_epoch) == (whole.best, whole.best_epoch)


@given(series)
def test_no_patience_and_no_tolerance_wait_for_ever(values):
    watch = Patience(0, 0.0)
    assert watch.watch(0, values) is None
    assert watch.best == max(values, default=-math.inf)


def test_the_causes_are_told_apart():
    assert Patience(3, 0.0).watch(0, [0.0, -1, -1, -1, -1]) == (3, Cause.PATIENCE)
    assert Patience(3, 0.1).watch(0, [0.0, -1, -0.01]) == (2, Cause.LEVEL)
    assert Patience(1, 0.1).watch(0, [0.0, 0.0]) == (1, Cause.LEVEL)
    assert Patience(2, 0.0).watch(0, [0.0, -1, 1, -1, 0]) == (4, Cause.PATIENCE)


def test_a_series_may_begin_at_any_epoch():
    watch = Patience(2, 0.0)
    assert watch.watch(100, [5.0, 4.0, 3.0]) == (102, Cause.PATIENCE)
    assert watch.best_epoch == 100


@pytest.mark.parametrize("distance", [0.0, VANISHING, 2e-6, 0.0082, 3.0, 12345.6, math.inf])
@pytest.mark.parametrize("cause", Cause)
def test_a_reason_is_one_sentence_fit_to_show(cause, distance):
    text = reason(cause, 12_345, 6_789, distance, 50)
    assert text.isprintable()
    assert text[0].isupper()
    assert text.endswith(".")
    assert ". " not in text
    assert "12,345" in text
    assert "epoch 6,789" in text
    assert not re.search(r"\b(inf|nan|None)\b", text)
    assert "converged" not in text.lower()


def test_the_causes_are_told_in_different_words():
    told = {reason(cause, 9, 9, 1.0, 50) for cause in Cause}
    assert len(told) == len({cause.value for cause in Cause}) == len(Cause)


@pytest.mark.parametrize("cause", Cause)
def test_only_a_vanishing_score_is_called_the_maximum(cause):
    assert "is the maximum of the training data" in reason(cause, 9, 9, VANISHING, 50)
    assert "is the maximum" not in reason(cause, 9, 9, 1.01 * VANISHING, 50)
    assert "is far from the maximum" in reason(cause, 9, 9, math.inf, 50)
    assert "is 0.0082 standard errors from the maximum" in reason(cause, 9, 9, 0.0082, 50)


@pytest.mark.parametrize("cause", Cause)
def test_nothing_is_said_of_a_distance_that_nobody_knows(cause):
    text = reason(cause, 9, 9, None, 50)
    assert text.endswith(": no maximum of the training data could be shown, and the fit says why.")
    assert "is the maximum" not in text


def test_without_a_curvature_the_height_tells():
    told = reason(Cause.STEADY, 9, 9, math.inf, 50, below=0.0125)
    assert told.endswith("is 0.013 below the maximum of the training data in log-likelihood.")
    told = reason(Cause.BUDGET, 9, 9, math.inf, 50, below=0.0125)
    assert told.endswith("in log-likelihood; try more epochs or a higher rate.")
    told = reason(Cause.STEADY, 9, 9, 0.0, 50, below=0.0125)
    assert "a stationary point, 0.013 below" in told


def test_a_reason_names_the_patience():
    assert "1,500 epochs" in reason(Cause.PATIENCE, 9, 9, 1.0, 1500)
