"""A ranking holds every family once: ranked with its weight, or left out with its reason."""

import multiprocessing
import os
import signal
import subprocess
import sys
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait

import numpy as np
import pytest

from engine.comparisons.ranking import CRITERIA, rank, tied_counts, try_families
from engine.distributions import FAMILIES
from engine.fits.fitting import Fit
from engine.samples.sample import Censored, Sample

FEW = [FAMILIES[name] for name in ("normal", "exponential", "gamma")]


def fits_of(values):
    return list(try_families(FEW, Sample(np.array(values, float))))


@pytest.mark.parametrize("criterion", CRITERIA)
def test_the_least_is_first_and_the_weights_sum_to_one(criterion):
    x = FAMILIES["gamma"](3.0, 0.5).draw(300, np.random.default_rng(2))
    ranked, rejected = rank(fits_of(x), criterion)
    assert rejected == []
    values = [each.criterion for each in ranked]
    assert values == sorted(values)
    assert ranked[0].fitted.likelihood.family.name == "gamma"
    assert sum(each.weight for each in ranked) == pytest.approx(1.0)
    odds = ranked[1].weight / ranked[0].weight
    assert odds == pytest.approx(np.exp((values[0] - values[1]) / 2))


def test_a_family_that_cannot_hold_the_data_is_left_out_with_its_reason():
    outcomes = fits_of([-1.0, 2.0, 3.0])
    assert isinstance(outcomes[0], Fit)
    assert [(o.family, "outside the support" in o.reason) for o in outcomes[1:]] == [
        ("exponential", True),
        ("gamma", True),
    ]


def test_several_processes_fit_what_one_does():
    x = FAMILIES["weibull"](1.5, 2.0).draw(60, np.random.default_rng(5))
    seen = x < 2.5
    hidden = Censored(
        np.full((~seen).sum(), 2.5), np.full((~seen).sum(), np.inf), np.ones((~seen).sum())
    )
    sample = Sample(x[seen], None, hidden)
    families = [FAMILIES[name] for name in ("weibull", "normal-mixture", "beta", "lognormal")]
    alone, shared = (list(try_families(families, sample, count)) for count in (1, 2))
    assert [isinstance(each, Fit) for each in alone] == [True, True, False, True]
    for one, other in zip(alone, shared, strict=True):
        assert type(one) is type(other)
        if isinstance(one, Fit):
            assert one.parameters == other.parameters
        else:
            assert one == other


def test_too_few_observations_have_no_aicc():
    ranked, rejected = rank([o for o in fits_of([1.0, 2.0, 4.0]) if isinstance(o, Fit)], "aicc")
    assert [each.fitted.likelihood.family.name for each in ranked] == ["exponential"]
    assert {each.family for each in rejected} == {"normal", "gamma"}
    assert all("too few" in each.reason for each in rejected)


def test_tied_counts_are_ranked_among_count_families_only():
    counts = Sample(np.repeat(np.arange(8.0), [70, 38, 17, 10, 9, 3, 2, 1]))
    outcomes = list(try_families(FAMILIES.values(), counts))
    ranked, _ = rank([o for o in outcomes if isinstance(o, Fit)], "aicc")
    assert ranked[0].fitted.likelihood.family.name == "geometric"
    assert all(each.fitted.likelihood.family.support.whole for each in ranked)
    assert not tied_counts(Sample(np.array([3.0, 5.0, 7.0, 18.0])))


CENSORED = Sample(
    np.array([1.0, 2.5, 4.0]), None, Censored(np.array([3.0]), np.array([np.inf]), np.ones(1))
)

ENDLESS = [FAMILIES["weibull"], *[FAMILIES["skew-normal"]] * 999]
"""More than anybody waits for."""


def test_processes_are_gone_once_their_fits_are_wanted_no_more():
    with try_families(ENDLESS, CENSORED, 2) as trials:
        next(trials)
        working = list(multiprocessing.active_children())
        assert len(working) == 2
    for process in working:
        assert wait([process.sentinel], 30)
    with pytest.raises((BrokenProcessPool, CancelledError)):
        list(trials)
    trials.close()


def test_processes_end_with_the_one_that_waits_even_if_it_is_killed():
    script = (
        "import os, signal\n"
        "from engine.comparisons.ranking import try_families\n"
        "from tests.engine.test_ranking import CENSORED, ENDLESS\n"
        "if __name__ == '__main__':\n"
        "    trials = try_families(ENDLESS, CENSORED, 2)\n"
        "    next(trials)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    read, written = os.pipe()  # whoever is left keeps its end open
    with open(read, "rb") as until_all_are_gone:  # noqa: PTH123 - it is a number
        killed = subprocess.run(
            [sys.executable, "-c", script], stdout=written, stderr=subprocess.DEVNULL, check=False
        )
        os.close(written)
        assert killed.returncode == -signal.SIGKILL
        assert until_all_are_gone.read() == b""
