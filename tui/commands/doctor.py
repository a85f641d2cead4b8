"""``mle-tui doctor``: what the program runs on, and whether it computes as it should."""

import json
import sys
from collections.abc import Iterator
from typing import Any

import click

from engine.comparisons.references import Comparison, compared
from tui.configuration.config import read_config
from tui.terminal.machine import Facts, machine

__all__ = ["doctor_command"]


@click.command("doctor", short_help="Tell what it runs on, and test itself.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def doctor_command(ctx: click.Context, *, as_json: bool) -> None:
    r"""Tell what the program runs on, and test that it computes as it should.

    Versions, terminal, colours, locale and paths; what is wrong with the configuration; and
    every bundled sample fitted anew, with the number of leading digits in which estimates and
    log-likelihood agree with maxima that were computed at 30 digits apart from the program.
    Exits with 0 when all of them agree, 1 when one does not.

    \b
    Examples:
      mle-tui doctor
      mle-tui doctor --json > doctor.json
    """
    facts, faults = machine(), read_config().faults
    if not as_json:
        _print_facts(facts, faults)
    tests = []
    for each in compared():
        tests.append(each)
        if not as_json:
            _print_test(each)
    well = all(each.agrees for each in tests)
    if as_json:
        told = {**facts, "faults": faults, "self_test": [_plain(t) for t in tests], "well": well}
        click.echo(json.dumps(told, ensure_ascii=True, indent=1))
    else:
        click.echo(_verdict(tests))
    ctx.exit(0 if well else 1)


def _print_facts(facts: Facts, faults: tuple[str, ...]) -> None:
    """Print sections of names and values, then what is wrong with the configuration."""
    for section, values in facts.items():
        _say(section, bold=True)
        for name, value in values.items():
            _say(f"  {name:<15} {value}")
    _say("configuration", bold=True)
    for line in faults or ("nothing is wrong with it",):
        _say(f"  {line}")
    _say("self-test: digits that agree", bold=True)
    _say(f"  {'sample':<17}{'family':<20}{'estimates':>9}{'log-likelihood':>16}")


def _print_test(each: Comparison) -> None:
    told = f"{each.digits:>9}{each.likelihood_digits:>16}"
    words = "".join(f"  {reason}" for reason in _reasons(each))
    line = f"  {each.reference.name:<17}{each.reference.family:<20}{told}{words}"
    _say(line, bold=not each.agrees)


def _say(line: str, *, bold: bool = False) -> None:
    """Print a line, escaping what the output cannot hold: here of all places none may fail."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    click.secho(line.encode(encoding, "backslashreplace").decode(encoding), bold=bold)


def _reasons(each: Comparison) -> Iterator[str]:
    """Say why a fit does not agree."""
    if each.reason:
        yield f"there is no fit: {each.reason}"
    elif not each.converged:
        yield "not the maximum"
    elif not each.agrees:
        yield "too few"


def _verdict(tests: list[Comparison]) -> str:
    if wrong := [each.reference.name for each in tests if not each.agrees]:
        return f"Not as it should be: {', '.join(wrong)}."
    fewest = min(each.digits for each in tests)
    return f"All {len(tests)} agree, in {fewest} digits at least."


def _plain(each: Comparison) -> dict[str, Any]:
    return {
        "sample": each.reference.name,
        "family": each.reference.family,
        "digits": each.digits,
        "log_likelihood_digits": each.likelihood_digits,
        "converged": each.converged,
        "agrees": each.agrees,
        "reason": each.reason or None,
    }
