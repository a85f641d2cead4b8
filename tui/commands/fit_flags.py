"""Flags of fits: what is held, which intervals, quantiles and p-values are told."""

from collections.abc import Callable
from typing import Any

import click

from engine.fields import PerName, Whole
from tui.commands.flags import flagged
from tui.commands.once import named_once
from tui.commands.parsed import Parsed
from tui.configuration.settings import SHARE

__all__ = ["fit_flags", "rank_flags"]

HOLD = "Hold a parameter at a value"
LEVEL = "Level of the intervals"
KINDS = "Kinds of intervals{}: wald, profile, bootstrap, with commas between"


def _shared(hold: str, level: str, kinds: str, default: str) -> tuple[Callable[..., Any], ...]:
    """Flags of one fit and of many, with what they say they do."""
    return (
        click.option(
            "--fix",
            multiple=True,
            callback=named_once,
            type=Parsed("fix", PerName()),
            metavar="PARAMETER=VALUE",
            help=f"{hold} (repeatable).",
        ),
        click.option("--level", default=0.95, type=Parsed("level", SHARE), help=f"{level} (0.95)."),
        click.option("--intervals", "kinds", default=default, help=f"{kinds} ({default})."),
        click.option(
            "--replicates",
            "number",
            default=999,
            type=Parsed("replicates", Whole(99, 10**7)),
            help="How many samples the bootstrap draws (999).",
        ),
        click.option(
            "--seed",
            default=0,
            type=Parsed("seed", Whole(0, 2**32 - 1)),
            help="Seed of the bootstrap.",
        ),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON document."),
    )


ONE = (
    click.option(
        "--quantile",
        "quantiles",
        multiple=True,
        type=Parsed("quantile", SHARE),
        metavar="P",
        help="Tell the value below which a share P of the fitted distribution lies (repeatable).",
    ),
    click.option(
        "--p-values",
        is_flag=True,
        help="p-values of the goodness of fit by a parametric bootstrap.",
    ),
)

WRITTEN = " in the JSON document and the table of estimates"


def fit_flags(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command those of one fit."""
    hold, level, kinds, *drawn = _shared(HOLD, LEVEL, KINDS.format(""), "wald,profile")
    return flagged(command, (hold, level, kinds, *ONE, *drawn))


def rank_flags(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command those of the fits of many families."""
    hold, level = f"{HOLD} in the families that have it", f"{LEVEL}{WRITTEN}"
    return flagged(command, _shared(hold, level, KINDS.format(WRITTEN), "wald"))
