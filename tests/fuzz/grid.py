"""Every family at the edge of what numbers can be: few values, ties, scales, outliers, bad rates.

Each case ends in a result that is what it says, or in a sentence that says why there is none.
"""

import contextlib
import io
import json
import os
import re
import sys
import warnings
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from multiprocessing import get_context

import numpy as np

from engine.distributions import FAMILIES
from engine.distributions.families import family
from engine.experiments.experiment import Experiment, InvalidExperiment
from engine.fits.curvature import covariance, score_in_standard_errors
from engine.fits.fitting import NoFit, fit
from engine.inference.intervals import raised
from engine.likelihoods.coordinates import COORDINATES
from engine.optimizers import OPTIMIZERS
from engine.reports.fit_document import fit_document, intervals
from engine.runs.training import Training
from engine.samples.sample import Sample
from tui.commands.headless import run

__all__ = ["EPOCHS", "NUMBERS", "RATES", "SAMPLES", "STARTS", "edge_fit", "edge_run", "grid"]

RATES = (None, 1e-12, 0.5, 20.0, 1e3, 1e6)
"""None is the rate that suits the optimizer."""
STARTS = (1e-200, 1e-20, 1e20, 1e200)
"""Where a parameter may start, the others at the example."""
NUMBERS = {"trials": 10, "components": 2}
EPOCHS = 200
RNG = np.random.default_rng(1)
SCALES = [10.0**e for e in (-300, -200, -160, -100, -30, 30, 100, 160, 200, 300)]
LADDER = np.logspace(-300, 300, 61)
SAMPLES: dict[str, list[float]] = {
    "one": [1.0],
    "one count": [3.0],
    "one within": [0.5],
    "one zero": [0.0],
    "two": [1.0, 2.0],
    "two alike": [2.0, 2.0],
    "two within": [0.25, 0.75],
    "two zeros": [0.0, 0.0],
    "three": [1.0, 2.0, 4.0],
    "three within": [0.2, 0.5, 0.9],
    "three about zero": [-1.0, 0.0, 2.0],
    "ties": [1.0] * 50 + [2.0] * 3,
    "ties within": [0.5] * 50 + [0.25] * 3,
    "constant": [5.0] * 20,
    "constant below zero": [-5.0] * 20,
    "zeros": [0.0] * 20,
    "constant but one bit": [1.0] * 19 + [1.0 + 2.0**-52],
    "close": (1.0 + 1e-9 * RNG.standard_normal(30)).tolist(),
    "closer": (1.0 + 1e-12 * RNG.standard_normal(30)).tolist(),
    "an outlier": [1.0, 2.0, 3.0, 4.0, 5.0, 1e15],
    "an outlier beyond": [1.0, 2.0, 3.0, 4.0, 5.0, 1e300],
    "one near zero": [1.0, 2.0, 3.0, 4.0, 5.0, 1e-300],
    "every scale": LADDER.tolist(),
    "every scale, both signs": (LADDER * np.resize([1.0, -1.0], 61)).tolist(),
    "edges of the unit": [1e-300, 0.5, 1.0 - 1e-16, 0.3, 0.6],
    "even within": np.linspace(0.001, 0.999, 30).tolist(),
    "counts": [0.0, 1.0, 0.0, 2.0, 5.0, 0.0, 3.0, 1.0],
    "counts from one": [1.0, 1.0, 2.0, 3.0, 1.0, 7.0],
    "large counts": [1e9, 2e9, 3e9, 1e9 + 1.0],
    "counts that doubles end at": [2.0**53, 2.0**53 - 1.0, 5.0, 7.0],
    "angles at the seam": [-3.0, 3.0, -3.1, 3.1],
    "least doubles": [5e-324, 1e-323, 2e-323, 5e-324],
    "greatest doubles": [1.7e308, 1.6e308, 1.5e308],
    "doubles of both signs": [-1.7e308, 1.6e308, 1.5e308, 0.1],
    **{f"above zero, {s:g}": (RNG.gamma(2.5, 1.0, 30) * s).tolist() for s in SCALES},
    **{f"about zero, {s:g}": (RNG.standard_normal(30) * s).tolist() for s in SCALES},
    **{f"far from zero, {s:g}": ((10.0 + RNG.standard_normal(30)) * s).tolist() for s in SCALES},
}
NO_NUMBER = re.compile(r"(?<![\w'])(nan|inf|infinity)(?![\w'])", re.IGNORECASE)


def told(sentence: str) -> bool:
    """Check that a sentence can be shown, and names no number that is none."""
    assert sentence.isprintable(), ascii(sentence)
    assert not NO_NUMBER.search(sentence), sentence
    return True


def edge_fit(name: str, values: list[float]) -> str:
    """Fit a family with all that is told of a fit; return how it ended."""
    try:
        sample = Sample(np.array(values))
        fitted = raised(fit(family(name, NUMBERS), sample), 0.95)
    except NoFit as reason:
        told(str(reason))
        return "none"
    document = fit_document(fitted, sample, intervals(fitted, 0.95, ("wald", "profile")))
    told(json.dumps(document, allow_nan=False))
    if fitted.converged and fitted.score is not None:
        assert fitted.score <= 1e-6
        assert fitted.covariance is not None
        free = np.diag(fitted.covariance) > 0.0
        errors = np.sqrt(np.diag(fitted.covariance)[free])
        scaled = fitted.covariance[np.ix_(free, free)] / errors / errors[:, np.newaxis]
        assert np.linalg.eigvalsh(scaled)[0] > 0.0
    return "maximum" if fitted.converged else "no maximum"


def edge_run(
    name: str,
    optimizer: str,
    rate: float | None,
    coordinates: str,
    values: list[float] | None = None,
    *,
    start: tuple[int, float] | None = None,
    epochs: int = EPOCHS,
) -> str:
    """Run a few epochs as the command does, in words and as JSON; return how it ended.

    ``start`` is the place of a parameter, and where that one starts.
    """
    made = family(name, NUMBERS)
    names = [p.name for p in made.parameters()]
    fields = {"family": name, "optimizer": optimizer, "validation": 0.0, **NUMBERS}
    true = dict(zip(names, made.example, strict=True))
    fields |= {"true": true, "start": {}}
    fields |= {} if rate is None else {"learning_rate": rate}
    if start is not None:
        place, at = start
        fields["start"] = {**true, names[place]: at}
    fields |= {"epochs": epochs, "n": 30, "generator": "pcg64", "coordinates": coordinates}
    sample = None if values is None else Sample(np.array(values))
    try:
        training = Training(Experiment.of(fields), sample)
        written = [_printed(training, as_json=as_json) for as_json in (False, True)]
    except InvalidExperiment as refusal:
        told(str(refusal))
        return "refused"
    told("".join(written[0].split("\n")))
    document = json.loads(written[1], parse_constant=_refused)
    told(document["stop"]["reason"])
    assert document["stop"]["reason"].endswith(".")
    if document["stop"]["converged"]:
        at = tuple(document["report"]["estimate"].values())
        free = training.coordinates.free
        assert training.ground.shortfall(at, {}) == 0.0
        if not training.ground.kinked({}, free):
            assert score_in_standard_errors(training.ground.exact, at, free) <= 1.001e-6
            assert covariance(training.ground.exact, at, free) is not None
    return "converged" if document["stop"]["converged"] else "stopped"


def _printed(training: Training, *, as_json: bool) -> str:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        run(training, every=5, as_json=as_json)
    assert "Traceback" not in err.getvalue()
    return out.getvalue()


def _refused(constant: str) -> float:
    raise AssertionError(constant)


def tried(case: tuple[str, ...]) -> str:
    """Try one case of the grid; return what is wrong with it."""
    warnings.simplefilter("error")
    try:
        if case[0] == "fit":
            edge_fit(case[1], SAMPLES[case[2]])
        else:
            name, optimizer, rate, coordinates, sample, *start = case[1:]
            values = SAMPLES[sample] if sample else None
            begin = (int(start[0]), float(start[1])) if start else None
            edge_run(
                name, optimizer, float(rate) if rate else None, coordinates, values, start=begin
            )
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is what is looked for
        return f"{' / '.join(case)}: {type(fault).__name__}: {str(fault)[:200]}"
    return ""


def cases() -> list[tuple[str, ...]]:
    """Every family with every sample, and with every optimizer, rate and system of coordinates."""
    rates = ["" if rate is None else repr(rate) for rate in RATES]
    fits = [("fit", *each) for each in product(FAMILIES, SAMPLES)]
    runs = [("run", *each, "") for each in product(FAMILIES, OPTIMIZERS, rates, COORDINATES)]
    few = [each for each in SAMPLES if RNG.random() < 0.3]
    far = product(FAMILIES, ["gradient-ascent", "newton", "lbfgs"], ["1.0"], ["unconstrained"], few)
    places = [
        (name, str(i)) for name in FAMILIES for i in range(len(family(name, NUMBERS).parameters()))
    ]
    begun = (
        ("run", name, optimizer, "", coordinates, "", place, repr(at))
        for (name, place), optimizer, coordinates, at in product(
            places, ["gradient-ascent", "newton"], COORDINATES, STARTS
        )
    )
    return [*fits, *runs, *(("run", *each) for each in far), *begun]


def grid() -> int:
    """Try every case on every core; write what is wrong, and return 0 where nothing is."""
    found = 0
    listed = cases()
    context = get_context("spawn")
    with ProcessPoolExecutor(os.cpu_count(), context) as pool:
        for number, fault in enumerate(pool.map(tried, listed, chunksize=8), 1):
            if fault:
                found = 1
                sys.stdout.write(f"{fault}\n")
            if number % 500 == 0 or number == len(listed):
                sys.stdout.write(f"{number:,} of {len(listed):,} edges tried.\n")
            sys.stdout.flush()
    return found
