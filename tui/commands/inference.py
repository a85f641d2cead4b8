"""What is asked of fits on the command line: kinds of intervals, what is held, replicates."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

import click

from engine.distributions import Distribution
from engine.fits.fitted import Fit
from engine.inference.replicates import Replicate, Replicates, replicates
from engine.quoting import quoted
from engine.reports.fit_document import INTERVALS
from engine.samples.sample import Sample, generator

__all__ = ["drawn_from", "held_in", "interval_kinds", "joined"]


def interval_kinds(text: str) -> tuple[str, ...]:
    """Kinds of intervals that are asked for."""
    kinds = tuple(kind.strip() for kind in text.split(",") if kind.strip())
    if unknown := set(kinds) - set(INTERVALS):
        raise click.UsageError(
            f"--intervals must be of {', '.join(INTERVALS)}, not {quoted(sorted(unknown)[0])}."
        )
    return kinds


def drawn_from(fitted: Fit, sample: Sample, asked: Mapping[str, Any]) -> Replicates:
    """Draw samples from the fit and fit each, telling how far it is."""
    random, measured = generator("pcg64", asked["seed"]), bool(asked.get("p_values"))
    runs = replicates(fitted, sample, random, asked["number"], measured=measured)
    return _watched(runs, asked["number"], fitted.likelihood.family.name)


def joined(given: tuple[dict[str, float], ...]) -> dict[str, float]:
    """All parameters to hold."""
    return {name: value for pairs in given for name, value in pairs.items()}


def held_in(family: type[Distribution], fixed: Mapping[str, float]) -> None:
    """UsageError where one of them is no parameter of the family, or outside its domain."""
    parameters = {p.name: p.domain for p in family.parameters()}
    for name, value in fixed.items():
        if name not in parameters:
            expected = " and ".join(parameters)
            raise click.UsageError(
                f"--fix: {quoted(name)} is not a parameter of {family.name}, which has {expected}."
            )
        if not parameters[name].contains(value):
            expected = parameters[name].description
            raise click.UsageError(f"--fix: {name} must be {expected}, not {value:g}.")


def _watched(runs: Iterator[Replicate | None], number: int, family: str) -> Replicates:
    """Draw the replicates, telling on standard error how far it is and how many gave nothing."""
    if sys.stderr.isatty():
        label = f"Fitting {number:,} samples like this one"
        with click.progressbar(runs, length=number, label=label, file=sys.stderr) as shown:
            drawn = Replicates.of(shown)
    else:
        drawn = Replicates.of(runs)
    if drawn.failed:
        few = f"{drawn.failed:,} of {number:,} samples drawn from {family}"
        told = f"{few} gave no maximum and are left out"
        none = "" if drawn.enough(len(drawn.found)) else "; the others are too few to go by"
        click.echo(f"{told}{none}.", err=True)
    return drawn
