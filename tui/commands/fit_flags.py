"""Flags of a fit: what is held, which intervals, quantiles and p-values are told."""

from collections.abc import Callable
from typing import Any

import click

from engine.fields import PerName, Whole
from tui.commands.flags import flagged
from tui.commands.once import named_once
from tui.commands.parsed import Parsed
from tui.configuration.settings import SHARE

__all__ = ["fit_flags"]

FLAGS = (
    click.option(
        "--fix",
        multiple=True,
        callback=named_once,
        type=Parsed("fix", PerName()),
        metavar="PARAMETER=VALUE",
        help="Hold a parameter at a value (repeatable).",
    ),
    click.option(
        "--level",
        default=0.95,
        type=Parsed("level", SHARE),
        help="Level of the intervals (0.95).",
    ),
    click.option(
        "--intervals",
        "kinds",
        default="wald,profile",
        help="Kinds of intervals: wald, profile, bootstrap, with commas between (wald,profile).",
    ),
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
    click.option(
        "--replicates",
        "number",
        default=999,
        type=Parsed("replicates", Whole(99, 10**7)),
        help="How many samples the bootstrap draws (999).",
    ),
    click.option(
        "--seed", default=0, type=Parsed("seed", Whole(0, 2**32 - 1)), help="Seed of the bootstrap."
    ),
    click.option("--json", "as_json", is_flag=True, help="Print one JSON document."),
)


def fit_flags(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the flags."""
    return flagged(command, FLAGS)
