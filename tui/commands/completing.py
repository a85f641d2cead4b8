"""What a shell completes: names of data, presets and optimizers, beside files."""

import os
from collections.abc import Iterable

import click
from click.shell_completion import CompletionItem

from engine.datasets import datasets

__all__ = ["complete_data", "complete_file", "complete_optimizers", "complete_presets", "starting"]


def starting(names: Iterable[str], incomplete: str) -> list[CompletionItem]:
    """Return the names that begin as what is typed."""
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def complete_data(
    ctx: click.Context, param: click.Parameter | None, incomplete: str
) -> list[CompletionItem]:
    """Offer files, then the bundled samples: bash's script forgets what is before a file."""
    samples = datasets().items()
    named = [CompletionItem(n, help=s.title) for n, s in samples if n.startswith(incomplete)]
    return [CompletionItem(incomplete, type="file"), *named]


def complete_file(
    ctx: click.Context, param: click.Parameter | None, incomplete: str
) -> list[CompletionItem]:
    """Offer files."""
    return [CompletionItem(incomplete, type="file")]


def complete_presets(
    ctx: click.Context, param: click.Parameter | None, incomplete: str
) -> list[CompletionItem]:
    """Offer the experiments that come with the program."""
    from engine.presets import presets  # noqa: PLC0415 - heavy, and only a shell asks for it

    return starting(presets(), incomplete)


def complete_optimizers(
    ctx: click.Context, param: click.Parameter | None, incomplete: str
) -> list[CompletionItem]:
    """Offer optimizers that are not in the list yet, with commas between."""
    from engine.optimizers import OPTIMIZERS  # noqa: PLC0415 - heavy, and only a shell asks for it

    before, comma, typed = incomplete.rpartition(",")
    if comma and os.environ.get("_MLE_TUI_COMPLETE", "").startswith("fish"):
        return []  # fish's script takes what is before a comma for all of it
    free = (name for name in OPTIMIZERS if name not in before.split(","))
    return [CompletionItem(f"{before}{comma}{item.value}") for item in starting(free, typed)]
