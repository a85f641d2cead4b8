"""``mle-tui replay``: a recorded session computed again, and whether its digits are the same."""

import json
import sys
from typing import Any

import click
from rich.text import Text

from engine.capsules.capsule import Capsule, read_capsule
from engine.capsules.recorded import Part
from engine.capsules.replay import difference, differences, raced, replay
from engine.runs.journey import Branch, Journey
from engine.runs.race import Race
from tui.commands.completing import complete_file
from tui.texts import race as race_text
from tui.texts.printing import printer
from tui.texts.replay import ended, print_replay

__all__ = ["replay_command"]


@click.command("replay", short_help="Replay a session that was kept.")
@click.argument("capsule", metavar="CAPSULE", shell_complete=complete_file)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document instead of text.")
@click.pass_context
def replay_command(ctx: click.Context, /, capsule: str, *, as_json: bool) -> None:
    r"""Replay a session that was kept as a capsule: a file, or the line itself.

    Every branch is computed again as far as it was seen. Exits with 0 when the branch on the
    screen has reached the maximum and all digits are those recorded, 1 when not.

    \b
    Examples:
      mle-tui replay capsule-1.json
      mle-tui replay mle1.eNqrVsrNSdUtKc1TSE4sKC7N…
      mle-tui replay capsule-1.json --json
    """
    read = read_capsule(capsule)
    told = printer(stderr=True)
    runs = "run" if len(read.parts) == 1 else "runs"
    told.print(Text(f"Replaying {len(read.parts):,} {runs}."))
    journey = replay(read)
    race = raced(read, journey)
    for _ in race or ():
        pass
    faults = differences(read, journey)
    if as_json:
        json.dump(_document(read, journey, race), sys.stdout, indent=1, allow_nan=False)
        sys.stdout.write("\n")
    else:
        print_replay(read, journey, race, faults)
    stop = ended(journey.branches[read.shown])
    ctx.exit(0 if stop and stop.converged and not faults else 1)


def _document(capsule: Capsule, journey: Journey, race: Race | None) -> dict[str, Any]:
    """Return the replay as plain values."""
    pairs = zip(capsule.parts, journey.branches, strict=True)
    branches = [_branch(part, branch) for part, branch in pairs]
    return {
        "experiment": capsule.experiment.to_mapping(),
        "branches": branches,
        "shown": capsule.shown,
        "epoch": capsule.epoch,
        "race": race and race_text.document(race),
        "same_digits": all(branch["same_digits"] for branch in branches),
    }


def _branch(part: Part, branch: Branch) -> dict[str, Any]:
    step, stop = branch.tape[branch.seen], ended(branch)
    recorded = part.to_mapping()
    return {
        "parent": part.parent,
        "at": part.at,
        "changes": recorded["changes"],
        "hand_steps": len(part.hand),
        "epoch": step.epoch,
        "train_log_likelihood": step.train,
        "parameters": branch.training.family.by_name(step.parameters),
        "stop": stop and {"epoch": stop.epoch, "reason": stop.reason, "converged": stop.converged},
        "same_digits": difference(part, branch, 0) is None,
    }
