"""``mle-tui fit``: the converged fit of a user's data, as a table or as JSON."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from engine.distributions import FAMILIES
from engine.distributions.families import family as made
from engine.files import UnreadableData
from engine.fits.fitted import Fit
from engine.fits.fitting import NoFit, fit
from engine.inference.intervals import raised
from engine.quoting import quoted_path
from engine.reports.fit_document import fit_document, intervals
from engine.samples.sample import Sample
from tui.commands.completing import complete_data
from tui.commands.data_flags import data_flags, numbers, observed
from tui.commands.export_flags import check_exports, export_flag, write_exports
from tui.commands.fit_flags import fit_flags
from tui.commands.inference import drawn_from, held_in, interval_kinds, joined
from tui.texts.command_line import typed_line
from tui.texts.fit import print_fit

if TYPE_CHECKING:
    from tui.exports.findings import Findings

__all__ = ["fit_command"]


@click.command("fit", short_help="Fit a family to your data.")
@click.argument("data", shell_complete=complete_data)
@click.option(
    "--family", required=True, type=click.Choice(tuple(FAMILIES)), help="The family to fit."
)
@data_flags
@export_flag
@fit_flags
@click.pass_context
def fit_command(ctx: click.Context, /, data: str, family: str, as_json: bool, **asked: Any) -> None:
    r"""Fit a family to your data: the maximum of its likelihood, and what it is worth.

    DATA is a CSV, TSV or Parquet file, - for standard input, or a bundled sample by name. Exits
    with 0 when the result is the maximum, 1 when it is not.

    \b
    Examples:
      mle-tui fit ball-bearings --family weibull
      mle-tui fit table.csv --family gamma --column life --weights count --json
      mle-tui fit heights.csv --family gamma --fix shape=1 --level 0.9
      mle-tui fit trial.csv --family weibull --column hours --event failed
      mle-tui fit nickel --family normal --p-values --intervals bootstrap
      mle-tui fit nickel --family gamma --export report.html --export estimates.csv
      mle-tui fit old-faithful --family normal-mixture --components 2 --quantile 0.9
    """
    kinds = interval_kinds(asked["kinds"])
    check_exports(asked["exports"], stepless="a fit")
    try:
        wanted = made(family, numbers(asked))
    except ValueError as reason:
        raise click.UsageError(f"{reason}: give --{FAMILIES[family].known}.") from None
    sample = observed(data, asked)
    fixed = joined(asked["fix"])
    held_in(wanted, fixed)
    try:
        fitted = fit(wanted, sample, fixed)
    except NoFit as reason:
        raise UnreadableData(f"{quoted_path(data)}: {reason}.") from None
    if "profile" in kinds:
        fitted = raised(fitted, asked["level"])
    measured, drawn = asked["p_values"], None
    if fitted.converged and (measured or "bootstrap" in kinds):
        drawn = drawn_from(fitted, sample, asked)
    found = intervals(fitted, asked["level"], kinds, drawn)
    quantiles = (0.5, *asked["quantiles"])
    told = fit_document(fitted, sample, found, drawn if measured else None, quantiles)
    if as_json:
        json.dump(told, sys.stdout, indent=1, allow_nan=False)
        sys.stdout.write("\n")
    else:
        from tui.pictures.fit_plot import print_density  # noqa: PLC0415 - a document needs no charts

        print_density(fitted, sample)
        print_fit(told, kinds, asked["level"])
    write_exports(asked["exports"], lambda: _findings(ctx, fitted, sample, told, kinds))
    ctx.exit(0 if fitted.converged else 1)


def _findings(
    ctx: click.Context, fitted: Fit, sample: Sample, told: dict[str, Any], kinds: tuple[str, ...]
) -> Findings:
    """Gather what exports need, the command as it was called among it."""
    from tui.findings import Asked, fit_findings  # noqa: PLC0415 - charts are not always needed

    line = typed_line(ctx, without=("as_json", "exports"))
    asked = Asked(kinds, ctx.params["level"], ctx.params["data"], line)
    return fit_findings(fitted, sample, told, asked)
