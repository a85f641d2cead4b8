"""A journey: branches repeat, share and go their own way, and nothing that was recorded changes."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Experiment, InvalidExperiment, Training
from engine.distributions import FAMILIES
from engine.fits.fitting import fit
from engine.optimizers import OPTIMIZERS
from engine.runs.journey import Journey

from .journeys import GAMMA, MOVES, RULES, SMALL, move, rows, start, watch

FIRST = {"normal": SMALL, "gamma": GAMMA}
HELD = [("normal", "mean", 6.0), ("normal", "variance", 4.0), ("gamma", "shape", 1.7)]


@pytest.mark.parametrize("at", [0, 1, 17, 64, 79])
@pytest.mark.parametrize("changes", RULES, ids=str)
@pytest.mark.parametrize("first", FIRST.values(), ids=FIRST)
def test_a_branch_that_changes_nothing_repeats_the_run(first, changes, at):
    journey, run = start(dataclasses.replace(first, **changes))
    run.reach(150)
    at = min(at, len(run.tape) - 1)
    again = journey.branch(run, at, {})
    again.reach(150)
    common = min(len(run.tape), len(again.tape))
    assert common > at
    assert rows(again, common) == rows(run, common)


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_families_repeat_their_steps_from_anywhere(name):
    journey, run = start(Experiment.of({"family": name, "n": 90, "epochs": 70}))
    at = min(33, len(run.tape) - 1)
    again = watch(journey.branch(run, at, {}), 30)
    common = min(len(run.tape), len(again.tape))
    assert rows(again, common) == rows(run, common)


def check(branch):
    """What holds of every branch."""
    tape, training = branch.tape, branch.training
    assert tape.column("epoch").tolist() == list(range(len(tape)))
    spent = tape.column("evaluations")
    assert (np.diff(spent) >= 0).all()
    assert spent[-1] > 0
    if branch.parent:
        assert rows(branch, branch.fork) == rows(branch.parent, branch.fork)
    for name, value in training.experiment.fixed.items():
        i = [p.name for p in training.family.parameters()].index(name)
        assert set(tape.parameters()[branch.begin :, i].tolist()) == {value}
    check_hand(branch)


def check_hand(branch):
    """What holds of the steps that were made by hand."""
    tape = branch.tape
    if branch.hand:
        left = branch.parent.tape[branch.fork]
        assert tape[branch.fork].parameters == left.parameters
        assert tape[branch.fork].train == pytest.approx(left.train, rel=1e-12)
    for epoch, place in enumerate(branch.hand, branch.fork + 1):
        step = tape[epoch]
        if epoch < branch.begin:
            assert step.parameters == place
            assert step.learning_rate == 0.0
        held = branch.held(place) if epoch < branch.begin else branch.training.experiment.fixed
        names = [p.name for p in branch.training.family.parameters()]
        reached = tuple(held.get(n, v) for n, v in zip(names, place, strict=True))
        assert step.parameters == pytest.approx(reached, rel=1e-12)
        assert step.train == pytest.approx(branch.training.train.value(reached), rel=1e-12)


@given(st.sampled_from(sorted(FIRST)), st.lists(MOVES, min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_laws_of_any_journey(first, drawn):
    journey, _ = start(FIRST[first])
    known = []
    for each in drawn:
        move(journey, each)
        known = list(dict.fromkeys([*known, *journey.branches]))
        kept = [(branch, len(branch.tape), rows(branch)) for branch in known]
        for branch in journey.branches:
            check(branch)
        for branch, length, before in kept:
            assert rows(branch, length) == before


@pytest.mark.parametrize("hand", [(), ((6.0, 5.0),), ((6.0, 5.0), (5.0, 4.0))])
@pytest.mark.parametrize(("first", "name", "value"), HELD)
def test_holding_keeps_a_value_and_leads_to_the_maximum_of_the_others(first, name, value, hand):
    experiment = dataclasses.replace(FIRST[first], validation=0.0, near=1e-6)
    journey, run = start(experiment, 20)
    for place in hand:
        run = journey.drive(run, run.begin if run.hand else 20, place)
    changes = {"fixed": {name: value}, "optimizer": "newton", "learning_rate": 1.0}
    held = journey.branch(run, max(run.begin, 20), changes)
    held.reach(experiment.epochs)
    best = fit(held.training.family, held.training.sample, fixed={name: value})
    assert held.tape.stop.converged
    assert f"with {name} held" in held.tape.stop.reason
    assert held.tape[-1].parameters == pytest.approx(best.parameters, rel=1e-6)
    check(held)


def test_moving_a_held_parameter_holds_it_there():
    journey, run = start(dataclasses.replace(SMALL, fixed={"mean": 5.0}))
    moved = watch(journey.drive(run, 40, (6.5, 3.0)), 20)
    assert moved.training.experiment.fixed == {"mean": 6.5}
    assert moved.changes == {"fixed": {"mean": 6.5}}
    check(moved)
    other = watch(journey.drive(run, 40, (5.0, 3.0)), 20)
    assert other.changes == {}


def test_leaving_between_moves_by_hand_goes_on_from_there():
    journey, run = start(dataclasses.replace(SMALL, fixed={"mean": 5.0}))
    once = journey.drive(run, 40, (6.0, 3.0))
    twice = watch(journey.drive(once, once.begin, (7.5, 4.0)), 30)
    assert twice.hand == ((6.0, 3.0), (7.5, 4.0))
    assert twice.tape[41].parameters == (6.0, 3.0)
    held = watch(journey.branch(twice, 41, {"learning_rate": 0.2}), 10)
    assert held.training.experiment.fixed == {"mean": 6.0}
    free = watch(journey.branch(twice, 41, {"fixed": {}}), 10)
    for branch in (held, free):
        assert branch.tape[41].parameters == (6.0, 3.0)
        check(branch)


def test_a_way_by_hand_begins_where_an_average_is_shown():
    journey, run = start(dataclasses.replace(SMALL, average_from=10))
    driven = watch(journey.drive(run, 50, (6.0, 5.0)), 10)
    assert driven.tape[50].parameters == run.tape[50].parameters
    check(driven)


def test_early_stopping_begins_anew():
    experiment = dataclasses.replace(SMALL, epochs=3000, patience=20)
    journey, run = start(experiment, 3000)
    stop = run.tape.stop
    again = journey.branch(run, stop.epoch, {})
    assert again.reach(3000) >= stop.epoch + 20
    assert again.tape.stop.best >= stop.epoch


def test_a_branch_beyond_its_budget_ends_at_once():
    journey, run = start()
    late = journey.branch(run, 50, {"epochs": 30})
    late.reach(1000)
    assert late.tape.stop.epoch == 50


@pytest.mark.parametrize("epoch", [-1, -80, 10_000])
def test_a_fork_off_the_tape_is_refused(epoch):
    journey, run = start()
    with pytest.raises(IndexError, match=f"no epoch {epoch}"):
        journey.branch(run, epoch, {})
    assert journey.branches == (run,)


@pytest.mark.parametrize(
    "changes",
    [
        {"seed": 8},
        {"family": "logistic", "true": {"location": 0, "scale": 1}, "start": {}},
        {"coordinates": "unconstrained"},
        {"start": {"mean": 1.0, "variance": 1.0}},
        {"learning_rate": -1.0},
        {"fixed": {"mean": 1.0, "variance": 1.0}},
        {"fixed": {"variance": 1e-320}},
        {"fixed": {"mean": 1e300}},
        {"optimizer": "em"},
    ],
    ids=str,
)
def test_rules_that_cannot_be_leave_the_journey_as_it_was(changes):
    journey, run = start()
    before = rows(run)
    with pytest.raises(ValueError, match=r"\S"):
        journey.branch(run, 40, changes)
    assert journey.branches == (run,)
    assert rows(run) == before


@pytest.mark.parametrize("coordinates", ["written", "unconstrained", "standardized"])
@pytest.mark.parametrize(
    "place",
    [(6.0, 0.0), (6.0, -1.0), (6.0, float("nan")), (float("inf"), 1.0), (1e300, 1.0), (0, 1e-320)],
)
def test_there_must_be_a_likelihood_where_the_hand_leads(place, coordinates):
    journey, run = start(dataclasses.replace(SMALL, coordinates=coordinates))
    with pytest.raises(InvalidExperiment):
        journey.drive(run, 40, place)
    assert journey.branches == (run,)


def test_a_young_branch_gives_way():
    journey, run = start()
    one = journey.branch(run, 40, {"optimizer": "adam"})
    two = journey.branch(one, 40, {"learning_rate": 0.05})
    assert journey.branches == (run, two)
    assert (two.parent, two.fork) == (run, 40)
    assert two.changes == {"optimizer": "adam", "learning_rate": 0.05}
    watch(two, 1)
    three = journey.branch(two, 40, {"learning_rate": 0.1})
    assert journey.branches == (run, two, three)
    assert three.parent is two


def test_what_was_done_is_undone_by_putting_the_branches_back():
    journey, run = start()
    before = journey.branches
    watch(journey.branch(run, 40, {"optimizer": "adam"}), 10)
    journey.branches = before
    again = journey.branch(run, 40, {})
    assert journey.branches == (run, again)


def test_a_line_of_very_many_branches_is_no_deeper_than_one():
    journey, run = start(upto=3)
    for _ in range(1200):
        run = watch(journey.branch(run, 1, {}), 1)
    assert len(run.lineage) == 1201
    assert rows(watch(run, 2), 3) == rows(journey.branches[0], 3)


@pytest.mark.parametrize("name", sorted(set(OPTIMIZERS) - {"em"}))
def test_every_optimizer_goes_on_as_it_would_have(name):
    rate = OPTIMIZERS[name].rate
    experiment = dataclasses.replace(GAMMA, optimizer=name, learning_rate=rate)
    journey, run = start(experiment, 60)
    at = min(7, len(run.tape) - 1)
    again = watch(journey.branch(run, at, {}), 50)
    common = min(len(run.tape), len(again.tape))
    assert rows(again, common) == rows(run, common)


def test_a_journey_begins_with_one_run():
    training = Training(SMALL)
    (run,) = Journey(training).branches
    assert (run.training, run.parent, run.fork, run.begin) == (training, None, 0, 0)
    run.pull()
    assert rows(run, 64) == rows(start()[1], 64)
