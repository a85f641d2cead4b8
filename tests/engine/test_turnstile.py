"""Threads that compute wait while another needs the interpreter, and their clock stands still."""

import dataclasses
import itertools
import threading
from types import SimpleNamespace

import numpy as np
import pytest

from engine import Experiment, Training, fit, turnstile
from engine.distributions import FAMILIES
from engine.samples.sample import Sample
from engine.turnstile import COMPUTING, Turnstile

SMALL = Experiment(n=200, epochs=300)


@pytest.fixture
def arrived(monkeypatch):
    """Set when somebody has to wait."""
    event, wait = threading.Event(), Turnstile.wait

    def arriving(self):
        event.set()
        wait(self)

    monkeypatch.setattr(Turnstile, "wait", arriving)
    monkeypatch.setattr(turnstile, "LONGEST", 60.0)
    yield event
    COMPUTING.open()


def in_a_thread(compute):
    """Begin to compute, and return what is computed, when it is."""
    found = []
    thread = threading.Thread(target=lambda: found.append(compute()))
    thread.start()

    def result():
        thread.join()
        return found[0]

    return result, found


def trained(**changes):
    return [step.parameters for step in Training(dataclasses.replace(SMALL, **changes))]


def fitted():
    values = FAMILIES["weibull"](1.5, 2.0).draw(40, np.random.default_rng(1))
    return fit(FAMILIES["weibull"], Sample(values)).parameters


@pytest.mark.parametrize(
    "compute",
    [trained, lambda: trained(batch=50), fitted],
    ids=["a run", "a run by batches", "a fit"],
)
def test_who_computes_waits_until_it_is_open_and_computes_the_same(compute, arrived):
    expected = compute()
    COMPUTING.close()
    result, found = in_a_thread(compute)
    arrived.wait()
    assert not found
    COMPUTING.open()
    assert result() == expected


def test_its_keeper_passes(arrived):
    COMPUTING.close()
    assert trained()
    assert COMPUTING.shut


def test_if_its_keeper_is_held_up_it_opens_by_itself(arrived, monkeypatch):
    monkeypatch.setattr(turnstile, "LONGEST", 1e-3)
    COMPUTING.close()
    result, _ = in_a_thread(trained)
    assert len(result()) > 1
    assert not COMPUTING.shut


def test_the_clock_of_who_waits_stands_still(monkeypatch):
    ticks = itertools.count()
    ticking = SimpleNamespace(perf_counter=lambda: float(next(ticks)))
    monkeypatch.setattr(turnstile, "time", ticking)
    monkeypatch.setattr(turnstile, "LONGEST", 0.0)
    stile = Turnstile()
    in_a_thread(stile.close)[0]()
    assert stile.clock() == 0.0
    stile.wait()  # from the tick of 1 to that of 2
    assert stile.clock() == 2.0
    assert in_a_thread(stile.clock)[0]() == 4.0
