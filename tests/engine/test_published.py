"""Small samples that are often printed, censored, weighted and truncated ones among them.

What is expected was recomputed at thirty digits, as tests/data/published.json says.
"""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from engine.distributions.families import family
from engine.fits.fitting import fit
from engine.samples.sample import Censored, Sample

STORED = Path(__file__).parents[1] / "data" / "published.json"
CASES = json.loads(STORED.read_text("utf-8"))["cases"]
NUMBERS = ("trials", "components")


def ends_of(case):
    """Lower and upper end of each observation, equal where it was seen."""
    if "lower" in case:
        low = [-math.inf if end is None else end for end in case["lower"]]
        high = [math.inf if end is None else end for end in case["upper"]]
        return np.array(low, float), np.array(high, float)
    values = np.array(case["data"], float)
    return values, np.where(np.array(case["event"]) == 1, values, math.inf)


def sample_of(case):
    data = case.get("data")
    if isinstance(data, dict):
        return Sample(np.array(data["values"]), np.array(data["weights"]))
    if "event" not in case and "lower" not in case:
        return Sample(np.array(data, float))
    low, high = ends_of(case)
    seen = low == high
    return Sample(low[seen], None, Censored(low[~seen], high[~seen], np.ones(int((~seen).sum()))))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_fit_is_the_maximum_to_the_digits(case):
    made = family(case["family"], {name: case[name] for name in NUMBERS if name in case})
    fitted = fit(made, sample_of(case), case.get("fixed"))
    names = [p.name for p in made.parameters()]
    found = dict(zip(names, fitted.parameters, strict=True))
    errors = dict(zip(names, fitted.standard_errors, strict=True))
    assert fitted.converged
    assert fitted.log_likelihood == pytest.approx(case["log_likelihood"], rel=1e-11)
    assert found == pytest.approx(case["estimates"], rel=1e-8)
    told = {name: errors[name] for name in case["standard_errors"]}
    assert told == pytest.approx(case["standard_errors"], rel=1e-6)
