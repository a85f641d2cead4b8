"""``mle-tui rank``: every family that can hold a user's data, best first."""

from __future__ import annotations

import json
import os
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

import click
from rich import box
from rich.table import Table
from rich.text import Text

from engine.comparisons.ranking import CRITERIA, Ranked, Rejected, rank, try_families
from engine.distributions import FAMILIES, Distribution
from engine.distributions.families import families
from engine.fits.fitting import Fit
from engine.inference.intervals import raised
from engine.quoting import quoted
from engine.reports.fit_document import Found, fit_document, intervals
from engine.samples.sample import Sample
from tui.commands.completing import complete_data
from tui.commands.data_flags import data_flags, numbers, observed
from tui.commands.export_flags import check_exports, export_flag, write_exports
from tui.commands.fit_flags import rank_flags
from tui.commands.inference import drawn_from, interval_kinds, joined
from tui.texts import format as write
from tui.texts.command_line import typed_line
from tui.texts.fit import estimates_text
from tui.texts.printing import has_room, print_whole, printer

if TYPE_CHECKING:
    from tui.exports.findings import Findings

__all__ = ["rank_command"]

COLUMNS = ("family", "criterion", "difference", "weight", "log-likelihood", "estimates")


@click.command("rank", short_help="Rank the families that can hold your data.")
@click.argument("data", shell_complete=complete_data)
@data_flags
@click.option(
    "--criterion", type=click.Choice(list(CRITERIA)), default="aicc", help="What to rank by (aicc)."
)
@export_flag
@rank_flags
@click.pass_context
def rank_command(ctx: click.Context, /, data: str, criterion: str, **asked: Any) -> None:
    r"""Rank every family that can hold your data by AICc, AIC or BIC.

    DATA is a CSV, TSV or Parquet file, - for standard input, or a bundled sample by name. What
    is left out is told with its reason. Exits with 0 when some family could be fitted, else
    with 1.

    \b
    Examples:
      mle-tui rank heights.csv
      mle-tui rank sea-levels --export ranking.html --export estimates.csv
      mle-tui rank table.csv --column life --weights count --criterion bic --json
    """
    kinds, fixed = interval_kinds(asked["kinds"]), joined(asked["fix"])
    check_exports(asked["exports"], stepless="a ranking")
    sample = observed(data, asked)
    made, unmade = families(numbers(asked))
    rejected = [
        Rejected(name, f"{reason}; give --{FAMILIES[name].known}.")
        for name, reason in unmade.items()
    ]
    _known(made, fixed)
    fits, left_out = _fit_all(made, sample, fixed)
    if "profile" in kinds:
        fits = [raised(each, asked["level"]) for each in fits]
    ranking, too_small = rank(fits, criterion)
    rejected += [*left_out, *too_small]

    @cache
    def told() -> dict[str, Any]:
        """Return the ranking as plain values."""
        found = [_found(each.fitted, sample, kinds, asked) for each in ranking]
        return _document(ranking, rejected, sample, criterion, found)

    def gather() -> Findings:
        """Gather what exports need, the command as it was called among it."""
        from tui.rank_findings import rank_findings  # noqa: PLC0415 - charts are not always needed

        line = typed_line(ctx, without=("as_json", "exports"))
        return rank_findings(ranking, rejected, sample, told(), line)

    if asked["as_json"]:
        json.dump(told(), sys.stdout, indent=1, allow_nan=False)
        sys.stdout.write("\n")
    else:
        _print(ranking, rejected, criterion)
    write_exports(asked["exports"], gather)
    ctx.exit(0 if ranking else 1)


def _known(made: list[type[Distribution]], fixed: dict[str, float]) -> None:
    """UsageError for what is to be held and is no family's parameter."""
    known = {name for each in made for name in each.names()}
    for name in fixed:
        if name not in known:
            raise click.UsageError(f"--fix: {quoted(name)} is not a parameter of any family here.")


def _found(fitted: Fit, sample: Sample, kinds: tuple[str, ...], asked: dict[str, Any]) -> Found:
    """Intervals of a fit that was ranked."""
    drawn = drawn_from(fitted, sample, asked) if "bootstrap" in kinds else None
    return intervals(fitted, asked["level"], kinds, drawn)


def _fit_all(
    made: list[type[Distribution]], sample: Sample, fixed: dict[str, float]
) -> tuple[list[Fit], list[Rejected]]:
    """Fit every family, telling on standard error how far it is."""
    fits: list[Fit] = []
    rejected: list[Rejected] = []
    with (
        try_families(made, sample, os.cpu_count() or 1, fixed) as trials,
        click.progressbar(
            trials,
            length=len(made),
            label=f"Fitting {len(made)} families",
            file=sys.stderr,
        ) as outcomes,
    ):
        for outcome in outcomes:
            if isinstance(outcome, Fit):
                fits.append(outcome)
            else:
                rejected.append(outcome)
    return fits, rejected


def _document(
    ranking: list[Ranked],
    rejected: list[Rejected],
    sample: Sample,
    criterion: str,
    found: list[Found],
) -> dict[str, Any]:
    """Return the ranking as plain values."""
    fits = [
        fit_document(each.fitted, sample, spans) | {"akaike_weight": each.weight}
        for each, spans in zip(ranking, found, strict=True)
    ]
    left_out = [{"family": each.family, "reason": each.reason} for each in rejected]
    return {"criterion": criterion, "ranking": fits, "rejected": left_out}


def _print(ranking: list[Ranked], rejected: list[Rejected], criterion: str) -> None:
    """Print the ranking as a table, and what was left out below it."""
    console = printer()
    table = _table(ranking, criterion, beside=True)
    beside = has_room(console, table)
    print_whole(console, table if beside else _table(ranking, criterion, beside=False))
    if not beside:
        for each in ranking:
            name = each.fitted.likelihood.family.name
            console.print(Text(f"{name}: {estimates_text(each.fitted)}"))
    reasons: dict[str, list[str]] = {}
    for left_out in rejected:
        reasons.setdefault(left_out.reason, []).append(left_out.family)
    for reason, names in reasons.items():
        console.print(Text(f"{', '.join(names)}: {reason}", "dim"))


def _table(ranking: list[Ranked], criterion: str, *, beside: bool) -> Table:
    """Families with what they are ranked by, and their estimates beside it."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in COLUMNS if beside else COLUMNS[:-1]:
        words = head in (COLUMNS[0], COLUMNS[-1])
        shown = CRITERIA[criterion] if head == "criterion" else head
        table.add_column(shown, justify="left" if words else "right", no_wrap=True)
    for each in ranking:
        table.add_row(
            each.fitted.likelihood.family.name,
            write.criterion(each.criterion, 3),
            write.criterion(each.criterion - ranking[0].criterion, 3),
            f"{each.weight:.3f}",
            write.criterion(each.fitted.log_likelihood, 3),
            *((estimates_text(each.fitted),) if beside else ()),
        )
    return table
