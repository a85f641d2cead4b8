"""A race is fair: one start, one likelihood, and nobody moves who has spent more."""

import dataclasses
import itertools
from types import SimpleNamespace

import numpy as np
import pytest

from engine import Experiment, InvalidExperiment, preset
from engine.fits.fitting import fit
from engine.runs import race as race_module
from engine.runs.pulling import SLICE_SECONDS
from engine.runs.race import Race
from engine.runs.training import Training
from engine.stopping import Cause

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
        assert (np.diff(race.course(name)[0]) >= 0).all()
    assert best - race.tapes["newton"][-1].train <= 1e-9 * abs(best)


def test_rates_are_the_experiments_own_or_those_that_suit():
    race = Race(preset("article"), ("gradient-ascent", "newton", "adam"), {"adam": 0.03})
    rates = {name: lane.experiment.learning_rate for name, lane in race.lanes.items()}
    assert rates == {"gradient-ascent": 0.1, "newton": 1.0, "adam": 0.03}


def test_by_seconds_all_run_to_their_ends():
    race = Race(GAMMA, LANES, clock="seconds")
    ends = {name for name, step in race if step.stop}
    assert ends == set(LANES)
    assert all(race.spent(name) == pytest.approx(race.tapes[name].seconds) for name in LANES)


def test_an_unknown_optimizer_is_named():
    with pytest.raises(InvalidExperiment, match="nix is not an optimizer"):
        Race(GAMMA, ("nix",))


def test_a_race_without_an_optimizer_is_refused():
    with pytest.raises(InvalidExperiment, match=r"^A race needs an optimizer at least\.$"):
        Race(GAMMA, ())


def test_an_unknown_clock_is_named():
    wanted = r"^clock must be evaluations or seconds, not 'parsecs'\.$"
    with pytest.raises(InvalidExperiment, match=wanted):
        Race(GAMMA, LANES, clock="parsecs")


@pytest.mark.parametrize("clock", ["evaluations", "seconds"])
def test_slices_give_the_same_tapes_as_running_at_once(clock):
    whole, sliced = Race(GAMMA, LANES), Race(GAMMA, LANES, clock=clock)
    for _ in whole:
        pass
    marks = [sliced.spent_by_all]
    while not sliced.over:
        sliced.advance()
        marks.append(sliced.spent_by_all)
    assert marks[0] == 0
    assert marks == sorted(marks)
    assert marks[-1] == max(sliced.spent(name) for name in LANES)
    for name in LANES:
        assert list(whole.tapes[name]) == list(sliced.tapes[name])
    sliced.advance()
    assert marks[-1] == sliced.spent_by_all


def test_a_slice_moves_the_one_who_has_spent_the_least(monkeypatch):
    ticks = itertools.count(step=0.6 * SLICE_SECONDS)  # so that a slice has time for one block
    monkeypatch.setattr(race_module, "time", SimpleNamespace(monotonic=lambda: next(ticks)))
    race = Race(dataclasses.replace(GAMMA, epochs=1000, tolerance=0.0), LANES)
    while not race.over:
        before = {name: (len(tape), race.spent(name)) for name, tape in race.tapes.items()}
        going = [name for name, tape in race.tapes.items() if tape.stop is None]
        race.advance()
        moved = [name for name, tape in race.tapes.items() if len(tape) > before[name][0]]
        assert moved == [min(going, key=lambda name: before[name][1])]


def test_what_all_have_spent_is_on_every_tape():
    race = Race(Experiment(epochs=10**6, patience=0, tolerance=0), ("adam", "momentum"))
    assert race.spent_by_all == 0
    while race.spent_by_all < 100:
        race.advance()
    assert not race.over
    assert all(race.spent(name) >= race.spent_by_all for name in race.lanes)


def test_a_lane_that_diverges_in_its_first_epoch_ends_alone():
    race = Race(
        Experiment.of({"data": "ten-points", "batch": 1, "epochs": 5}),
        ("gradient-ascent", "newton"),
        {"gradient-ascent": 500.0},
    )
    for _ in race:
        pass
    assert race.tapes["gradient-ascent"].stop.cause is Cause.DIVERGED
    assert len(race.tapes["newton"]) == 6


def test_a_race_may_start_where_a_run_stands():
    step = list(Training(GAMMA))[7]
    names = [p.name for p in GAMMA.distribution.parameters()]
    start = dict(zip(names, step.parameters, strict=True))
    race = Race(dataclasses.replace(GAMMA, start=start), LANES)
    while race.spent_by_all < 1:
        race.advance()
    assert {lane.start for lane in race.lanes.values()} == {step.parameters}
    for tape in race.tapes.values():
        assert tape[0].parameters == pytest.approx(step.parameters, rel=1e-12)
    assert race.tapes["adam"][0].evaluations == 1


def test_what_is_held_stays_held_and_the_gap_vanishes():
    held = dataclasses.replace(GAMMA, fixed={"shape": 2.5})
    race = Race(held, ("lbfgs", "newton"))
    for _ in race:
        pass
    assert all((tape.parameters()[:, 0] == 2.5).all() for tape in race.tapes.values())
    best = fit(race.likelihood.family, race.lanes["newton"].sample, {"shape": 2.5})
    assert race.maximum == pytest.approx(best.log_likelihood, abs=1e-9)


def test_a_lenient_race_goes_without_a_lane_that_cannot_be():
    with pytest.raises(InvalidExperiment, match="gamma has no EM algorithm"):
        Race(GAMMA, ("em", "newton"))
    race = Race(GAMMA, ("em", "newton"), lenient=True)
    assert list(race.lanes) == list(race.tapes) == ["newton"]
    assert race.left_out == {"em": "gamma has no EM algorithm; choose another optimizer."}
    with pytest.raises(InvalidExperiment, match="gamma has no EM algorithm"):
        Race(GAMMA, ("em",), lenient=True)
