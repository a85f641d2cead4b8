"""``mle-tui race``: several optimizers from one start, by what they cost."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from engine.experiments.experiment import Experiment
from engine.fields import PerName
from engine.optimizers import OPTIMIZERS
from engine.presets import preset
from engine.quoting import quoted
from engine.runs.race import CLOCKS, Race
from engine.settings import settings
from tui.commands.completing import complete_optimizers
from tui.commands.data_flags import tell
from tui.commands.export_flags import check_exports, export_flag, write_exports
from tui.commands.flags import experiment_flags, preset_flag, with_flags
from tui.commands.once import named_once
from tui.commands.parsed import Parsed
from tui.configuration.config import settings_of
from tui.palette import DARK
from tui.texts.command_line import typed_line
from tui.texts.printing import printer
from tui.texts.race import document, print_standings

if TYPE_CHECKING:
    from tui.exports.findings import Findings

__all__ = ["race_command"]

WIDEST, HEIGHT = 120, 18
MOST_LANES = 6
ALIASES = {
    "l-bfgs": "lbfgs",
    "newton-raphson": "newton",
    "natural-gradient": "fisher-scoring",
    "heavy-ball": "momentum",
    "cg": "conjugate-gradient",
    "bb": "barzilai-borwein",
}


@click.command("race", short_help="Race optimizers from one start.")
@click.option(
    "--optimizers",
    "chosen",
    default="gradient-ascent,adam,lbfgs,newton",
    metavar="A,B,…",
    shell_complete=complete_optimizers,
    help="The optimizers that race, with commas between.",
)
@preset_flag
@click.option(
    "--rate",
    "lane_rates",
    multiple=True,
    callback=named_once,
    type=Parsed("rate", PerName()),
    metavar="OPTIMIZER=RATE",
    help="A learning rate for one of them (repeatable).",
)
@click.option("--clock", type=click.Choice(CLOCKS), default=CLOCKS[0], help="What is counted.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@export_flag
@experiment_flags
@click.pass_context
def race_command(ctx: click.Context, /, chosen: str, preset_name: str | None, **given: Any) -> None:
    r"""Race optimizers from one start on the same likelihood.

    The clock counts likelihood evaluations, those of line searches included, or seconds.
    Exits with 0 when all have reached the maximum, 1 when one has not.

    \b
    Examples:
      mle-tui race --optimizers adam,lbfgs,newton --preset article
      mle-tui race --family gamma --n 5000 --epochs 2000 --rate adam=0.05 --json
      mle-tui race --preset article --export race.html --export steps.tape.csv
    """
    names = [ALIASES.get(name.strip(), name.strip()) for name in chosen.split(",") if name.strip()]
    _check(names)
    exports = given.pop("exports")
    check_exports(exports)
    clock, as_json = given.pop("clock"), given.pop("as_json")
    rates = _rates(given.pop("lane_rates"), names)
    base = preset(preset_name).to_mapping() if preset_name else settings_of().experiment
    race = Race(with_flags(base, given), names, rates, clock)
    tell(next(iter(race.lanes.values())).notes)
    for _ in race:
        pass
    if as_json:
        json.dump(document(race), sys.stdout, indent=1, allow_nan=False)
        sys.stdout.write("\n")
    else:
        _print(race)
    write_exports(exports, lambda: _findings(ctx, race))
    stops = [tape.stop for tape in race.tapes.values()]
    ctx.exit(0 if all(stop and stop.converged for stop in stops) else 1)


def _findings(ctx: click.Context, race: Race) -> Findings:
    """Gather what exports need, the command as it was called among it."""
    from tui.race_findings import race_findings  # noqa: PLC0415 - charts are not always needed

    return race_findings(race, typed_line(ctx, without=("as_json", "exports")))


def _check(names: list[str]) -> None:
    """Refuse unknown optimizers, one twice, and more than there are colours."""
    for name in names:
        if name not in OPTIMIZERS:
            raise click.UsageError(
                f"--optimizers: {quoted(name)} is not one; see mle-tui list optimizers."
            )
    if not 1 <= len(names) <= MOST_LANES or len(set(names)) < len(names):
        raise click.UsageError(f"--optimizers takes 1 to {MOST_LANES} different ones.")


def _rates(given: Sequence[Mapping[str, float]], names: Sequence[str]) -> dict[str, float]:
    """Join the rates by optimizer; UsageError names one that does not race, or cannot have it."""
    rates = {ALIASES.get(name, name): rate for pairs in given for name, rate in pairs.items()}
    kind = next(s.kind for s in settings(Experiment) if s.name == "learning_rate")
    for name, rate in rates.items():
        if name not in names:
            raise click.UsageError(f"--rate: {quoted(name)} does not race; see --optimizers.")
        try:
            kind.check(rate)
        except ValueError as reason:
            raise click.UsageError(f"--rate: {name} {reason}.") from None
    return rates


def _print(race: Race) -> None:
    """Print the standings, and the gaps to the maximum over what was spent."""
    from tui.pictures.race import Lane, lanes_chart  # noqa: PLC0415 - it is not always needed
    from tui.texts.standings import MARKS  # noqa: PLC0415

    console = printer()
    print_standings(race, console)
    lanes = []
    legend = Text(f"gap to the maximum over {race.clock}", "bold")
    for name, color, mark in zip(race.lanes, DARK.lanes, MARKS, strict=False):
        spent, train = race.course(name)
        lanes.append(Lane(spent, race.gap(train), color, mark))
        legend = Text.assemble(legend, "   ", (f"{mark} {name}", color))
    console.print(legend)
    console.print(lanes_chart(lanes, race.clock, (min(console.width, WIDEST), HEIGHT), DARK))
