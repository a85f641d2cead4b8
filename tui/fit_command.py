"""``mle-tui fit``: the converged fit of a user's data, as a table or as JSON."""

import json
import sys
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.distributions import FAMILIES
from engine.fields import Number, PerName
from engine.files import UnreadableData
from engine.fit_document import INTERVALS, fit_document, intervals
from engine.fitting import NoFit, fit
from engine.observations import read_observations
from engine.quoting import quoted
from tui import format as write
from tui.data_flags import data_flags, roles
from tui.flags import Parsed

__all__ = ["fit_command"]

WIDE = 200
"""A table is never squeezed: where the terminal is narrower, its lines wrap."""


@click.command("fit")
@click.argument("data")
@click.option(
    "--family", required=True, type=click.Choice(tuple(FAMILIES)), help="The family to fit."
)
@data_flags
@click.option(
    "--fix",
    multiple=True,
    type=Parsed("fix", PerName()),
    metavar="PARAMETER=VALUE",
    help="Hold a parameter at a value (repeatable).",
)
@click.option(
    "--level",
    default=0.95,
    type=Parsed("level", Number(0, 1, open_low=True, open_high=True)),
    help="Level of the intervals (0.95).",
)
@click.option(
    "--intervals",
    "kinds",
    default="wald,profile",
    help="Kinds of intervals: wald, profile, bootstrap, with commas between (wald,profile); "
    "bootstrap is for samples without censoring and truncation.",
)
@click.option("--seed", default=0, type=click.IntRange(min=0), help="Seed of the bootstrap.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def fit_command(ctx: click.Context, /, data: str, family: str, as_json: bool, **asked: Any) -> None:
    r"""Fit a family to your data: the maximum of its likelihood, and what it is worth.

    DATA is a CSV file with a header, - for standard input, or a bundled sample by name. Exits
    with 0 when the result is the maximum, 1 when it is not.

    \b
    Examples:
      mle-tui fit ball-bearings --family weibull
      mle-tui fit table.csv --family gamma --column life --weights count --json
      mle-tui fit heights.csv --family gamma --fix shape=1 --level 0.9
      mle-tui fit trial.csv --family weibull --column hours --event failed
    """
    kinds = tuple(kind.strip() for kind in asked["kinds"].split(",") if kind.strip())
    if unknown := set(kinds) - set(INTERVALS):
        raise click.UsageError(
            f"--intervals must be of {', '.join(INTERVALS)}, not {quoted(sorted(unknown)[0])}."
        )
    sample = read_observations(data, roles(asked))
    if "bootstrap" in kinds and not sample.plain:
        raise click.UsageError(
            "--intervals bootstrap is for samples without censoring and truncation; "
            "wald and profile are for all."
        )
    fixed = _fixed(family, asked["fix"])
    try:
        fitted = fit(FAMILIES[family], sample, fixed)
    except NoFit as reason:
        raise UnreadableData(f"{quoted(data)}: {reason}.") from None
    found = intervals(fitted, asked["level"], kinds, asked["seed"])
    told = fit_document(fitted, sample, found)
    if as_json:
        json.dump(told, sys.stdout, indent=1, allow_nan=False)
        sys.stdout.write("\n")
    else:
        _print(told, kinds, asked["level"])
    ctx.exit(0 if fitted.converged else 1)


def _fixed(family: str, given: tuple[dict[str, float], ...]) -> dict[str, float]:
    """Join the parameters to hold; UsageError names one that is none or outside its domain."""
    parameters = {p.name: p.domain for p in FAMILIES[family].parameters()}
    fixed = {name: value for pairs in given for name, value in pairs.items()}
    for name, value in fixed.items():
        if name not in parameters:
            expected = " and ".join(parameters)
            raise click.UsageError(
                f"--fix: {quoted(name)} is not a parameter of {family}, which has {expected}."
            )
        if not parameters[name].contains(value):
            expected = parameters[name].description
            raise click.UsageError(f"--fix: {name} must be {expected}, not {value:g}.")
    return fixed


def _print(told: dict[str, Any], kinds: tuple[str, ...], level: float) -> None:
    """Print the estimates as a table, and below it what the fit is worth."""
    console = Console(highlight=False, soft_wrap=True)
    title = f"{told['family']}, n = {told['weight_total']:,.10g}"
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("parameter", no_wrap=True)
    for head in ("estimate", "standard error", *(f"{100 * level:g} % {kind}" for kind in kinds)):
        table.add_column(head, justify="right", no_wrap=True)
    for name, estimate in told["estimates"].items():
        error = "fixed" if estimate["fixed"] else write.parameter(estimate["standard_error"])
        spans = [_span(estimate[kind]) for kind in kinds]
        table.add_row(name, write.parameter(estimate["value"]), error, *spans)
    console.width = max(console.width, WIDE)
    console.print(table, crop=False)
    criteria = {"log-likelihood": told["log_likelihood"]}
    criteria |= {key.upper(): told[key] for key in ("aic", "aicc", "bic")}
    criteria |= {key.upper(): value for key, value in (told["goodness_of_fit"] or {}).items()}
    shown = {key: write.parameter(value) for key, value in criteria.items() if value is not None}
    console.print("   ".join(f"{key} {value}" for key, value in shown.items()))
    console.print(Text(told["verdict"]))


def _span(interval: tuple[float | None, float | None] | None) -> str:
    if interval is None:
        return write.MISSING
    low, high = (write.parameter(end) for end in interval)
    return f"{low} … {high}"
