"""A run has spent its budget when either its evaluations or its seconds are used up."""

import math

from engine import Experiment
from engine.runs.limits import Limits
from engine.turnstile import COMPUTING


def test_without_a_budget_nothing_is_limited():
    assert Limits.left(Experiment(), 5, 5.0) is None


def test_evaluations_are_used_up_by_the_last_of_them():
    limits = Limits.left(Experiment(evaluations=10), 4, 0.0)
    assert (limits.evaluations, limits.until) == (6, math.inf)
    assert [limits.spend(each) for each in (3, 2, 1)] == [False, False, True]


def test_seconds_are_used_up_however_many_evaluations_are_left(monkeypatch):
    monkeypatch.setattr(COMPUTING, "clock", lambda: 100.0)
    limits = Limits.left(Experiment(evaluations=10**6, seconds=3.0), 0, 1.0)
    assert limits.until == 102.0
    assert not limits.spend(1)
    monkeypatch.setattr(COMPUTING, "clock", lambda: 102.0)
    assert limits.spend(1)
