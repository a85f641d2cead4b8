"""``mle-tui list``: what there is, as a table for people or as JSON."""

import json
from collections.abc import Callable
from typing import Any

import click
import numpy as np
from rich import box
from rich.table import Table
from rich.text import Text

from engine.datasets import datasets
from engine.distributions import FAMILIES
from engine.optimizers import OPTIMIZERS
from engine.presets import about, presets
from engine.schedules import SCHEDULES
from engine.settings import settings
from tui.keys.names import written
from tui.keys.remap import ALL
from tui.keys.screen_keys import WHERE
from tui.lessons.catalogue import lessons
from tui.texts.format import spark
from tui.texts.printing import WIDE, printer
from tui.texts.spelling import spelled
from tui.themes import THEMES

__all__ = ["list_command"]

Entries = list[dict[str, Any]]

EPOCHS, WIDTH = 10_000, 16


def _families() -> Entries:
    return [
        {
            "name": name,
            "support": family.support.description,
            "parameters": [
                {
                    "name": p.name,
                    "symbol": p.symbol,
                    "domain": p.domain.description,
                    "meaning": p.meaning,
                }
                for p in family.parameters()
            ],
            "reference": family.reference,
        }
        for name, family in FAMILIES.items()
    ]


def _optimizers() -> Entries:
    return [
        {
            "name": name,
            "update": each.update,
            "needs": list(each.needs),
            "learning_rate": each.rate,
            "settings": _settings(each),
            "reference": each.reference,
        }
        for name, each in OPTIMIZERS.items()
    ]


def _schedules() -> Entries:
    counts = np.linspace(0, EPOCHS - 1, WIDTH).astype(int)
    return [
        {
            "name": name,
            "curve": spark(each(1.0, EPOCHS)(counts).tolist()),
            "formula": each.formula,
            "settings": _settings(each),
            "reference": each.reference,
        }
        for name, each in SCHEDULES.items()
    ]


def _settings(declaring: type) -> Entries:
    return [
        {"name": s.name, "default": s.default, "domain": s.kind.description, "meaning": s.meaning}
        for s in settings(declaring)
    ]


def _datasets() -> Entries:
    return [
        {"name": name, "title": each.title, "source": each.source}
        for name, each in datasets().items()
    ]


def _keys() -> Entries:
    return [
        {
            "name": key.id,
            "keys": [written(each) for each in key.keys.split(",")],
            "where": WHERE[key.place],
            "meaning": key.meaning,
        }
        for key in ALL
    ]


def _themes() -> Entries:
    return [{"name": theme.name, "dark": theme.dark} for theme in THEMES]


REGISTRIES: dict[str, Callable[[], Entries]] = {
    "families": _families,
    "optimizers": _optimizers,
    "schedules": _schedules,
    "presets": lambda: [{"name": name, "about": about(name)} for name in presets()],
    "datasets": _datasets,
    "keys": _keys,
    "themes": _themes,
    "lessons": lambda: [
        {"name": each.name, "title": each.title, "about": each.about} for each in lessons()
    ],
}


@click.command("list", short_help="List families, optimizers, data, keys and more.")
@click.argument("what", type=click.Choice(list(REGISTRIES)))
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list of objects.")
def list_command(what: str, as_json: bool) -> None:
    r"""List what there is: by name, with what it is, what it needs and where it is from.

    Families with their parameters and domains; optimizers and schedules with their formulas and
    settings; presets with what they show; data sets with their sources; keys by the names that
    the settings know them by; themes.

    \b
    Examples:
      mle-tui list families
      mle-tui list datasets --json
      mle-tui list keys
    """
    entries = REGISTRIES[what]()
    if as_json:
        click.echo(json.dumps(entries, indent=1))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in entries[0]:
        table.add_column(head.replace("_", " "), no_wrap=head in ("name", "curve"))
    for entry in entries:
        table.add_row(*(Text(spelled(_cell(value))) for value in entry.values()))
    console = printer()
    console.width = console.width if console.is_terminal else WIDE
    console.print(table)


def _cell(value: Any) -> str:
    """Write one property of an entry in a line."""
    if not isinstance(value, list):
        return str(value)
    return ", ".join(
        each
        if isinstance(each, str)
        else f"{each['name']} {each.get('symbol', each.get('default'))}"
        for each in value
    )
