"""The fit of a normal has NIST's certified digits, on their univariate reference sets.

An estimate q of a certified value c has −log₁₀ |q − c|/|c| right digits, called LRE by
McCullough (The American Statistician 52, 1998). The certified standard deviation has the
divisor n − 1, where maximum likelihood has n.
"""

import itertools
import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine.distributions import FAMILIES
from engine.fits.fitting import fit
from engine.samples.sample import Sample

BUNDLED = json.loads(
    (Path(__file__).parent.parent / "data" / "nist.json").read_text("utf-8"),
    parse_float=str,
    parse_int=str,
)["sets"]


def alternating(first, low, high):
    return [first, *[low, high] * 500]


SETS = {
    **{name: (entry["values"], entry["mean"], entry["sd"]) for name, entry in BUNDLED.items()},
    "NumAcc1": (["10000001", "10000003", "10000002"], "10000002", "1"),
    "NumAcc2": (alternating("1.2", "1.1", "1.3"), "1.2", "0.1"),
    "NumAcc3": (alternating("1000000.2", "1000000.1", "1000000.3"), "1000000.2", "0.1"),
    "NumAcc4": (alternating("10000000.2", "10000000.1", "10000000.3"), "10000000.2", "0.1"),
}
"""Values, certified mean and certified standard deviation, as they are printed."""

SIZES = {"Lew": 200, "Lottery": 218, "Mavro": 50, "Michelso": 100}

DIGITS = dict.fromkeys(SETS, 13.0) | {"NumAcc3": 9.4, "NumAcc4": 8.2}
"""Digits of the standard deviation; in the last two sets, 0.1 is lost in reading the values."""


def right_digits(found, certified):
    off = abs(Fraction(found) - Fraction(certified)) / abs(Fraction(certified))
    return -math.log10(off) if off else math.inf


@pytest.mark.parametrize("name", SIZES)
def test_a_retyped_set_is_the_published_one(name):
    entry = BUNDLED[name]
    x = [Fraction(value) for value in entry["values"]]
    mean = sum(x) / len(x)
    squares = sum((value - mean) ** 2 for value in x)
    products = sum((a - mean) * (b - mean) for a, b in itertools.pairwise(x))
    assert len(x) == SIZES[name]
    assert right_digits(mean, entry["mean"]) >= 14
    assert right_digits(squares / (len(x) - 1), Fraction(entry["sd"]) ** 2) >= 14
    assert right_digits(products / squares, entry["autocorrelation"]) >= 14


@pytest.mark.parametrize("name", SETS)
def test_the_fit_has_the_certified_digits(name):
    values, mean, sd = SETS[name]
    fitted = fit(FAMILIES["normal"], Sample(np.array([float(value) for value in values])))
    found, variance = fitted.parameters
    assert fitted.converged
    assert right_digits(found, mean) >= 15
    assert right_digits(math.sqrt(variance * len(values) / (len(values) - 1)), sd) >= DIGITS[name]
