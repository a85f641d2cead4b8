"""A race is fair: one start, one likelihood, and nobody moves who has spent more."""

import numpy as np
import pytest

from engine import Experiment, InvalidExperiment, preset
from engine.race import Race

GAMMA = Experiment.of({"family": "gamma", "n": 500, "epochs": 60})
LANES = ("gradient-ascent", "adam", "lbfgs", "newton")


def test_all_begin_at_one_place_with_one_likelihood():
    race = Race(GAMMA, LANES)
    starts = {lane.start for lane in race.lanes.values()}
    values = {lane.train.value(lane.start) for lane in race.lanes.values()}
    assert len(starts) == len(values) == 1
    assert all(lane.validation is None for lane in race.lanes.values())
    assert race.likelihood.n == 400


def test_the_one_who_has_spent_the_least_moves_next():
    spent = dict.fromkeys(LANES, 0)
    ended = set()
    for name, step in Race(GAMMA, LANES):
        behind = min(value for lane, value in spent.items() if lane not in ended)
        assert spent[name] == behind
        spent[name] = step.evaluations
        if step.stop:
            ended.add(name)
    assert ended == set(LANES)


def test_every_lane_keeps_its_tape_and_none_is_above_the_maximum():
    race = Race(GAMMA, LANES)
    steps = dict.fromkeys(LANES, 0)
    for name, _ in race:
        steps[name] += 1
    assert steps == {name: len(tape) for name, tape in race.tapes.items()}
    best = race.maximum
    for name, tape in race.tapes.items():
        assert tape.column("train").max() <= best
        assert (np.diff(race.spent(name)) >= 0).all()
    assert best - race.tapes["newton"][-1].train <= 1e-9 * abs(best)


def test_rates_are_the_experiments_own_or_those_that_suit():
    race = Race(preset("article"), ("gradient-ascent", "newton", "adam"), {"adam": 0.03})
    rates = {name: lane.experiment.learning_rate for name, lane in race.lanes.items()}
    assert rates == {"gradient-ascent": 0.1, "newton": 1.0, "adam": 0.03}


def test_by_seconds_all_run_to_their_ends():
    race = Race(GAMMA, LANES, clock="seconds")
    ends = {name for name, step in race if step.stop}
    assert ends == set(LANES)
    assert all(race.spent(name)[-1] == pytest.approx(race.tapes[name].seconds) for name in LANES)


def test_an_unknown_optimizer_is_named():
    with pytest.raises(InvalidExperiment, match="nix is not an optimizer"):
        Race(GAMMA, ("nix",))
